/** What could not be read, as a reader of several repositories needs it. */
import type { FileTree } from "#collect/files/index.js";
import type { Problem } from "#model/facts.js";

/** Of several repositories each message starts with the one that it is about, where that is known. @param others of no tree in particular. */
export function namedProblems(trees: readonly FileTree[], others: readonly Problem[]): Problem[] {
  if (trees.length < 2) return [...others, ...trees.flatMap(({ problems }) => problems)];
  const holders = holdersOf(trees, new Set(others.map(({ path }) => path)));
  return [
    ...others.map((problem) => {
      const [home, another] = holders.get(problem.path) ?? [];
      return home === undefined || another !== undefined ? problem : named(problem, home);
    }),
    ...trees.flatMap(({ repository, problems }) => problems.map((problem) => named(problem, repository))),
  ];
}

/** Repositories that have a file of that path. */
function holdersOf(trees: readonly FileTree[], wanted: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const { repository, paths } of trees)
    for (const path of paths) if (wanted.has(path)) holders.set(path, [...(holders.get(path) ?? []), repository]);
  return holders;
}

function named(problem: Problem, repository: string): Problem {
  const isNamed = problem.message.startsWith(`${repository}/`) || problem.message.startsWith(`${repository}:`);
  return isNamed ? problem : { ...problem, message: `${repository}: ${problem.message}` };
}
