/** Bytes of an exported file, unpacked where it is compressed. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

export interface Ending {
  /** True when the file ends in the middle of something. */
  cut: boolean;
  /** Why reading stopped before the end; null when it did not. */
  failure: string | null;
}

const gzipMagic = 0x1f8b;
const chunkBytes = 1 << 18;

/** Chunks to the end, or to where the file is cut or damaged: `ending` says so. A directory or a missing file is a failure with nothing read. */
export async function* chunksOf(file: string, ending: Ending): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: chunkBytes });
  try {
    const pieces = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await pieces.next();
    if (first.done) return;
    const all = startingWith(first.value, pieces);
    if (first.value.length >= 2 && first.value.readUInt16BE(0) === gzipMagic) yield* unpacked(all, ending);
    else yield* all;
  } catch (error) {
    ending.failure = codeOf(error);
  } finally {
    raw.destroy();
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Does not hand on bytes behind a damaged place. */
async function* unpacked(packed: AsyncGenerator<Buffer>, ending: Ending): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const feeding = feed(packed, gunzip);
  try {
    for await (const piece of gunzip) yield piece as Buffer;
  } catch (error) {
    if (codeOf(error) === "Z_BUF_ERROR") ending.cut = true;
    else ending.failure = codeOf(error);
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function feed(packed: AsyncGenerator<Buffer>, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  for await (const piece of packed) {
    if (gunzip.destroyed) return;
    if (!gunzip.write(piece)) await drained(gunzip);
  }
  gunzip.end();
}

function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      gunzip.off("drain", done);
      gunzip.off("close", done);
      resolve();
    };
    gunzip.on("drain", done);
    gunzip.on("close", done);
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
