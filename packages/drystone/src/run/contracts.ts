/** Contracts of two versions of a tree, paired and compared. */
import { type ContractChange, type ContractOptions, compareContract } from "#check/contract-compatibility/index.js";
import { collectContracts, type FoundContract, readContractSource } from "#collect/contracts/index.js";
import { type FileTree, keepingTree } from "#collect/files/index.js";
import type { ContractSource } from "#model/contract-source.js";

export interface ContractComparison {
  /** Null: the contract is new. */
  readonly old: ContractSource | null;
  /** Null: the contract is gone. */
  readonly new: ContractSource | null;
  readonly changes: readonly ContractChange[];
}

/** One per contract of either tree, sorted by file; a contract that moved is found again by its kind and name. */
export function compareContracts(oldSide: FileTree, newSide: FileTree, options: ContractOptions): ContractComparison[] {
  const [oldTree, newTree] = [keepingTree(oldSide, mostCharacters), keepingTree(newSide, mostCharacters)];
  const before = collectContracts(oldTree).contracts;
  const after = collectContracts(newTree).contracts;
  const pairs = pairsOf(before, after);
  const matched = new Set(pairs.map(([, next]) => next));
  const comparisons = pairs.map(([old, next]): ContractComparison => {
    if (next === null) {
      const source = readContractSource(oldTree, old);
      // A contract that is still there, but of which nothing can be read, is broken and not gone.
      const left = newTree.paths.includes(old.file) ? readContractSource(newTree, old) : null;
      const broken = left !== null && left.problems.length > 0 ? left : null;
      return { old: source, new: broken, changes: compareContract(source, broken, options) };
    }
    const common = [old.file, ...old.copies.map(({ file }) => file)].find((file) =>
      next.copies.some((copy) => copy.file === file),
    );
    const source = readContractSource(oldTree, { ...old, file: common ?? old.file });
    const now = readContractSource(newTree, { ...next, file: common ?? next.file });
    return { old: source, new: now, changes: compareContract(source, now, options) };
  });
  const added = after
    .filter((contract) => !matched.has(contract))
    .map((contract) => ({ old: null, new: readContractSource(newTree, contract), changes: [] }));
  return [...toldOnce(comparisons), ...added].sort((a, b) => order(fileOf(a), fileOf(b)));
}

/** Of each side. */
const mostCharacters = 64 * 1024 * 1024;

/** A .proto file that is imported is a contract itself: what changed in it is told there. */
function toldOnce(comparisons: readonly ContractComparison[]): ContractComparison[] {
  const own = new Set(comparisons.map(({ old }) => old?.file));
  return comparisons.map((one) => ({
    ...one,
    changes: one.changes.filter(
      ({ rule, old }) => !rule.startsWith("proto-") || old === null || old.file === one.old?.file || !own.has(old.file),
    ),
  }));
}

/** By file first, then by kind and name where that leads to one only, then by kind and the name of the file. */
function pairsOf(before: readonly FoundContract[], after: readonly FoundContract[]): [FoundContract, FoundContract | null][] {
  const left = new Set(after);
  const found = new Map<FoundContract, FoundContract>();
  const take = (old: FoundContract, candidates: readonly FoundContract[]): void => {
    const [only, ...more] = candidates;
    if (only === undefined || more.length > 0) return;
    found.set(old, only);
    left.delete(only);
  };
  const isSame: ((old: FoundContract, next: FoundContract) => boolean)[] = [
    (old, next) => old.file === next.file,
    (old, next) => next.copies.some((copy) => copy.file === old.file) || old.copies.some((copy) => copy.file === next.file),
    (old, next) => old.name === next.name && old.name !== "",
    (old, next) => lastPart(old.file) === lastPart(next.file),
  ];
  for (const same of isSame)
    for (const old of before)
      if (!found.has(old))
        take(
          old,
          [...left].filter((next) => next.kind === old.kind && same(old, next)),
        );
  return before.map((old) => [old, found.get(old) ?? null]);
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function fileOf({ old, new: next }: ContractComparison): string {
  return next?.file ?? old?.file ?? "";
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
