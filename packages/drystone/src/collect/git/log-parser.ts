/** Parses the byte stream of `git log --raw -z` into columns. One pass, no object per record; what it keeps is what `History` holds. */
import { emptyColumns, finished, makeRoom, type ParsedLog } from "./log-columns.js";
import { closeCommit, cutShort, idBytesIn, takeRecords } from "./log-records.js";

export type { ParsedLog } from "./log-columns.js";

/** Fields per commit, each ended by NUL: id, parents, author time, committer time, name and e-mail of the author as two lines, message. */
export const logFormat = "%x01%H%x00%P%x00%at%x00%ct%x00%an%n%ae%x00%B";

export interface LogParser {
  /** Takes in the next bytes of the stream; the chunk may be used again afterwards. */
  push(chunk: Buffer): void;
  /** Commits parsed so far. */
  commits(): number;
  /** Columns, what the stream ends with first. @throws Error when the stream ends inside of a commit. */
  end(): ParsedLog;
}

/** Bytes behind the last one that are there to be read: a NUL that ends every search, and the rest of its word. */
const slack = 4;
/** Bytes that are taken in at once: a function that runs for long is compiled while it runs, and again for the next time. */
const pieceBytes = 32 * 1024;

export function createLogParser(): LogParser {
  const columns = emptyColumns();
  /** What has come and is not taken in yet: `pending[0 .. length]`. */
  let pending = Buffer.allocUnsafeSlow(2 ** 16);
  let view = new DataView(pending.buffer);
  let length = 0;

  function append(chunk: Uint8Array): void {
    if (length + chunk.length + slack > pending.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * pending.length, length + chunk.length + slack));
      larger.set(pending.subarray(0, length));
      pending = larger;
      view = new DataView(larger.buffer);
    }
    pending.set(chunk, length);
    length += chunk.length;
    // Ends every search.
    pending[length] = 0;
  }

  /** Takes in whole records, of which `bytes` bytes are new; what follows them moves to the start. */
  function take(bytes: number): void {
    // Not where the records are taken in: nothing that happens now and then stands beside what happens all the time.
    if (columns.idBytes === 0 && pending[0] !== 0) columns.idBytes = idBytesIn(pending);
    makeRoom(columns, bytes, length);
    const at = takeRecords(columns, pending, view, length);
    pending.copyWithin(0, at, length);
    length -= at;
    pending[length] = 0;
  }

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        append(piece);
        // Without one no record has ended.
        if (piece.includes(0)) take(piece.length);
      }
    },
    commits: () => columns.commits,
    end() {
      // The last message may have no NUL behind it.
      append(Buffer.of(0));
      take(1);
      if (length > 0) throw new Error(cutShort);
      closeCommit(columns);
      return finished(columns);
    },
  };
}
