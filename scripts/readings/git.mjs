// Commands for a shell, and git at once; all run in the folder that holds the clones.
import { execFileSync } from "node:child_process";

/** The patterns of the report's bots that a reader can type; names and addresses stay out of the documents. */
export const botPattern =
  "\\[bot\\]|renovate|dependabot|greenkeeper|snyk-bot|weblate|mergify|copybara|semantic-release|github-actions|release-please|[ -]bot <|-ci-bot|[a-z]bot <|[-.]bot@";

export function git(path, argumentsOf) {
  return execFileSync("git", ["-C", path, ...argumentsOf], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: environment(),
  });
}

/** A count of zero makes grep fail; its output is the answer all the same. */
export function run(command) {
  try {
    return execFileSync("bash", ["-c", command], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    }).trimEnd();
  } catch (error) {
    return String(error.stdout ?? "").trimEnd();
  }
}

export function between(repository) {
  return [...betweenArguments(repository), "HEAD"].join(" ");
}

export function betweenArguments({ from, to }) {
  return [`--since-as-filter=${moment(from)}`, `--until=${moment(to)}`];
}

/** Commits that merges of the window brought to the main line. */
export function broughtIn({ git: command, from, to }) {
  const at = (time) => `$(${command} rev-list -1 --first-parent --before=${moment(time)} HEAD)`;
  return `${at(to)} ^${at(from - 1)}`;
}

/** One line; in a pom.xml the element that starts there. */
export function lineCommand(repository, { file, line }) {
  const last = file.endsWith("pom.xml") ? `,${Number(line) + 4}` : "";
  return `${repository.git} show ${quote(`HEAD:${file}`)} | sed -n '${Number(line)}${last}p'`;
}

/** Safe in a shell whatever a repository calls its files. */
export function quote(word) {
  return /^[\w./:@%+=,-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export function isoDay(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function moment(seconds) {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function environment() {
  return { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_PAGER: "cat", LC_ALL: "C.UTF-8", TZ: "UTC" };
}
