/** Modules, what they show to others and what they may use: what `check` holds the code against. */
import type { ImportKind } from "./import-kind.js";
import type { Ref } from "./refs.js";

/** off: not checked. warn: shown, never fails. new: fails unless accepted (the default). strict: fails even when accepted. */
export type Enforcement = (typeof enforcements)[number];
export const enforcements = ["off", "warn", "new", "strict"] as const;

/** The rules of module boundaries; the code of a finding is `module-boundaries/<rule>`. */
export const boundaryRules = [
  "undeclared-use",
  "private-import",
  "not-visible",
  "layer",
  "deny",
  "cycle",
  "cross-team-private",
  "foreign-table",
  "unresolved",
  "unassigned",
  "unused-use",
  "unused-allow",
  "allow-without-reason",
  "no-files",
  "unreadable",
] as const;
export type BoundaryRule = (typeof boundaryRules)[number];

/** How imports that only carry types, or stand in tests, are judged: as any other, as warnings, or not at all. */
export type Strictness = (typeof strictnesses)[number];
export const strictnesses = ["same", "warn", "ignore"] as const;

/** The modules of a system and what they may use, as declared or inferred; captures are filled in. */
export interface Policy {
  /** The configuration; null when there is none. */
  readonly file: string | null;
  /** False when the modules were inferred from workspaces, packages and folders. */
  readonly declared: boolean;
  readonly modules: readonly ModuleFact[];
  /** Entries of `modules` whose captures nothing fills. */
  readonly unmatched: readonly { readonly text: string; readonly place: PolicyPlace }[];
  /** High to low. */
  readonly layers: readonly LayerFact[];
  readonly rules: readonly SelectorRule[];
  readonly types: Strictness;
  readonly tests: Strictness;
  readonly enforce: Readonly<Partial<Record<BoundaryRule, Enforcement>>>;
}

/** Where something is declared. */
export interface PolicyPlace {
  readonly file: string;
  readonly line: number;
}

export interface ModuleFact {
  readonly ref: Ref;
  readonly name: string;
  readonly repository: string;
  /** Folders, files or globs relative to the repository; of several modules around a file the one with the longest path holds it. */
  readonly paths: readonly string[];
  /** Null when inferred. */
  readonly place: PolicyPlace | null;
  /** Ref of the declared module around it; null outside of all. */
  readonly parent: Ref | null;
  readonly faces: readonly FaceFact[];
  /** What says which files are public; `open`: nothing does, and all are. */
  readonly faceSource: "declared" | "package exports" | "index" | "open";
  /** Null: any public interface may be used. */
  readonly uses: readonly DeclaredUse[] | null;
  /** Who may use it; null: everybody. */
  readonly visibleTo: readonly Selector[] | null;
  readonly layer: string | null;
  /** True: whoever wants may use it without saying so, from any layer. */
  readonly utility: boolean;
  readonly tags: readonly string[];
  readonly owners: readonly Ref[];
  readonly enforce: Readonly<Partial<Record<BoundaryRule, Enforcement>>>;
  /** Tables that are its own, as globs. */
  readonly tables: readonly string[];
}

/** Files that others may import. */
export interface FaceFact {
  /** `default`, or the name behind `::`. */
  readonly name: string;
  /** Globs relative to the repository. */
  readonly files: readonly string[];
  /** Where each of `files` is written; without it at the place of the module. */
  readonly places?: readonly PolicyPlace[];
  /** For whom; null: for everybody who may use the module. */
  readonly to: readonly Selector[] | null;
}

export interface DeclaredUse {
  /** As written: `orders::events`. */
  readonly text: string;
  readonly selector: Selector;
  /** One named interface; null: all public ones. */
  readonly face: string | null;
  readonly place: PolicyPlace;
}

/** `layer: { name: domain, closed: true }`; several names stand beside each other and may not use each other. */
export interface LayerFact {
  readonly names: readonly string[];
  /** True: those above may not go past it to those below. */
  readonly closed: boolean;
}

/** A set of modules, files or packages. */
export interface Selector {
  readonly of: "any" | "module" | "tag" | "owner" | "layer" | "path" | "package";
  /** A name or glob; for packages with the ecosystem in front: `npm:react`, `node:*`. */
  readonly value: string;
  /** True: what it names is taken out of those before it. */
  readonly not: boolean;
}

export interface SelectorRule {
  readonly effect: "deny" | "allow";
  readonly from: readonly Selector[];
  readonly to: readonly Selector[];
  readonly fromText: string;
  readonly toText: string;
  /** Null: all. */
  readonly kinds: readonly ImportKind[] | null;
  /** Also over other files. */
  readonly transitive: boolean;
  readonly why: string | null;
  readonly see: string | null;
  readonly enforce: Enforcement | null;
  readonly place: PolicyPlace;
}
