import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import type { Clone } from "#collect/git/index.js";
import { declaredInputs } from "./declared-inputs.js";

const folder = mkdtempSync(join(tmpdir(), "drystone-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(folder, "shop");
mkdirSync(join(root, "exports"), { recursive: true });
writeFileSync(join(folder, "secret.json"), "{}");
writeFileSync(join(root, "exports", "traces.json"), "{}");
symlinkSync(join(folder, "secret.json"), join(root, "link.json"));
symlinkSync(join(root, "exports", "traces.json"), join(root, "inner.json"));

function read(path: string, config?: string) {
  const declaration = readConfig(textTree("shop", { "drystone.yaml": `inputs: { traces: ${JSON.stringify(path)} }\n` }));
  const clone = { id: "shop", gitDirectory: join(root, ".git"), workTree: root } as Clone;
  const { inputs, problems } = declaredInputs(declaration, { paths: [root], config }, [clone]);
  return { files: inputs.traces.map((file) => file.slice(folder.length + 1)), problems: problems.map(({ message }) => message) };
}

test.each(["exports/traces.json", "inner.json"])("%s lies below drystone.yaml and is read", (path) => {
  expect(read(path)).toEqual({ files: [`shop/${path}`], problems: [] });
});

test.each(["../secret.json", "exports/../../secret.json", join(folder, "secret.json"), "link.json", "exports", "missing.json"])(
  "%s is refused and told",
  (path) => {
    expect(read(path)).toEqual({
      files: [],
      problems: [expect.stringContaining("is no file below the folder of drystone.yaml")],
    });
  },
);

test("a drystone.yaml that the user passes may name files anywhere", () => {
  expect(read("secret.json", join(folder, "drystone.yaml")).files).toEqual(["secret.json"]);
});
