import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Columns } from "./columns.js";
import { readStore, standingOf, writeStore } from "./history-store.js";

const directory = mkdtempSync(join(tmpdir(), "drystone-store-"));
const file = join(directory, "cache", "history", "shop.bin");
const signature = "f".repeat(64);
const tips = ["a".repeat(40), "b".repeat(40)] as const;
afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeEach(() => {
  rmSync(join(directory, "cache"), { recursive: true, force: true });
  writeStore(file, signature, { tip: tips[0], columns: columns("Ada"), whole: null });
  writeStore(file, signature, { tip: tips[1], columns: columns("Alan"), whole: null });
});

/** One commit with a value in every column. */
function columns(name: string): Columns {
  return {
    idBytes: 20,
    ids: new Uint8Array(20).fill(7),
    parentOffsets: Int32Array.of(0, 2),
    parents: Int32Array.of(-1, 0),
    committerTimes: Float64Array.of(8_640_000_000_001.5),
    authorTimes: Float64Array.of(-1),
    authors: Int32Array.of(0),
    subjectOffsets: Int32Array.of(0, 3),
    subjectBytes: Uint8Array.of(0, 255, 10),
    people: [{ name, email: "\ud83d\ude00" }],
    coAuthors: { offsets: Int32Array.of(0, 1), values: Int32Array.of(0) },
    keys: { offsets: Int32Array.of(0, 1), values: Int32Array.of(0) },
    keyNames: ["SHOP-1"],
    reverts: [[0, 'subject:"']],
    paths: ["__proto__", "a\nb", "f\\xff"],
    fileOffsets: Int32Array.of(0, 3),
    files: Int32Array.of(2, 1, 0),
    statuses: Uint8Array.of(0, 1, 2),
    renames: Int32Array.of(0, 0, 1),
  };
}

/** The same commit with two of its paths, and another one. */
function grown(name: string): Columns {
  const first = columns(name);
  return {
    ...first,
    ids: Uint8Array.from([...first.ids, ...new Uint8Array(20).fill(8)]),
    parentOffsets: Int32Array.of(0, 2, 3),
    parents: Int32Array.of(-1, 0, 0),
    committerTimes: Float64Array.of(8_640_000_000_001.5, 2),
    authorTimes: Float64Array.of(-1, 3),
    authors: Int32Array.of(0, 1),
    subjectOffsets: Int32Array.of(0, 3, 4),
    subjectBytes: Uint8Array.of(0, 255, 10, 65),
    people: [...first.people, { name: "", email: "" }],
    coAuthors: { offsets: Int32Array.of(0, 1, 1), values: Int32Array.of(0) },
    keys: { offsets: Int32Array.of(0, 1, 2), values: Int32Array.of(0, 1) },
    keyNames: ["SHOP-1", "SHOP-2"],
    reverts: [...first.reverts, [1, "subject:"]],
    paths: ["__proto__", "a\nb", "new"],
    fileOffsets: Int32Array.of(0, 3, 4),
    files: Int32Array.of(2, 1, 0, 2),
    statuses: Uint8Array.of(0, 1, 2, 1),
    renames: Int32Array.of(0, 0, 1, 1, 1, 2),
  };
}

test("what was written is read, with one file and nothing beside it", () => {
  const stored = readStore(file, signature);
  expect(stored).toEqual({
    tip: tips[1],
    columns: columns("Alan"),
    whole: { id: expect.any(String), standing: { commits: 1, people: 1, keyNames: 1, paths: 3 } },
  });
  expect(readdirSync(join(directory, "cache", "history"))).toEqual(["shop.bin"]);
});

