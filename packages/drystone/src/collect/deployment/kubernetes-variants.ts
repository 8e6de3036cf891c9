/** One workload described in several places: the first is the base, others are its variants as far as they differ. */
import { lastPart } from "#collect/manifests/index.js";
import type { Workload } from "./kubernetes-workloads.js";

/** Plain files in the order in which they are taken for the base: those of no special environment first, then the shorter path. */
export function byBaseFirst(one: string, other: string): number {
  return (
    Number(isSpecial(one)) - Number(isSpecial(other)) ||
    one.split("/").length - other.split("/").length ||
    (one < other ? -1 : one > other ? 1 : 0)
  );
}

function isSpecial(path: string): boolean {
  return /(?:^|[/._-])(?:prod|production|stag(?:e|ing)|dev|develop|development|tests?|qa|uat|e2e|local|demo|canary|preview|minikube|kind|overlays?|releases?|samples?|examples?|patch(?:es)?|components?|archived?|deprecated|legacy|old|backup)(?:[/._-]|$)/i.test(
    path,
  );
}

export interface Described {
  readonly workload: Workload;
  /** How to call it as a variant, if it has no variant of its own. */
  readonly otherwise: string;
}

/**
 * Workloads of which none repeats another: what is described a second time in the same words goes, what differs is a variant.
 * @param described base first.
 */
export function withVariants(described: readonly Described[]): Workload[] {
  const bases = new Map<string, { readonly seen: Set<string>; readonly variants: Set<string> }>();
  const kept: Workload[] = [];
  for (const { workload, otherwise } of described) {
    const key = `${workload.format} ${workload.format === "helm" ? (workload.chart ?? "") : ""} ${workload.name}`;
    const known = bases.get(key);
    const words = signature(workload);
    if (!known) {
      bases.set(key, { seen: new Set([words]), variants: new Set([workload.variant]) });
      kept.push(workload);
    } else if (!known.seen.has(words)) {
      known.seen.add(words);
      const variant = freeName(workload.variant || otherwise, known.variants, workload);
      known.variants.add(variant);
      kept.push({ ...workload, variant });
    }
  }
  return kept;
}

function freeName(wanted: string, taken: ReadonlySet<string>, workload: Workload): string {
  if (!taken.has(wanted)) return wanted;
  const longer = `${wanted}/${stem(workload.file)}`;
  return taken.has(longer) ? workload.file : longer;
}

function stem(path: string): string {
  return lastPart(path).replace(/\.ya?ml$/, "");
}

function signature(workload: Workload): string {
  const { images, environment, ports, exposed, command, dependsOn, volumes, aliases } = workload;
  return JSON.stringify([
    images.map(({ image }) => image),
    environment.map(({ key, value }) => [key, value]),
    ports,
    exposed,
    command,
    dependsOn.map(({ name }) => name),
    volumes.map(({ name, kind, target, readOnly }) => [name, kind, target, readOnly]),
    aliases,
  ]);
}
