/** Which rule of the ownership files holds for a path. */
import type { OwnershipRule } from "#model/facts.js";
import { type CompiledPattern, compileSegments } from "./pattern.js";

export interface PathOwners {
  /** `cleared`: a rule without owners is the last that matches, on purpose; `unmatched`: no rule says anything. */
  readonly state: "owned" | "cleared" | "unmatched";
  /** As written in the file; any one of them approves. With GitLab sections the union over sections, with OWNERS files nearest folder first. */
  readonly owners: readonly string[];
  /** The owner sets of which each must approve: one per GitLab section that is not optional, else one. */
  readonly required: readonly (readonly string[])[];
  /** The rule that decided; the first of several sections, the nearest folder. */
  readonly rule: OwnershipRule | null;
}

/** Ranks of sources, first wins where it says anything: drystone.yaml, CODEOWNERS, OWNERS. */
export type RuleSource = "drystone.yaml" | "codeowners" | "owners";
const ruleSources: readonly RuleSource[] = ["drystone.yaml", "codeowners", "owners"];

/** From which kind of file a rule comes. Rules of drystone.yaml are written in the GitHub dialect, but their file is never called CODEOWNERS. */
function ruleSource(rule: OwnershipRule): RuleSource {
  if (rule.dialect === "owners") return "owners";
  const name = rule.file.slice(rule.file.lastIndexOf("/") + 1);
  return name === "CODEOWNERS" ? "codeowners" : "drystone.yaml";
}

/** Owners of a path by the rules of its repository. Compiling is remembered per array of rules. @param rules of one repository, in file order. */
export function ownersOf(path: string, rules: readonly OwnershipRule[]): PathOwners {
  for (const source of ruleSources) {
    const found = ownersBySource(path, rules, source);
    if (found.state !== "unmatched") return found;
  }
  return unmatched;
}

/** As `ownersOf`, asking one kind of file only. */
export function ownersBySource(path: string, rules: readonly OwnershipRule[], source: RuleSource): PathOwners {
  return indexOf(rules)[source](path);
}

const unmatched: PathOwners = { state: "unmatched", owners: [], required: [], rule: null };

type Lookup = (path: string) => PathOwners;
const indices = new WeakMap<readonly OwnershipRule[], Record<RuleSource, Lookup>>();

function indexOf(rules: readonly OwnershipRule[]): Record<RuleSource, Lookup> {
  let index = indices.get(rules);
  if (!index) {
    const of = (source: RuleSource): OwnershipRule[] => rules.filter((rule) => ruleSource(rule) === source);
    index = {
      "drystone.yaml": lineLookup(of("drystone.yaml")),
      codeowners: lineLookup(of("codeowners")),
      owners: folderLookup(of("owners")),
    };
    indices.set(rules, index);
  }
  return index;
}

interface CompiledRule {
  readonly rule: OwnershipRule;
  readonly pattern: CompiledPattern;
}

/** What several rules together decide; remembered, as few sets of them are met. */
type Decide = (winners: readonly OwnershipRule[]) => PathOwners;

/** Later lines win within their section; a file without sections is one section. */
function lineLookup(rules: readonly OwnershipRule[]): Lookup {
  if (rules.length === 0) return () => unmatched;
  const lastFirst = rules.map((rule) => ({ rule, pattern: compileSegments(rule.pattern, rule.dialect) })).reverse();
  const sectioned = rules.some((rule) => rule.section !== null || rule.exclusion);
  const candidatesOf = candidates(lastFirst);
  const decide = rememberedDecisions(rules);
  return (path) => {
    const segments = path.split("/");
    const possible = candidatesOf(segments[0] ?? "");
    return sectioned ? bySections(possible, segments, decide) : byLastLine(possible, segments);
  };
}

function rememberedDecisions(rules: readonly OwnershipRule[]): Decide {
  const numbers = new Map(rules.map((rule, index) => [rule, index]));
  const known = new Map<string, PathOwners>();
  return (winners) => {
    const key = winners.map((rule) => numbers.get(rule)).join();
    let found = known.get(key);
    if (!found) known.set(key, (found = decided(winners)));
    return found;
  };
}

/** Rules that can match below a folder of the root; most lines of a large file name one, so few are left to try. */
function candidates(rules: readonly CompiledRule[]): (firstSegment: string) => readonly CompiledRule[] {
  const named = new Set(rules.map((rule) => rule.pattern.firstSegment));
  const anywhere = rules.filter((rule) => rule.pattern.firstSegment === null);
  const known = new Map<string, readonly CompiledRule[]>();
  return (firstSegment) => {
    if (!named.has(firstSegment)) return anywhere;
    let found = known.get(firstSegment);
    if (!found) {
      found = rules.filter(({ pattern }) => pattern.firstSegment === null || pattern.firstSegment === firstSegment);
      known.set(firstSegment, found);
    }
    return found;
  };
}

function byLastLine(rules: readonly CompiledRule[], segments: readonly string[]): PathOwners {
  for (const { rule, pattern } of rules) if (pattern.matches(segments)) return decided([rule]);
  return unmatched;
}

/** An exclusion takes the path out of its section for good: no later line brings it back. */
function bySections(rules: readonly CompiledRule[], segments: readonly string[], decide: Decide): PathOwners {
  const bySection = new Map<string | null, OwnershipRule>();
  for (const { rule, pattern } of rules) {
    const winner = bySection.get(rule.section);
    if (winner && (winner.exclusion || !rule.exclusion)) continue;
    if (pattern.matches(segments)) bySection.set(rule.section, rule);
  }
  const winners = [...bySection.values()]
    .filter((rule) => !rule.exclusion)
    .sort((a, b) => Number(a.optional) - Number(b.optional) || a.line - b.line);
  return winners.length === 0 ? unmatched : decide(winners);
}

function decided(winners: readonly OwnershipRule[]): PathOwners {
  const owning = winners.filter((rule) => rule.owners.length > 0);
  if (owning.length === 0) return { state: "cleared", owners: [], required: [], rule: winners[0] ?? null };
  return {
    state: "owned",
    owners: owning.length === 1 ? (owning[0]?.owners ?? []) : [...new Set(owning.flatMap((rule) => rule.owners))],
    required: owning.filter((rule) => !rule.optional).map((rule) => rule.owners),
    rule: owning[0] ?? null,
  };
}

/** OWNERS files: those of the folders above a file add up, nearest first, until one says `no_parent_owners`. */
function folderLookup(rules: readonly OwnershipRule[]): Lookup {
  if (rules.length === 0) return () => unmatched;
  const byFolder = new Map<string, CompiledRule[]>();
  for (const rule of rules) {
    const folder = folderOf(rule.file);
    const compiled = { rule, pattern: compileSegments(rule.pattern, "owners") };
    const there = byFolder.get(folder);
    if (there) there.push(compiled);
    else byFolder.set(folder, [compiled]);
  }
  return (path) => {
    const segments = path.split("/");
    const winners: OwnershipRule[] = [];
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const here = byFolder.get(folder) ?? [];
      for (const { rule, pattern } of here) if (pattern.matches(segments)) winners.push(rule);
      if (folder === "" || here.some(({ rule }) => rule.noParent)) break;
    }
    if (winners.length === 0) return unmatched;
    const found = decided(winners);
    return found.state === "owned" ? { ...found, required: [found.owners] } : found;
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
