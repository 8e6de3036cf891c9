/** Runs something that may never come back. */
import { Script } from "node:vm";

export interface Outcome {
  /** Processor time, so that a busy machine makes nothing look slow. */
  readonly seconds: number;
  /** What was thrown, or that it was stopped. */
  readonly error: Error | null;
}

/** Stops `run` after `milliseconds`, in the middle of a regular expression too. */
export function guarded(run: () => unknown, milliseconds: number): Outcome {
  const before = process.cpuUsage();
  (globalThis as { fuzzed?: unknown }).fuzzed = run;
  let error: Error | null = null;
  try {
    script.runInThisContext({ timeout: milliseconds });
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, error };
}

const script = new Script("globalThis.fuzzed()");
