import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

/** Two lines and exit 2 for a mistake of the caller; the stack and exit 3 for one of ours. */
export function reportError(error: unknown): void {
  if (error instanceof UsageError) {
    process.stderr.write(`drystone: ${printable(error.message)}\n  fix: ${printable(error.hint)}\n`);
    process.exitCode = 2;
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`drystone: this is a fault of drystone, not of your repository. Please report it with the lines below.\n${stack.split("\n").map(printable).join("\n")}\n`);
  if (error instanceof Error && error.cause !== undefined) process.stderr.write(`cause: ${printable(String(error.cause))}\n`);
  process.exitCode = 3;
}
