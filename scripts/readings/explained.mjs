// Why the report counts fewer commits, or others, than git lists for a folder: written apart from the product, to check it.
import { betweenArguments, botPattern, git } from "./git.mjs";
import { isInside, isNoise, isService } from "./noise.mjs";

/** "confirmed" when what the report leaves out and what moved into the folders explains the difference between a list of git's and its own count. */
export function explained(found, expected, repository, subjects, components) {
  if (found === expected) return "confirmed";
  const reasons = new Map();
  let rest = 0;
  for (const commit of changesTo(subjects, repository)) {
    const why = leftOut(commit, repository, subjects, components);
    if (why === null) rest++;
    else reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  const parts = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `${count} ${why}`);
  if (rest === expected)
    return `confirmed: of ${found}, and what moved, ${parts.join(", ") || "none"} are left out as the report says`;
  return `differs: of ${found}, ${rest} remain after ${parts.join(", ") || "nothing was left out"}; the report says ${expected}`;
}

/** Commits `{ who, message }` of the window without those of bots, wide ones and those that take others back. */
export function changesByPeople(repository, components) {
  return commitsOf(repository).filter((commit) => leftOut(commit, repository, [], components) === null);
}

/** Commits of the window that changed all of the components, by where their files are now. */
function changesTo(subjects, repository) {
  return commitsOf(repository).filter(({ files }) => subjects.every((one) => files.some((file) => isInside(file, one))));
}

function leftOut({ who, subject, files, message }, repository, subjects, components) {
  if (new RegExp(botPattern, "i").test(who)) return "by bots";
  const design = files.filter((file) => !isNoise(file, components));
  if (!subjects.every((one) => design.some((file) => isInside(file, one))))
    return "only noise there (manifests, lock files, documentation, images, deployment)";
  if (isRevert(subject, message, repository)) return "reverts";
  if (design.length > 30) return "of more than 30 files";
  const touched = [...components.values()].filter((one) => isService(one) && design.some((file) => isInside(file, one))).length;
  const wide = Math.max(4, [...components.values()].filter(isService).length / 2);
  return touched >= wide ? "in half of the services at once" : null;
}

/** Takes back a commit of this history, which counts instead. */
function isRevert(subject, message, repository) {
  repository.known ??= new Set(git(repository.path, ["log", "--format=%s%n%H", "HEAD"]).split("\n").map(short));
  const taken = [/reverts commit ([0-9a-f]{7,40})/.exec(message)?.[1], /^revert "(.*)"/i.exec(subject)?.[1]];
  return taken.some((one) => one !== undefined && repository.known.has(short(one)));
}

function short(text) {
  return /^[0-9a-f]{7,64}$/.test(text) ? text.slice(0, 7) : text;
}

function commitsOf(repository) {
  const key = betweenArguments(repository).join(" ");
  repository.listed ??= new Map();
  if (!repository.listed.has(key)) {
    const format = "--format=%x01%an <%ae>%x00%s%x00%B%x00";
    const log = git(repository.path, [
      "-c",
      "core.quotePath=false",
      "log",
      "--no-merges",
      "--no-renames",
      "--name-only",
      format,
      ...betweenArguments(repository),
      "HEAD",
    ]);
    const now = placesNow(repository);
    repository.listed.set(
      key,
      log
        .split("\u0001")
        .slice(1)
        .map((entry) => entry.split("\0"))
        .map(([who, subject, message, files]) => ({
          who,
          subject,
          message,
          files: [...new Set(files.split("\n").filter(Boolean).map(now))],
        })),
    );
  }
  return repository.listed.get(key);
}

/** Where a file of the past is now: what was moved without a change is followed. */
function placesNow(repository) {
  const here = new Set(git(repository.path, ["ls-tree", "-r", "--name-only", "-z", "HEAD"]).split("\0"));
  const moves = new Map();
  const log = git(repository.path, [
    "log",
    "--no-merges",
    "-M100%",
    "--diff-filter=R",
    "--name-status",
    "-z",
    "--format=",
    "HEAD",
  ]);
  const fields = log.split("\0").map((field) => field.trimStart());
  for (let at = 0; at + 2 < fields.length; at++) {
    if (!/^R\d+$/.test(fields[at])) continue;
    const [, from, to] = fields.slice(at, at + 3);
    if (!moves.has(from)) moves.set(from, moves.get(to) ?? to);
    at += 2;
  }
  return (file) => (here.has(file) ? file : (moves.get(file) ?? file));
}
