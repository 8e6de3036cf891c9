import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { git, shallowClone, workspace } from "../../../test/fakes/index.js";
import { headTree, workTree } from "../files/index.js";
import { mergeBase } from "../git/index.js";
import { movedFiles, renamesBetween } from "./index.js";

const scratch = workspace("moved-files");
afterAll(() => scratch.cleanup());

const lines = (name: string) => Array.from({ length: 20 }, (_, index) => `export const ${name}${index} = ${index};`).join("\n");

function repository(name: string): { folder: string; gitDirectory: string; commit: (message: string) => string } {
  const folder = scratch.path(name);
  mkdirSync(join(folder, "src/new"), { recursive: true });
  git(folder, ["init", "-q", "-b", "main"]);
  const commit = (message: string) => {
    git(folder, ["add", "-A"]);
    git(folder, ["-c", "user.name=ada", "-c", "user.email=ada@example.com", "commit", "-q", "--allow-empty", "-m", message]);
    return git(folder, ["rev-parse", "HEAD"]).trim();
  };
  return { folder, gitDirectory: join(folder, ".git"), commit };
}

const moved = ({ folder, gitDirectory }: { folder: string; gitDirectory: string }, ...missing: string[]) => [
  ...movedFiles(gitDirectory, missing, workTree("shop", gitDirectory, folder), headTree("shop", gitDirectory)),
];

describe("files that were moved", () => {
  test("over two commits and then, changed a little, without one; a file that is gone is nowhere", () => {
    const shop = repository("shop");
    for (const name of ["a", "b", "gone"]) writeFileSync(join(shop.folder, `src/${name}.ts`), lines(name));
    shop.commit("start");
    renameSync(join(shop.folder, "src/a.ts"), join(shop.folder, "src/a2.ts"));
    shop.commit("move");
    renameSync(join(shop.folder, "src/a2.ts"), join(shop.folder, "src/new/a.ts"));
    git(shop.folder, ["rm", "-q", "src/gone.ts"]);
    shop.commit("move again");
    expect(moved(shop, "src/a.ts", "src/gone.ts", "never.ts")).toEqual([["src/a.ts", "src/new/a.ts"]]);
    renameSync(join(shop.folder, "src/b.ts"), join(shop.folder, "src/new/b.ts"));
    writeFileSync(join(shop.folder, "src/new/b.ts"), `import "../x.js";\n${lines("b")}`);
    writeFileSync(join(shop.folder, "src/new/other.ts"), lines("other"));
    renameSync(join(shop.folder, "src/new/a.ts"), join(shop.folder, "src/new/z.ts"));
    expect(moved(shop, "src/b.ts", "src/a.ts")).toEqual([
      ["src/b.ts", "src/new/b.ts"],
      ["src/a.ts", "src/new/z.ts"],
    ]);
  });

  test("between two commits", () => {
    const shop = repository("between");
    writeFileSync(join(shop.folder, "src/a.ts"), lines("a"));
    const before = shop.commit("start");
    renameSync(join(shop.folder, "src/a.ts"), join(shop.folder, "src/new/é ü.ts"));
    expect([...renamesBetween(shop.gitDirectory, before, shop.commit("move"))]).toEqual([["src/a.ts", "src/new/é ü.ts"]]);
  });
});

describe("where two branches parted", () => {
  test("the common commit; a clone that was cut, or does not know the branch, is told what to fetch", () => {
    const shop = repository("parted");
    writeFileSync(join(shop.folder, "a"), "1");
    const base = shop.commit("base");
    git(shop.folder, ["checkout", "-q", "-b", "feature"]);
    for (const name of ["one", "two", "three"]) shop.commit(name);
    expect(mergeBase(shop.gitDirectory, "main")).toBe(base);
    expect(() => mergeBase(shop.gitDirectory, "origin/main")).toThrow(
      expect.objectContaining({ code: "DS-U30", hint: "git fetch origin main" }),
    );
    expect(() => mergeBase(shop.gitDirectory, "--output=x")).toThrow(expect.objectContaining({ code: "DS-U30" }));
    const cut = shallowClone(shop.folder, scratch.path("cut"), 1);
    expect(() => mergeBase(join(cut, ".git"), "origin/main")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("fetch-depth: 0") as string }),
    );
  });
});
