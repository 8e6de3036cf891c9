// Which commits belong to a stretch of time where a merge is the change: written apart from the product, to check it.
import { git } from "./git.mjs";

/**
 * Commits `{ parents }` whose change is dated inside the window of the repository. A commit belongs to the commit of the main line that brought
 * it in; where that brought in several merges, it is a line of changes, and each of its commits stands for what it brought in itself.
 */
export function changesBetween({ path, from, to }) {
  const graph = new Map(
    git(path, ["log", "--format=%H %ct %P", "HEAD"])
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "))
      .map(([id, time, ...parents]) => [id, { time: Number(time), parents }]),
  );
  const dates = new Map();
  dateChanges(lineFrom(git(path, ["rev-parse", "HEAD"]).trim(), graph, dates), graph, dates);
  return [...dates].filter(([, time]) => time >= from && time <= to).map(([id]) => graph.get(id));
}

/** @param line newest first. @param dates filled: for each commit the date of its change. */
function dateChanges(line, graph, dates) {
  for (const head of line.toReversed()) {
    const brought = broughtIn(head, graph, dates);
    const merges = [...brought].filter(
      (id) =>
        id !== head &&
        graph
          .get(id)
          .parents.slice(1)
          .some((parent) => brought.has(parent)),
    );
    const [, ...branches] = graph.get(head).parents;
    if (merges.length >= 2) for (const branch of branches) dateChanges(lineFrom(branch, graph, dates), graph, dates);
    for (const id of brought) if (!dates.has(id)) dates.set(id, graph.get(head).time);
  }
}

/** First parents as long as they have no date. */
function lineFrom(start, graph, dates) {
  const line = [];
  for (let id = start; id !== undefined && !dates.has(id); [id] = graph.get(id).parents) line.push(id);
  return line;
}

function broughtIn(head, graph, dates) {
  const found = new Set();
  const open = [head];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || dates.has(id)) continue;
    found.add(id);
    open.push(...graph.get(id).parents);
  }
  return found;
}