describe("what has come since stands in a second file", () => {
  const growth = file.replace(".bin", ".new.bin");
  const standing = { commits: 1, people: 1, keyNames: 1, paths: 2 };
  const kept = (name: string) => ({ tip: tips[1], columns: columns(name), whole: { id: expect.any(String), standing: all } });
  const all = { commits: 1, people: 1, keyNames: 1, paths: 3 };

  beforeEach(() => {
    const whole = standingOf(readStore(file, signature)?.whole ?? { id: "", standing: all }, standing);
    writeStore(file, signature, { tip: tips[0], columns: grown("Alan"), whole });
  });

  test("both are read as one history, in which the last path of the first one is gone", () => {
    expect(readdirSync(join(directory, "cache", "history")).sort()).toEqual(["shop.bin", "shop.new.bin"]);
    const stored = readStore(file, signature);
    expect(stored).toEqual({ tip: tips[0], columns: grown("Alan"), whole: { id: expect.any(String), standing } });
  });

  test("wrong anywhere or cut, the whole history is what is known", () => {
    const bytes = readFileSync(growth);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      writeFileSync(growth, damaged);
      expect(readStore(file, signature), `byte ${at} of ${bytes.length}`).toEqual(kept("Alan"));
    }
    for (let length = bytes.length - 1; length >= 0; length -= 7) {
      truncateSync(growth, length);
      expect(readStore(file, signature)).toEqual(kept("Alan"));
    }
  });

  test("that of another whole history is not taken, and a new whole one takes it away", () => {
    const bytes = readFileSync(growth);
    writeStore(file, signature, { tip: tips[1], columns: columns("Grace"), whole: null });
    expect(readdirSync(join(directory, "cache", "history"))).toEqual(["shop.bin"]);
    writeFileSync(growth, bytes);
    expect(readStore(file, signature)).toEqual(kept("Grace"));
    rmSync(growth);
  });
});

test("another signature or version is no store", () => {
  expect(readStore(file, "e".repeat(64))).toBeNull();
  writeFileSync(file, Buffer.concat([Buffer.from("DRYSTONE-HISTORY-0\n"), readFileSync(file).subarray(19)]));
  expect(readStore(file, signature)).toBeNull();
});

test("one wrong byte anywhere is noticed", () => {
  const bytes = readFileSync(file);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 0x41;
    writeFileSync(file, damaged);
    expect(readStore(file, signature), `byte ${at} of ${bytes.length}`).toBeNull();
  }
});

test("cut anywhere, it is no store", () => {
  const bytes = readFileSync(file);
  const found = new Set<string | null>();
  for (let length = bytes.length - 1; length >= 0; length--) {
    truncateSync(file, length);
    found.add(readStore(file, signature)?.tip ?? null);
  }
  expect([...found]).toEqual([null]);
});

describe("what is no regular file is no store, and never waited for", () => {
  test.each<[string, () => void]>([
    ["a folder", () => mkdirSync(file)],
    ["a pipe", () => expect(spawnSync("mkfifo", [file]).status).toBe(0)],
    ["a link to a device", () => symlinkSync("/dev/zero", file)],
    ["a link to nowhere", () => symlinkSync("nowhere", file)],
    ["a link to itself", () => symlinkSync(file, file)],
    ["larger than any store", () => (writeFileSync(file, ""), truncateSync(file, 2 ** 31))],
    ["empty", () => writeFileSync(file, "")],
  ])("%s", (_, put) => {
    rmSync(file);
    put();
    expect(readStore(file, signature)).toBeNull();
    rmSync(file, { recursive: true });
  });

  test("below a folder that cannot be entered", () => {
    rmSync(join(directory, "cache"), { recursive: true });
    writeFileSync(join(directory, "cache"), "");
    expect(readStore(file, signature)).toBeNull();
    expect(() => writeStore(file, signature, { tip: tips[0], columns: columns("Ada"), whole: null })).toThrow(/EEXIST|ENOTDIR/);
    rmSync(join(directory, "cache"));
  });

  test.skipIf(process.getuid?.() === 0)("unreadable", () => {
    chmodSync(file, 0);
    expect(readStore(file, signature)).toBeNull();
  });
});

test("a write that fails leaves nothing behind", () => {
  rmSync(file);
  mkdirSync(join(file, "in the way"), { recursive: true });
  expect(() => writeStore(file, signature, { tip: tips[0], columns: columns("Ada"), whole: null })).toThrow(
    /EISDIR|ENOTEMPTY|EEXIST/,
  );
  expect(readdirSync(join(directory, "cache", "history"))).toEqual(["shop.bin"]);
});
