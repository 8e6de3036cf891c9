/** What breaks the rules, from what was read: no files. */
import {
  type BoundaryCheck,
  checkModuleBoundaries,
  checkOwnershipRules,
  moduleIndex,
  type OwnershipCheck,
  type TableTouch,
} from "#check/index.js";
import type { FileTree } from "#collect/files/index.js";
import type { FileCounts } from "#collect/imports/index.js";
import type { ImportGraph, OwnershipRule, Problem, RelationFact, SourceFact, SystemConfig, TeamFact } from "#model/facts.js";
import type { Policy } from "#model/modules.js";
import { moduleRelations } from "./module-relations.js";
import { unoptimised } from "./optimise.js";

/** All that `check` takes from files. */
export interface SystemRead {
  readonly config: SystemConfig;
  readonly system: string | null;
  readonly policy: Policy;
  /** One per tree, as is `counted`. */
  readonly graphs: readonly ImportGraph[];
  readonly counted: readonly ReadonlyMap<string, FileCounts>[];
  readonly unreadable: readonly (Problem & { readonly repository: string })[];
  /** Null: data access was not read. */
  readonly tables: readonly TableTouch[] | null;
  /** Those that drystone.yaml declares. */
  readonly teams: readonly TeamFact[];
  readonly ownershipRules: readonly OwnershipRule[];
  /** Without the source code itself. */
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** What the imports come to; JSON. */
export interface Judged {
  readonly boundaries: BoundaryCheck;
  /** Modules that use each other. */
  readonly relations: readonly RelationFact[];
}

export interface CheckedTrees
  extends Pick<SystemRead, "config" | "system" | "policy" | "graphs" | "ownershipRules" | "sources" | "problems"> {
  readonly boundaries: BoundaryCheck;
  readonly relations: readonly RelationFact[];
  readonly ownership: OwnershipCheck;
}

/** @param unresolvedShare share of unresolved imports that is tolerated, 0..1. */
export function judgeImports(read: SystemRead, trees: readonly FileTree[], unresolvedShare: number): Judged {
  const imports = read.graphs.reduce((sum, { from }) => sum + from.length, 0);
  const judge = () => judged(read, trees, unresolvedShare);
  return imports > mostImports ? judge() : unoptimised(judge);
}

/** With fewer, half of the CPU went into compiling what runs once; measured with 20,000. */
const mostImports = 40_000;

function judged(read: SystemRead, trees: readonly FileTree[], unresolvedShare: number): Judged {
  const { policy, graphs } = read;
  const index = moduleIndex(policy.modules);
  const boundaries = checkModuleBoundaries({
    policy,
    graphs,
    files: new Map(trees.map((tree) => [tree.repository, tree.paths])),
    unreadable: read.unreadable,
    tables: read.tables,
    unresolvedShare,
    index,
  });
  return { boundaries, relations: moduleRelations(index, graphs) };
}

export function withJudged(read: SystemRead, { boundaries, relations }: Judged): CheckedTrees {
  return {
    ...read,
    boundaries,
    relations,
    ownership: checkOwnershipRules(read),
    sources: [...read.sources, ...read.graphs.map(codeSource)],
  };
}

function codeSource({ repository, counts }: ImportGraph): SourceFact {
  return {
    kind: "code",
    repository,
    path: ".",
    read: true,
    facts: counts.reduce((sum, { imports }) => sum + imports, 0),
    problem: null,
    window: null,
  };
}
