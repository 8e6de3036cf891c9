/** Keeps what files import between runs, by a hash of their text; a file whose stamp is the same is not even read. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { isSure, programStamp, readRegularFile, writeAtomically } from "#collect/cache/index.js";
import type { FileImports, FoundImport } from "./file-imports.js";

/** As `FileTree.stamps` gives it for one file; null where nothing tells. */
export type Stamp = Float64Array | null;

export interface ImportCache {
  /** What a file with this stamp was found to import. */
  readonly unchanged: (path: string, stamp: Stamp) => FileImports | null;
  /** The same by its text. */
  readonly ofText: (path: string, text: string, stamp: Stamp) => FileImports | null;
  readonly keep: (path: string, text: string, stamp: Stamp, file: FileImports) => void;
  /** Writes when anything is new. */
  readonly save: () => void;
}

const maxBytes = 256 * 1024 * 1024;

/** @param directory of the cache. @param place where the repository lies: names the file. @param now milliseconds since 1970. @param onFailure is told why it could not be written. */
export function importCache(directory: string, place: string, now: number, onFailure: (reason: string) => void): ImportCache {
  const file = join(directory, "imports", `${hashOf(place).slice(0, 32)}.json`);
  const header = `drystone imports ${programStamp()}`;
  const known = read(file, header);
  const used = new Map<string, Kept>();
  let isNew = false;
  const use = (path: string, kept: Kept): FileImports => {
    used.set(path, kept);
    return unpacked(kept);
  };
  return {
    unchanged(path, stamp) {
      const kept = known.get(path);
      return kept && stamp !== null && kept[0] === stamp.join(" ") ? use(path, kept) : null;
    },
    ofText(path, text, stamp) {
      const kept = known.get(path);
      if (!kept || kept[1] !== hashOf(text)) return null;
      isNew ||= kept[0] !== sureText(stamp, now);
      return use(path, [sureText(stamp, now), kept[1], kept[2], kept[3]]);
    },
    keep(path, text, stamp, found) {
      if (used.has(path)) return;
      isNew = true;
      used.set(path, packed(found, sureText(stamp, now), hashOf(text)));
    },
    save() {
      if (!isNew && used.size === known.size) return;
      try {
        const body = JSON.stringify([...used]);
        writeAtomically(file, [Buffer.from(`${header} ${hashOf(body)}\n${body}`)]);
      } catch (error) {
        onFailure(error instanceof Error && "code" in error ? String(error.code) : String(error));
      }
    },
  };
}

/** "" for a file whose stamp says nothing. */
function sureText(stamp: Stamp, now: number): string {
  return stamp !== null && isSure(stamp, 0, now) ? stamp.join(" ") : "";
}

/** Stamp, hash, imports in columns, and the rest where there is any. */
type Kept = readonly [stamp: string, hash: string, imports: PackedImports, rest: Omit<FileImports, "imports">];
type PackedImports = readonly (readonly [string, number, FoundImport["kind"] | 0, string | 0])[];

function packed({ imports, ...rest }: FileImports, stamp: string, hash: string): Kept {
  return [
    stamp,
    hash,
    imports.map(({ specifier, name, kind, line }) => [specifier, line, kind === "value" ? 0 : kind, name ?? 0]),
    rest,
  ];
}

function unpacked([, , imports, rest]: Kept): FileImports {
  return {
    ...rest,
    imports: imports.map(([specifier, line, kind, name]) => ({
      specifier,
      name: name === 0 ? null : name,
      kind: kind === 0 ? "value" : kind,
      line,
    })),
  };
}

function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

/** Empty when any byte is wrong. */
function read(file: string, header: string): Map<string, Kept> {
  const text = readRegularFile(file, maxBytes)?.toString("utf8") ?? "";
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${header} ${hashOf(body)}`) return new Map();
  return new Map(JSON.parse(body) as [string, Kept][]);
}
