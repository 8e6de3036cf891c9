import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { git } from "./git.js";

/**
 * Commit id at which HEAD and `ref` parted.
 * @throws UsageError for a ref that the clone does not know, and for a clone that was cut before the two parted.
 */
export function mergeBase(gitDirectory: string, ref: string): string {
  const shown = JSON.stringify(printable(ref));
  const named = git(gitDirectory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const shallow = git(gitDirectory, ["rev-parse", "--is-shallow-repository"]).stdout.toString("utf8").trim() === "true";
  const deeper =
    "fetch the whole history: git fetch --unshallow, in GitHub Actions `fetch-depth: 0` of actions/checkout, in GitLab `GIT_DEPTH: 0`";
  if (named.status !== 0) {
    // Only what can be copied into a shell as it stands.
    const remote = /^(?!refs\/)(\w[\w.-]{0,100})\/(\w[\w./-]{0,250})$/.exec(ref);
    throw new UsageError(
      "DS-U30",
      `--against ${shown}: this clone has no such branch, tag or commit`,
      shallow ? deeper : remote ? `git fetch ${remote[1]} ${remote[2]}` : "pass a branch, tag or commit: origin/main",
    );
  }
  const other = named.stdout.toString("utf8").trim();
  const base = git(gitDirectory, ["merge-base", "HEAD", other]);
  const commit = base.stdout.toString("utf8").split("\n")[0]?.trim() ?? "";
  if (base.status === 0 && commit !== "") return commit;
  throw new UsageError(
    "DS-U31",
    `--against ${shown}: ${shallow ? "the clone was cut before HEAD and it parted" : "HEAD and it have no commit in common"}`,
    shallow ? deeper : "compare with a branch of the same history",
  );
}
