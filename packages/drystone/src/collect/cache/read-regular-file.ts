/** Files of the cache as anybody may have left them. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Null for what is missing, unreadable, no regular file or too large. Opening does not wait for the other end of a pipe and follows no link. */
export function readRegularFile(file: string, maxBytes: number): Buffer | null {
  return withRegularFile(file, maxBytes, (descriptor, size) => {
    const bytes = Buffer.allocUnsafeSlow(size);
    return bytes.subarray(0, readInto(descriptor, bytes, 0));
  });
}

/** What `read` makes of an open file of `size` bytes; null where there is none, as above, and where it throws. */
export function withRegularFile<Value>(
  file: string,
  maxBytes: number,
  read: (descriptor: number, size: number) => Value | null,
): Value | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(descriptor);
    return stat.isFile() && stat.size <= maxBytes ? read(descriptor, stat.size) : null;
  } catch {
    return null;
  } finally {
    closeSync(descriptor);
  }
}

/** Fills `bytes` from a position of an open file on. Returns how many there were. */
export function readInto(descriptor: number, bytes: Uint8Array, position: number): number {
  let end = 0;
  for (let read = -1; read !== 0 && end < bytes.length; end += read)
    read = readSync(descriptor, bytes, end, bytes.length - end, position + end);
  return end;
}
