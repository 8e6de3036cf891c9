/** Who owns a component, as declared. History has no part in it, so that alignment is never judged against itself. */
import type { Evidence } from "#model/evidence.js";
import type { ComponentFact, DeclaredOwner, OwnershipRule } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { OwnershipState } from "#model/result.js";
import { type OwnerRefs, ownerRefs } from "./owner-refs.js";
import { ownersBySource, type RuleSource } from "./owners-of.js";

/** A set of owners that covers this share of a component's files owns it, whatever the rest says. */
const ownedShare = 0.8;
const evidenceLimit = 3;

export interface ComponentOwnership {
  readonly state: OwnershipState;
  /** What the strongest source says, all owners of a line, nearest or most frequent first. Empty unless `owned` or `contested`. */
  readonly declared: readonly DeclaredOwner[];
  /** What weaker sources say differently. */
  readonly others: readonly DeclaredOwner[];
  /** How the files of the component vote; empty when the strongest source names the component itself. Largest first. */
  readonly shares: readonly OwnerShare[];
}

export interface OwnerShare {
  /** Sorted refs; empty for files that are cleared or unmatched. */
  readonly owners: readonly Ref[];
  readonly state: "owned" | "cleared" | "unmatched";
  readonly files: number;
  /** Of the component's files, 0..1. */
  readonly share: number;
}

/**
 * Ownership of one component. Sources in order: drystone.yaml (the component, then path rules), Backstage, CODEOWNERS, OWNERS; the first that
 * says anything decides, the others are listed. Within a source of path rules the files of the component vote:
 *
 * - `owned`: one set of owners, or one owner present in several sets (with those of most files), covers at least 80 % of the files; or a set has
 *   the majority of the owned files and most files are owned.
 * - `contested`: two or more teams share the owned files and no set has a majority; or two declarations of equal rank name different owners.
 * - `cleared`, `unmatched`: most files are so.
 *
 * @param files paths of the component, relative to its repository.
 * @param rules of all repositories.
 * @param refs see `ownerRefs`; built from `rules` alone when left out.
 */
export function componentOwnership(
  component: ComponentFact,
  files: readonly string[],
  rules: readonly OwnershipRule[],
  refs: OwnerRefs = ownerRefs(rules, []),
): ComponentOwnership {
  const own = rulesOf(component.repository, rules);
  const found = [
    statement(component, "drystone.yaml"),
    vote(files, own, "drystone.yaml", refs),
    statement(component, "backstage"),
    vote(files, own, "codeowners", refs),
    vote(files, own, "owners", refs),
    statement(component, "codeowners"),
    statement(component, "owners"),
  ].filter((ownership) => ownership !== null);
  const [strongest = nobody, ...weaker] = found.filter(({ state }) => state !== "unmatched");
  const declared = new Set(strongest.declared.map(({ ref }) => ref));
  const others = weaker.flatMap((ownership) => ownership.declared).filter(({ ref }) => !declared.has(ref));
  return { ...strongest, shares: strongest === nobody ? (found[0]?.shares ?? []) : strongest.shares, others };
}

type Ownership = Omit<ComponentOwnership, "others">;
const nobody: Ownership = { state: "unmatched", declared: [], shares: [] };

const rulesByRepository = new WeakMap<readonly OwnershipRule[], Map<string, readonly OwnershipRule[]>>();

/** One array per repository for the whole run: `ownersOf` remembers what it compiled by array. */
function rulesOf(repository: string, rules: readonly OwnershipRule[]): readonly OwnershipRule[] {
  let known = rulesByRepository.get(rules);
  if (!known) rulesByRepository.set(rules, (known = new Map()));
  let own = known.get(repository);
  if (!own) known.set(repository, (own = rules.filter((rule) => rule.repository === repository)));
  return own;
}

/** What is written beside the component itself. Owners of one place share it; different owners in two places contradict each other. */
function statement(component: ComponentFact, source: DeclaredOwner["source"]): Ownership | null {
  const declared = component.declaredOwners.filter((owner) => owner.source === source);
  if (declared.length === 0) return null;
  const byPlace = new Map<string, Set<Ref>>();
  for (const owner of declared) {
    const place = placeOf(owner.evidence[0]);
    byPlace.set(place, (byPlace.get(place) ?? new Set<Ref>()).add(owner.ref));
  }
  const sets = new Set([...byPlace.values()].map((refs) => [...refs].sort().join(" ")));
  return { state: sets.size > 1 ? "contested" : "owned", declared, shares: [] };
}

function placeOf(evidence: Evidence | undefined): string {
  return evidence && "file" in evidence ? `${evidence.repository}\0${evidence.file}\0${evidence.line}` : "";
}

