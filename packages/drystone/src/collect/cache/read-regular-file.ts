/** Files of the cache as anybody may have left them. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** Null for what is missing, unreadable, no regular file or too large. Opening does not wait for the other end of a pipe and follows no link. */
export function readRegularFile(file: string, maxBytes: number): Buffer | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > maxBytes) return null;
    const bytes = Buffer.allocUnsafeSlow(stat.size);
    let end = 0;
    for (let read = -1; read !== 0 && end < bytes.length; end += read)
      read = readSync(descriptor, bytes, end, bytes.length - end, end);
    return bytes.subarray(0, end);
  } catch {
    return null;
  } finally {
    closeSync(descriptor);
  }
}
