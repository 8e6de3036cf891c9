/** Stamps of files that can be trusted later. */

/** A file that changed so shortly before it was read may have changed once more within the same tick of the clock. */
const unsureMilliseconds = 2000;

/** False when the file is so young that its stamp says nothing. @param stamps as `FileTree.stamps` gives them. @param now milliseconds since 1970, from before the file was read. */
export function isSure(stamps: Float64Array, file: number, now: number): boolean {
  const [, modified = 0, changed = 0] = stamps.subarray(file * 4, file * 4 + 4);
  return Math.max(modified, changed) < now - unsureMilliseconds;
}
