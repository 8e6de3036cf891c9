/** Stamps of files that can be trusted later. */

/** A file that changed so shortly before it was read may have changed once more within the same tick of the clock. */
const unsureMilliseconds = 2000;

/** The stamp, or "" when the file is so young that it says nothing. @param now milliseconds since 1970, from before the file was read. */
export function sureStamp(stamp: string | undefined, now: number): string {
  const [, modified, changed] = (stamp ?? "").split(" ");
  return stamp !== undefined && Math.max(Number(modified), Number(changed)) < now - unsureMilliseconds ? stamp : "";
}
