import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { git } from "../git/index.js";
import { textTree, workTree } from "./file-tree.js";

test("a pointer of Git LFS is not taken for the file", () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d".repeat(32)}\nsize 12345\n`;
  const tree = textTree("shop", { "package.json": pointer, CODEOWNERS: "* @shop/all\n" });
  expect([...tree.read(["CODEOWNERS", "package.json"]).keys()]).toEqual(["CODEOWNERS"]);
  expect(tree.problems.map(({ message }) => message)).toEqual([
    "package.json is a pointer of Git LFS; git lfs pull brings the file",
  ]);
});

test("repositories inside of one are named, not read", () => {
  const root = mkdtempSync(join(tmpdir(), "drystone-inside-"));
  try {
    mkdirSync(join(root, "vendor/clone"), { recursive: true });
    writeFileSync(join(root, "a.js"), "");
    for (const folder of [root, join(root, "vendor/clone")]) git(null, ["init", "-q", "--template="], { cwd: folder });
    git(join(root, ".git"), ["update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},libs/model`], { cwd: root });
    const tree = workTree("shop", join(root, ".git"), root);
    expect(tree.paths).toEqual(["a.js"]);
    expect(tree.problems.map(({ message }) => message)).toEqual([
      "libs/model and 1 more: a repository of its own inside this one is not read",
    ]);
    const besides = workTree("shop", join(root, ".git"), root, [join(root, "vendor/clone"), join(root, "libs/model")]);
    expect(besides.problems).toEqual([]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