interface Ballot {
  readonly state: OwnerShare["state"];
  readonly owners: readonly Ref[];
  readonly rules: Map<OwnershipRule, number>;
  files: number;
}

function vote(files: readonly string[], rules: readonly OwnershipRule[], source: RuleSource, refs: OwnerRefs): Ownership | null {
  if (files.length === 0 || rules.length === 0) return null;
  const ballots = count(files, rules, source, refs);
  const shares = ballots.map(({ owners, state, files: n }) => ({
    owners: [...owners].sort(),
    state,
    files: n,
    share: n / files.length,
  }));
  const { state, owners } = decide(ballots, files.length);
  return { state, declared: owners.map((ref) => declaredOwner(ref, source, ballots)), shares };
}

function count(
  files: readonly string[],
  rules: readonly OwnershipRule[],
  source: RuleSource,
  refs: OwnerRefs,
): readonly Ballot[] {
  const ballots = new Map<string, Ballot>();
  const refsOf = new Map<readonly string[], { readonly refs: readonly Ref[]; readonly sorted: string }>();
  for (const file of files) {
    const found = ownersBySource(file, rules, source);
    const dialect = found.rule?.dialect ?? "github";
    // Parents may approve as well, but the nearest OWNERS file says who looks after a folder.
    const written = source === "owners" ? (found.rule?.owners ?? []) : found.owners;
    let named = refsOf.get(written);
    if (!named) {
      const distinct = [...new Set(written.flatMap((owner) => refs(owner, dialect) ?? []))];
      refsOf.set(written, (named = { refs: distinct, sorted: distinct.toSorted().join(" ") }));
    }
    const { refs: owners, sorted } = named;
    // A role alone (`@@maintainer`) says nothing about who.
    const state = found.state === "owned" && owners.length === 0 ? "unmatched" : found.state;
    const key = `${state} ${sorted}`;
    const ballot = ballots.get(key) ?? { state, owners, rules: new Map<OwnershipRule, number>(), files: 0 };
    ballot.files++;
    if (found.rule) ballot.rules.set(found.rule, (ballot.rules.get(found.rule) ?? 0) + 1);
    ballots.set(key, ballot);
  }
  return [...ballots].sort(([a, x], [b, y]) => y.files - x.files || (a < b ? -1 : 1)).map(([, ballot]) => ballot);
}

function decide(ballots: readonly Ballot[], total: number): { state: OwnershipState; owners: readonly Ref[] } {
  const owned = ballots.filter(({ state }) => state === "owned");
  const ownedFiles = sum(owned);
  const best = owned[0];
  if (best && best.files >= ownedShare * total) return { state: "owned", owners: best.owners };
  const byFiles = refsByFiles(owned);
  if (byFiles.some(([, files]) => files >= ownedShare * total)) {
    // Who may decide on most of the files as well is no stranger to them.
    return { state: "owned", owners: byFiles.filter(([, files]) => files * 2 > total).map(([ref]) => ref) };
  }
  const teams = new Set(owned.flatMap(({ owners }) => owners.filter((ref) => ref.startsWith("group:"))));
  if (best && ownedFiles * 2 > total) {
    if (best.files * 2 > ownedFiles) return { state: "owned", owners: best.owners };
    return { state: teams.size > 1 ? "contested" : "owned", owners: byFiles.map(([ref]) => ref) };
  }
  const cleared = sum(ballots.filter(({ state }) => state === "cleared"));
  return { state: cleared > 0 && cleared >= total - ownedFiles - cleared ? "cleared" : "unmatched", owners: [] };
}

function sum(ballots: readonly Ballot[]): number {
  return ballots.reduce((files, ballot) => files + ballot.files, 0);
}

/** Owners by the number of files where they are one of them, most first. */
function refsByFiles(ballots: readonly Ballot[]): readonly (readonly [Ref, number])[] {
  const files = new Map<Ref, number>();
  for (const ballot of ballots) for (const ref of ballot.owners) files.set(ref, (files.get(ref) ?? 0) + ballot.files);
  return [...files].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

function declaredOwner(ref: Ref, source: RuleSource, ballots: readonly Ballot[]): DeclaredOwner {
  const files = new Map<OwnershipRule, number>();
  for (const ballot of ballots) {
    if (!ballot.owners.includes(ref)) continue;
    for (const [rule, n] of ballot.rules) files.set(rule, (files.get(rule) ?? 0) + n);
  }
  const strongest = [...files].sort(([a, x], [b, y]) => y - x || a.line - b.line).slice(0, evidenceLimit);
  const evidence = strongest.map(([rule]) => ({
    type: "declaration" as const,
    repository: rule.repository,
    file: rule.file,
    line: rule.line,
    text: [rule.pattern, ...rule.owners].join(" ").trim(),
  }));
  return { ref, source, evidence };
}
