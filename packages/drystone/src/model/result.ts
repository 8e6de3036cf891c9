/** The result document, `drystone.result/1`. Field names are a published contract (schema/result.schema.json): additions only. */
import type { Evidence } from "./evidence.js";
import type {
  ComponentKind,
  ContractFact,
  DeclaredOwner,
  LibraryFact,
  OperationFact,
  Problem,
  RelationFact,
  ResourceFact,
  SourceFact,
  UnresolvedFact,
} from "./facts.js";
import type { Ref } from "./refs.js";

export interface Result {
  readonly schema: "drystone.result/1";
  readonly tool: { readonly name: "drystone"; readonly version: string; readonly command: string };
  readonly inputs: Inputs;
  /** What a reader should see first: the strongest question that these inputs answer. */
  readonly headline: Headline;
  readonly model: Model;
  readonly measures: readonly Measure[];
  readonly assessments: readonly Assessment[];
  readonly verdicts: readonly Verdict[];
  readonly advice: readonly Advice[];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Only where a run was compared with an earlier revision. */
  readonly comparison?: Comparison;
}

export interface Inputs {
  readonly asOf: string;
  readonly system: string;
  readonly repositories: readonly RepositoryInput[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

export type ChangeSetUnit = "commit" | "mainline" | "ticket";

export interface RepositoryInput {
  readonly id: string;
  readonly head: string | null;
  readonly commits: number;
  readonly roots: number;
  readonly shallow: boolean;
  readonly partial: boolean;
  readonly changeSetUnit: ChangeSetUnit;
  readonly changeSetUnitReason: string;
  readonly window: { readonly from: string; readonly to: string; readonly reason: string };
  /** How the commits of the window became change sets, each step counted: `["412 commits", "- 120 by bots", …]`. */
  readonly hygiene: readonly string[];
}

export interface Headline {
  readonly question: string;
  readonly answer: string;
  /** Why the distributed-monolith question does not apply; null when it does. */
  readonly notApplicable: string | null;
  readonly assessment: string | null;
}

export interface Model {
  readonly components: readonly ModelComponent[];
  readonly resources: readonly ResourceFact[];
  readonly teams: readonly ModelTeam[];
  readonly contracts: readonly Omit<ContractFact, "repository">[];
  readonly operations: readonly OperationFact[];
  readonly libraries: readonly LibraryFact[];
  readonly relations: readonly RelationFact[];
  /** Calls, stores and channels that lead nowhere. */
  readonly unresolved: readonly UnresolvedFact[];
}

export type OwnershipState = "owned" | "cleared" | "unmatched" | "contested";

export interface ModelComponent {
  readonly ref: Ref;
  readonly name: string;
  readonly kind: ComponentKind;
  readonly built: boolean;
  readonly partOf: Ref | null;
  readonly repository: string;
  readonly paths: readonly string[];
  readonly aliases: readonly string[];
  readonly technology: string | null;
  readonly ownership: {
    readonly state: OwnershipState;
    readonly declared: readonly DeclaredOwner[];
    readonly observed: {
      readonly ref: Ref;
      readonly share: number;
      readonly interval: Interval;
      readonly sample: Sample;
    } | null;
  };
  /** From what it was inferred; empty when declared. */
  readonly inferredFrom: readonly string[];
  /** The one line of drystone.yaml that corrects the inference; null when declared. */
  readonly correction: string | null;
  readonly evidence: readonly Evidence[];
}

export interface ModelTeam {
  readonly ref: Ref;
  readonly name: string;
  readonly parent: Ref | null;
  readonly size: number | null;
  readonly functions: readonly string[];
  readonly source: "declared" | "inferred";
  readonly evidence: readonly Evidence[];
}

export type Interval = readonly [number, number];

export interface Sample {
  readonly n: number;
  readonly of: string;
  /** The least sample that allows a verdict. */
  readonly min?: number;
}

/** A number that a picture or a table is drawn from. */
export interface Measure {
  readonly id: string;
  readonly subjects: readonly Ref[];
  readonly value: number | null;
  readonly unit: string;
  readonly interval: Interval | null;
  readonly sample: Sample | null;
  readonly window: string | null;
  /** More numbers of the same measurement, e.g. both confidences of a pair. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

export type VerdictWord =
  | "present"
  | "mixed"
  | "absent"
  | "aligned"
  | "misaligned"
  | "met"
  | "not-met"
  | "measured"
  | "signal"
  | "weak"
  | "none"
  | "yes"
  | "no"
  | "stay"
  | "no-reason-to-stay"
  | "pays"
  | "undecided"
  | "does-not-pay"
  | "unknown"
  | "not-applicable";

export interface Assessment {
  readonly id: string;
  /** "system" or a ref. */
  readonly subject: string;
  readonly question: string;
  readonly verdict: VerdictWord;
  readonly value: number | null;
  readonly unit: string | null;
  readonly interval: Interval | null;
  readonly level: number;
  readonly sample: Sample | null;
  readonly conditions: readonly Condition[];
  /** The range of public systems to read the number against. */
  readonly comparison: string | null;
  /** Confidence in the method: A two independent inputs, B direct, C proxy, D declared only; null where nothing was measured. */
  readonly grade: "A" | "B" | "C" | "D" | null;
  /** Sentences for a reader, the most important first. */
  readonly reasons: readonly string[];
  readonly missing: readonly Missing[];
  readonly findings: readonly Finding[];
}

export interface Condition {
  readonly text: string;
  readonly met: boolean | null;
  readonly source: string;
}

/** An input that would decide, and a command that obtains it. */
export interface Missing {
  readonly input: string;
  readonly how: string;
}

export interface Finding {
  /** `<assessment id>/<rule>`. */
  readonly code: string;
  readonly severity: "note" | "warning" | "error";
  readonly state: "new" | "accepted" | "expired";
  readonly subjects: readonly Ref[];
  readonly message: string;
  readonly fix: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly interval?: Interval | null;
  readonly sample: Sample | null;
  readonly location: { readonly repository: string; readonly file: string; readonly line: number } | null;
  readonly evidence: readonly Evidence[];
  readonly evidenceTotal: number;
  readonly fingerprint: string;
  /** Who decided to live with it, why and until when; only where the state is accepted or expired. */
  readonly decision?: { readonly owner: string | null; readonly reason: string | null; readonly until: string | null };
  /** Only where a run was compared with an earlier revision (`check --against`): whether that one had it already. */
  readonly baseline?: "new" | "unchanged";
}

/** What a change set does to the findings, against the revision that it started from. */
export interface Comparison {
  /** As asked for: `origin/main`. */
  readonly against: string;
  /** Commit id of the merge base, per repository. */
  readonly bases: readonly { readonly repository: string; readonly commit: string }[];
  readonly new: number;
  readonly fixed: number;
  readonly remaining: number;
  /** The first of those that are gone. */
  readonly fixedFindings: readonly Pick<Finding, "code" | "subjects" | "message" | "location" | "fingerprint">[];
  /** Entries of accepted findings that the base does not have; one without reason or owner does not count. */
  readonly acceptances: readonly {
    readonly rule: string;
    readonly from: string;
    readonly to: string;
    readonly owner: string | null;
    readonly reason: string | null;
    readonly until: string | null;
    readonly counted: boolean;
    readonly location: { readonly repository: string; readonly file: string; readonly line: number };
  }[];
}

export interface Verdict {
  readonly id: string;
  readonly verdict: "likely" | "mixed" | "unlikely" | "unknown" | "not-applicable";
  readonly rule: string;
  readonly counts: {
    readonly present: number;
    readonly mixed: number;
    readonly absent: number;
    readonly unknown: number;
    readonly notApplicable: number;
  };
  readonly because: readonly string[];
  readonly wouldChange: readonly string[];
}

export interface Advice {
  readonly decision: "split" | "merge" | "stay" | "boundary" | "own" | "team";
  readonly subject: string;
  readonly outcome: "premature" | "not-demonstrated" | "does-not-pay" | "pays" | "stay" | "merge" | "no-structure";
  readonly assessments: readonly Assessment[];
  readonly costs: readonly Measure[];
  readonly benefits: readonly Measure[];
  readonly steps: readonly string[];
  readonly wouldChange: readonly string[];
}
