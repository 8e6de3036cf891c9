/** Cargo.lock, poetry.lock, uv.lock and pdm.lock: TOML with one `[[package]]` after the other. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import {
  addTo,
  type Ecosystem,
  emptyLock,
  type LockedVersion,
  type LockedVersions,
  maxPackages,
  packageKey,
  workspaceVersion,
} from "./locked-versions.js";

/** Null when there is no package in it. */
export function readPackageBlocks(path: string, text: string): LockedVersions | null {
  const cargo = lastPart(path) === "Cargo.lock";
  const ecosystem: Ecosystem = cargo ? "cargo" : "pypi";
  const packages = new Map<string, LockedVersion[]>();
  for (const block of blocksOf(text)) {
    // Cargo writes no source for what lies in the repository; the Python tools say so.
    const local = cargo ? block.source === "" : /directory|editable|virtual|"file"/.test(block.source);
    const version = local ? workspaceVersion : block.version;
    if (block.name !== "" && version !== "") addTo(packages, packageKey(ecosystem, block.name), { version, line: block.line });
  }
  return packages.size === 0 ? null : { ...emptyLock(path, folderOf(path), ecosystem), packages };
}

interface Block {
  name: string;
  version: string;
  source: string;
  readonly line: number;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let block: Block | null = null;
  let table = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.slice(0, 500);
    if (line.startsWith("[")) {
      table = line.trim();
      if (table === "[[package]]") {
        if (blocks.length >= maxPackages) break;
        block = { name: "", version: "", source: "", line: index + 1 };
        blocks.push(block);
      } else if (!table.startsWith("[package.")) block = null;
    } else if (block && table === "[[package]]") {
      const [, key, value] = /^(name|version|source) = (.{1,400})$/.exec(line.trimEnd()) ?? [];
      const plain = (value ?? "").replace(/^"|"$/g, "");
      if (key === "name") block.name = plain;
      if (key === "version") block.version = plain;
      if (key === "source") block.source = plain;
    } else if (block && table === "[package.source]" && line.startsWith("type = ")) block.source = line.slice(7);
  }
  return blocks;
}
