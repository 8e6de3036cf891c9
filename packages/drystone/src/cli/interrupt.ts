/** Ctrl-C: at once, but not in the middle of a result that is being written. */

/** A reader that has stopped reading must not keep the program alive. */
const longestWaitMilliseconds = 1000;

const state = { writing: false };

/** Ends the program with `code`; when a result is being written, as soon as it is whole, or after a second. */
export function interrupt(code: number): void {
  if (!state.writing) process.exit(code);
  process.exitCode = code;
  setTimeout(() => process.exit(code), longestWaitMilliseconds).unref();
}

/** Says that a result is being written until the promise of `write` settles. */
export async function uninterrupted(write: () => Promise<void>): Promise<void> {
  state.writing = true;
  try {
    await write();
  } finally {
    state.writing = false;
  }
}
