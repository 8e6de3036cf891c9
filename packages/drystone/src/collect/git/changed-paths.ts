import { git } from "./git.js";

/** Paths that differ between a commit and what is committed or staged now; the work tree is not looked at. */
export function changedPaths(gitDirectory: string, commit: string, isBare: boolean): readonly string[] {
  const compared = isBare
    ? ["diff-tree", "-r", "--name-only", "-z", "--no-renames", commit, "HEAD"]
    : ["diff-index", "--cached", "--name-only", "-z", "--no-renames", commit];
  const listed = git(gitDirectory, [...compared, "--"]);
  return listed.status === 0 ? listed.stdout.toString("utf8").split("\0").filter(Boolean) : [];
}
