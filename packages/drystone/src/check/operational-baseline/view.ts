/** What the facts hold about operating one component, and what an item says about it. */
import type { BaselineSign, BaselineSignKind } from "#model/baseline.js";
import type { Evidence } from "#model/evidence.js";
import type { CallSiteFact, ComponentFact } from "#model/facts.js";
import type { Missing } from "#model/result.js";

export interface ComponentView {
  readonly component: ComponentFact;
  /** Of the component, and what is about all of its system. */
  readonly signs: readonly BaselineSign[];
  readonly callSites: readonly CallSiteFact[];
  /** True when it calls others or sends messages, as far as the files say. */
  readonly reachesOut: boolean;
  /** True when the repositories hold alert rules of any kind. */
  readonly someAlerts: boolean;
  /** True when the repository of the component holds a pipeline that builds something. */
  readonly somePipeline: boolean;
}

export type ItemVerdict = "met" | "not-met" | "unknown" | "not-applicable";

export interface Judged {
  readonly verdict: ItemVerdict;
  /** A clause that follows the name of the component and a colon. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /** What would decide an unknown. */
  readonly missing?: Missing;
  /** How bad it is when it is not met; null when another item says it already. */
  readonly severity?: "error" | "warning" | null;
  /** Sharper than the fix of the item. */
  readonly fix?: string;
  readonly remarks?: readonly Remark[];
}

/** Beside a verdict: met but not as the convention wants it, or met and not used. */
export interface Remark {
  readonly rule: string;
  readonly severity: "note" | "warning";
  readonly says: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
}

export function signsOf(view: ComponentView, ...kinds: readonly BaselineSignKind[]): BaselineSign[] {
  return view.signs.filter(({ kind }) => kinds.includes(kind));
}

export function evidenceOf(signs: readonly BaselineSign[]): Evidence[] {
  return signs.map(({ evidence }) => evidence);
}

/** Where it runs for good: formats of deployment files. */
export function runsIn(view: ComponentView): ReadonlySet<string> {
  return new Set(signsOf(view, "runs").map(({ subject }) => subject));
}

/** True when a deployment to Kubernetes is at hand: a probe that is not in it is nowhere. */
export function inKubernetes(view: ComponentView): boolean {
  const formats = runsIn(view);
  return formats.has("kubernetes") || formats.has("helm");
}

export function distinctTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(texts: readonly string[], most = 4): string {
  const shown = texts.length > most ? [...texts.slice(0, most - 1), `${texts.length - most + 1} more`] : texts;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
