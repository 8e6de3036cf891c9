/** `drystone accept`: what breaks a rule today goes into the lists of accepted findings, or out of them. */
import { type AcceptPlan, type AcceptRequest, keyText, type PrunePlan, planAcceptance, planPrune } from "#check/index.js";
import { acceptedFileOf, acceptedOf, acceptedText } from "#collect/accepted/index.js";
import type { Policy } from "#model/modules.js";
import type { AcceptedFact, Violation } from "#model/policy.js";
import { shortName } from "#model/refs.js";
import { endOfDay } from "#util/dates.js";
import { UsageError } from "#util/errors.js";
import { isGlob } from "#util/globs.js";
import { carriedRenames } from "./accepted.js";
import { type CheckedClones, type CheckOptions, checkClones } from "./check-clones.js";
import { findParts } from "./check-parts.js";
import { type WrittenFile, writeInside } from "./write-files.js";

export interface Accepted extends Pick<AcceptPlan, "added" | "renewed" | "refused" | "kept"> {
  /** Names of modules by ref. */
  readonly names: ReadonlyMap<string, string>;
  /** Files that were written, relative to where their repository stands. */
  readonly written: readonly string[];
}

/** @throws UsageError for a date that does not exist, a module or rule that has no finding, and a repository without files. */
export async function accept(options: CheckOptions, request: AcceptRequest): Promise<Accepted> {
  if (request.until !== null && endOfDay(request.until) === null)
    throw new UsageError("DS-U32", `--until ${JSON.stringify(request.until)} is no date`, "use a day that exists: 2027-01-31");
  const here = await checkClones(options);
  const { clones, trees, checked, asOf } = here;
  const violations = (await findParts(here, options)).flatMap((part) => part.violations);
  requireKnown(request, checked.policy, violations);
  const { accepted, texts } = acceptedOf(trees);
  const plan = planAcceptance(violations, accepted, request, {
    asOf,
    renames: carriedRenames({ clones, trees, violations }, accepted),
    ownerOf: (module) => ownerOf(checked.policy, module),
    repositoryOf: ({ finding, key }) =>
      finding.location?.repository ?? moduleOf(checked.policy, key.module)?.repository ?? clones[0]?.id ?? "",
  });
  const names = new Map(checked.policy.modules.map(({ ref, name }) => [ref, name]));
  return { ...plan, names, written: writeLists(here, placed(plan.entries, here), accepted, texts) };
}

export interface Pruned extends Pick<PrunePlan, "removed" | "moved"> {
  readonly written: readonly string[];
}

/** Never adds: it is safe to run at any time. */
export async function prune(options: CheckOptions): Promise<Pruned> {
  const here = await checkClones(options);
  const { clones, trees } = here;
  const parts = await findParts(here, options);
  const violations = parts.flatMap((part) => part.violations);
  const { accepted, texts } = acceptedOf(trees);
  const renames = carriedRenames({ clones, trees, violations }, accepted, { whole: true });
  const plan = planPrune(violations, accepted, renames, new Set(parts.flatMap(({ assessment, ran }) => (ran ? assessment : []))));
  return { ...plan, written: writeLists(here, plan.entries, accepted, texts) };
}

function requireKnown({ rules, modules }: AcceptRequest, policy: Policy, violations: readonly Violation[]): void {
  const unknownModule = modules.find(
    (name) => !policy.modules.some((module) => module.ref === name || module.name.toLowerCase() === name.toLowerCase()),
  );
  if (unknownModule !== undefined)
    throw new UsageError(
      "DS-U33",
      `--module ${JSON.stringify(unknownModule)}: there is no such module`,
      `use one of ${policy.modules
        .slice(0, 20)
        .map(({ name }) => name)
        .join(", ")}`,
    );
  const found = [...new Set(violations.map(({ key }) => key.rule))].sort();
  const unknownRule = rules.find((rule) => !found.some((code) => code === rule || code.endsWith(`/${rule}`)));
  if (unknownRule !== undefined)
    throw new UsageError(
      "DS-U34",
      `--rule ${JSON.stringify(unknownRule)}: nothing breaks a rule of that name`,
      found.length === 0 ? "there is nothing to accept" : `broken now: ${found.join(", ")}`,
    );
}

function moduleOf({ modules }: Policy, ref: string): Policy["modules"][number] | undefined {
  return modules.find((module) => module.ref === ref);
}

/** As a person writes it: `team-orders` for a team, the whole ref for anything else. */
function ownerOf(policy: Policy, ref: string): string | null {
  const [owner] = moduleOf(policy, ref)?.owners ?? [];
  if (owner === undefined) return null;
  return owner.startsWith("group:default/") ? shortName(owner) : owner;
}

/** Adds entries to the lists of a system that has its drystone.yaml now; those that stand there stay. @returns files that were written. */
export async function writeAccepted(
  path: string,
  entries: readonly Omit<AcceptedFact, "file" | "line">[],
): Promise<readonly string[]> {
  if (entries.length === 0) return [];
  const here = await checkClones({ paths: [path], cacheDirectory: null });
  const { accepted, texts } = acceptedOf(here.trees);
  const known = new Set(accepted.map((entry) => keyText(entry)));
  const added = entries.filter((entry) => !known.has(keyText(entry))).map((entry) => ({ ...entry, file: "", line: 0 }));
  return writeLists(here, placed([...accepted, ...added], here), accepted, texts);
}

/** New entries get the list of their module. */
function placed(entries: readonly AcceptedFact[], { trees, checked }: CheckedClones): readonly AcceptedFact[] {
  const paths = new Map(trees.map((tree) => [tree.repository, new Set(tree.paths)]));
  return entries.map((entry) => {
    if (entry.file !== "") return entry;
    const folder = moduleOf(checked.policy, entry.module)?.paths.find((path) => !isGlob(path)) ?? null;
    return { ...entry, file: acceptedFileOf(folder, paths.get(entry.repository) ?? new Set()) };
  });
}

/** Writes the lists that changed. */
function writeLists(
  { clones }: CheckedClones,
  entries: readonly AcceptedFact[],
  before: readonly AcceptedFact[],
  texts: ReadonlyMap<string, string>,
): string[] {
  const lists = clones.map(({ id, workTree }) => {
    const ofClone = ({ repository }: AcceptedFact): boolean => repository === id;
    const files = [...new Set([...entries, ...before].filter(ofClone).map(({ file }) => file))].sort();
    const changed = files.flatMap((path): WrittenFile[] => {
      const old = texts.get(`${id}\n${path}`) ?? null;
      const text = acceptedText(
        entries.filter((entry) => ofClone(entry) && entry.file === path),
        old,
      );
      return text === old ? [] : [{ path, text }];
    });
    const [first] = changed;
    if (workTree === null && first !== undefined)
      throw new UsageError(
        "DS-U35",
        `${id} is a bare repository: there is no folder to write ${first.path} into`,
        "run accept in a checkout",
      );
    return { root: workTree ?? id, changed };
  });
  for (const { root, changed } of lists) writeInside(root, changed);
  return lists.flatMap(({ changed }) => changed.map(({ path }) => path));
}
