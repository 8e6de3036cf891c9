/** What another tool was told about modules and boundaries, in the words of drystone.yaml. */
import type { AcceptedFact } from "#model/policy.js";

export interface ForeignRules {
  /** `dependency-cruiser`, `Packwerk`, … */
  readonly tool: string;
  /** Files that were read, the first is the one that was asked for. */
  readonly files: readonly string[];
  readonly modules: readonly ModuleDraft[];
  readonly layers: readonly string[];
  readonly rules: readonly RuleDraft[];
  /** How the other tool judges what drystone.yaml has a setting for. */
  readonly settings: SettingsDraft;
  /** What the other tool lives with; `to` is a file, or the name of the module where the tool knows no file. */
  readonly known: readonly KnownViolation[];
  /** What has no place in drystone.yaml, or could not be read without running it. Nothing is left out silently. */
  readonly unread: readonly Unread[];
}

/** An entry of `modules`, each list as written there. */
export interface ModuleDraft {
  readonly name: string;
  readonly match: readonly string[];
  /** Null: not said. */
  readonly public: readonly string[] | null;
  readonly uses: readonly string[] | null;
  readonly visibleTo: readonly string[] | null;
  readonly layer: string | null;
  readonly utility: boolean;
  readonly owner: string | null;
  readonly enforce: Readonly<Record<string, string>>;
}

/** A `deny` or `allow` of `rules`. */
export interface RuleDraft {
  readonly name: string;
  readonly effect: "deny" | "allow";
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly kinds: readonly string[] | null;
  readonly transitive: boolean;
  readonly why: string | null;
  readonly enforce: "new" | "warn";
}

export interface SettingsDraft {
  /** Null: not said. */
  readonly types: "same" | "warn" | "ignore" | null;
  readonly tests: "same" | "warn" | "ignore" | null;
  readonly enforce: Readonly<Record<string, string>>;
}

export interface KnownViolation extends Pick<AcceptedFact, "from"> {
  /** Rule of module-boundaries, without the assessment; null: any. */
  readonly rule: string | null;
  readonly toFile: string | null;
  readonly toModule: string | null;
  readonly file: string;
  readonly line: number;
}

export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

/** A module of which nothing is said but where it is. */
export function moduleDraft(name: string, match: readonly string[], more: Partial<ModuleDraft> = {}): ModuleDraft {
  return {
    name,
    match,
    public: null,
    uses: null,
    visibleTo: null,
    layer: null,
    utility: false,
    owner: null,
    enforce: {},
    ...more,
  };
}
