/** Commits that change nothing but versions in manifests: how GitOps deploys. */
import { type Clone, git } from "#collect/git/index.js";
import type { ComponentNames } from "#collect/records/index.js";
import type { DeployFact } from "#model/facts.js";
import { commitCount, commitId, type History, touch } from "#model/history.js";
import { type ChangedVersion, changedVersions, environmentOf } from "./changed-versions.js";

/** The newest ones; more would cost seconds and say the same. */
const mostCommits = 3_000;
const mostFiles = 20;
const months = 24;
/** Lines around a change: far enough to see the name that a version belongs to. */
const context = 30;

/** Of components that `find` knows; one deploy per component, environment and commit. @param source what results name as their source */
export function imageTagCommits(clone: Clone, history: History, find: ComponentNames["find"], source: string): DeployFact[] {
  const candidates = manifestCommits(history);
  if (candidates.length === 0) return [];
  const times = new Map(candidates.map((commit) => [commitId(history, commit), history.committerTimes[commit] ?? 0]));
  const versionsOnly = diffs(clone, [...times.keys()], 0).flatMap(({ id, lines }) =>
    changedVersions(lines) === null ? [] : [id],
  );
  return diffs(clone, versionsOnly, context).flatMap(({ id, lines }) =>
    deploysOf(id, times.get(id) ?? 0, changedVersions(lines) ?? [], find, source),
  );
}

/** Commits that change YAML and add or delete nothing. */
function manifestCommits(history: History): number[] {
  const isManifest = history.paths.map((path) => /\.ya?ml$/.test(path) && !/(?:^|\/)\.(?:github|gitlab|circleci)/.test(path));
  const last = history.committerTimes.reduce((latest, time) => Math.max(latest, time), 0);
  const found: number[] = [];
  for (let commit = commitCount(history) - 1; commit >= 0 && found.length < mostCommits; commit--) {
    const [start = 0, end = 0] = [history.fileOffsets[commit], history.fileOffsets[commit + 1]];
    if (start === end || end - start > mostFiles || last - (history.committerTimes[commit] ?? 0) > months * 30.44 * 86_400)
      continue;
    let isOnly = true;
    for (let at = start; at < end && isOnly; at++)
      isOnly = isManifest[history.files[at] ?? -1] === true && history.statuses[at] === touch.modified;
    if (isOnly) found.push(commit);
  }
  return found;
}

/** Nothing where git cannot show them, e.g. because the clone lacks the contents. */
function diffs(clone: Clone, ids: readonly string[], lines: number): { readonly id: string; readonly lines: string[] }[] {
  if (ids.length === 0) return [];
  const shown = git(
    clone.gitDirectory,
    // Larger files count as binary: no manifest is that large.
    [
      "-c",
      "core.bigFileThreshold=1m",
      "diff-tree",
      "--stdin",
      "-r",
      "-p",
      "--no-ext-diff",
      "--no-textconv",
      "--no-renames",
      "--no-color",
      `--unified=${lines}`,
      "--src-prefix=a/",
      "--dst-prefix=b/",
    ],
    { input: `${ids.join("\n")}\n` },
  );
  const wanted = new Set(ids);
  const found: { readonly id: string; readonly lines: string[] }[] = [];
  for (const line of shown.stdout.toString("utf8").split("\n")) {
    if (wanted.has(line)) found.push({ id: line, lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  return found;
}

function deploysOf(
  id: string,
  time: number,
  changed: readonly ChangedVersion[],
  find: ComponentNames["find"],
  source: string,
): DeployFact[] {
  const deploys = new Map<string, DeployFact>();
  for (const { names, version, file } of changed) {
    const named = names.map((name) => ({ name, component: find(name) })).find(({ component }) => component !== null);
    if (named === undefined) continue;
    const environment = environmentOf(file);
    const key = `${named.component}\0${environment}`;
    if (deploys.has(key)) continue;
    deploys.set(key, {
      id: `commit ${id.slice(0, 12)} ${named.name}`,
      component: named.component,
      service: named.name,
      version,
      environment,
      time,
      success: null,
      proxy: true,
      source,
    });
  }
  return [...deploys.values()];
}
