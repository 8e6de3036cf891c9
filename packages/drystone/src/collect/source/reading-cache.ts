/** Keeps what files said between runs, under a hash of path and text that is computed here: nothing that the repository says of itself is trusted. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { programStamp, readRegularFile, writeAtomically } from "#collect/cache/index.js";
import type { FileTokens } from "#collect/clones/index.js";
import type { ExchangedNames } from "./exchanged-names.js";
import type { FileReading } from "./file-reading.js";

export interface ReadingCache {
  readonly get: (key: string) => FileReading | null;
  readonly put: (key: string, reading: FileReading) => void;
  /** Writes what this run asked for, if anything of it is new. */
  readonly save: () => void;
}

const maxBytes = 512 * 1024 * 1024;

/** @param directory null: nothing is read or kept. @param repository names the file; any text. @param onFailure is told why it could not be written. */
export function readingCache(directory: string | null, repository: string, onFailure: (reason: string) => void): ReadingCache {
  if (directory === null) return { get: () => null, put: () => undefined, save: () => undefined };
  const file = join(directory, "readings", `${hashOf(repository).slice(0, 32)}.json`);
  const header = `drystone readings ${programStamp()}\n`;
  const known = read(file, header);
  const used = new Map<string, string>();
  let isNew = false;
  return {
    get(key) {
      const text = known.get(key);
      if (text === undefined) return null;
      used.set(key, text);
      return fromText(text);
    },
    put(key, reading) {
      const text = toText(reading);
      // Settings hold passwords as they are written; those are read anew each time.
      if (reading.settings !== null || /:\/\/[^"\s/]{0,200}:[^"\s/@]{1,200}@/.test(text)) return;
      used.set(key, text);
      isNew = true;
    },
    save() {
      if (!isNew) return;
      try {
        write(file, header, used);
      } catch (error) {
        onFailure(error instanceof Error && "code" in error ? String(error.code) : String(error));
      }
    },
  };
}

/** @param kind how the file is read. */
export function readingKey(path: string, text: string, kind: string): string {
  return hashOf(`${path}\0${kind}\0${text}`);
}

function hashOf(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

/** One line per file behind the header and a digest; empty when any byte is wrong. */
function read(file: string, header: string): Map<string, string> {
  const known = new Map<string, string>();
  const bytes = readRegularFile(file, maxBytes);
  if (bytes === null || !bytes.subarray(0, header.length).equals(Buffer.from(header))) return known;
  const end = bytes.indexOf("\n", header.length);
  const body = bytes.subarray(end + 1);
  if (end < 0 || bytes.toString("latin1", header.length, end) !== createHash("sha1").update(body).digest("base64")) return known;
  for (let from = 0; from < body.length; ) {
    const to = body.indexOf("\n", from);
    const line = body.toString("utf8", from, to < 0 ? body.length : to);
    const tab = line.indexOf("\t");
    if (tab > 0) known.set(line.slice(0, tab), line.slice(tab + 1));
    from = to < 0 ? body.length : to + 1;
  }
  return known;
}

/** Line by line: in a large repository all of them at once would not fit beside what was read. */
function write(file: string, header: string, used: ReadonlyMap<string, string>): void {
  const digest = createHash("sha1");
  for (const line of linesOf(used)) digest.update(line);
  writeAtomically(file, chained([Buffer.from(`${header}${digest.digest("base64")}\n`)], linesOf(used)));
}

function* linesOf(used: ReadonlyMap<string, string>): Generator<Buffer> {
  for (const [key, text] of used) yield Buffer.from(`${key}\t${text}\n`);
}

function* chained(...all: readonly Iterable<Buffer>[]): Generator<Buffer> {
  for (const one of all) yield* one;
}

function toText({ tokens, ...rest }: FileReading): string {
  const { names } = rest;
  return JSON.stringify({
    ...rest,
    names: names === null ? null : { ...names, taken: [...names.taken] },
    tokens:
      tokens === null
        ? null
        : { ...tokens, codes: base64(tokens.codes), hashes: base64(tokens.hashes), lines: base64(tokens.lines) },
  });
}

interface Stored extends Omit<FileReading, "names" | "tokens"> {
  readonly names: {
    readonly taken: readonly (readonly [number, readonly string[] | null])[];
    readonly given: ExchangedNames["given"];
    readonly functions: ExchangedNames["functions"];
  } | null;
  readonly tokens:
    | (Omit<FileTokens, "codes" | "hashes" | "lines"> & {
        readonly codes: string;
        readonly hashes: string;
        readonly lines: string;
      })
    | null;
}

function fromText(text: string): FileReading {
  const { names, tokens, ...rest } = JSON.parse(text) as Stored;
  return {
    ...rest,
    names: names === null ? null : { ...names, taken: new Map(names.taken) },
    tokens:
      tokens === null
        ? null
        : {
            ...tokens,
            codes: bytes(tokens.codes),
            hashes: new Uint32Array(bytes(tokens.hashes).buffer),
            lines: new Uint16Array(bytes(tokens.lines).buffer),
          },
  };
}

function base64(column: Uint8Array | Uint16Array | Uint32Array): string {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("base64");
}

/** A copy with a buffer of its own, so that it can be seen as numbers. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, "base64"));
}
