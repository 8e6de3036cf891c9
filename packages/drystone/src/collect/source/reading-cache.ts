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
  const text = readRegularFile(file, maxBytes)?.toString("utf8") ?? null;
  const known = new Map<string, string>();
  if (text === null || !text.startsWith(header)) return known;
  const end = text.indexOf("\n", header.length);
  const body = text.slice(end + 1);
  if (text.slice(header.length, end) !== hashOf(body)) return known;
  for (const line of body.split("\n")) {
    const tab = line.indexOf("\t");
    if (tab > 0) known.set(line.slice(0, tab), line.slice(tab + 1));
  }
  return known;
}

function write(file: string, header: string, used: ReadonlyMap<string, string>): void {
  const body = [...used].map(([key, text]) => `${key}\t${text}`).join("\n");
  writeAtomically(file, [Buffer.from(`${header}${hashOf(body)}\n${body}`)]);
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
