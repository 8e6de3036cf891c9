import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

/** Two lines and exit 2 for a mistake of the caller; the stack and exit 3 for one of ours. */
export function reportError(error: unknown, commands: readonly string[] = []): void {
  if (error instanceof UsageError) {
    const hint = error.code === "DS-U03" ? withCommandMeant(error.hint, process.argv.slice(2), commands) : error.hint;
    process.stderr.write(`drystone: ${printable(error.message)}\n  fix: ${printable(hint)}\n`);
    process.exitCode = 2;
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `drystone: this is a fault of drystone, not of your repository. Please report it with the lines below.\n${stack.split("\n").map(printable).join("\n")}\n`,
  );
  if (error instanceof Error && error.cause instanceof Error) process.stderr.write(`cause: ${printable(error.cause.message)}\n`);
  process.exitCode = 3;
}

/** What does not exist as a path may be a command: mistyped, or behind its options. */
export function withCommandMeant(hint: string, words: readonly string[], commands: readonly string[]): string {
  const [first = ""] = words;
  const late = first.startsWith("-") ? words.find((word) => commands.includes(word)) : undefined;
  if (late !== undefined) return `a command comes before its options: drystone ${late} …`;
  const meant = commands.find((command) => words.some((word) => isNear(word.toLowerCase(), command) || isSpelled(word, command)));
  return meant === undefined ? hint : `did you mean the command \`${meant}\`? Otherwise ${hint}`;
}

function isSpelled(word: string, command: string): boolean {
  return word !== command && word.toLowerCase() === command;
}

/** One letter more, less or other, or two swapped. */
function isNear(word: string, command: string): boolean {
  if (Math.abs(word.length - command.length) > 1 || word === command) return false;
  let same = 0;
  while (same < word.length && word[same] === command[same]) same++;
  const [typed, meant] = [word.slice(same), command.slice(same)];
  const isSwap = typed[0] === meant[1] && typed[1] === meant[0] && typed.slice(2) === meant.slice(2);
  return isSwap || typed.slice(1) === meant || typed === meant.slice(1) || typed.slice(1) === meant.slice(1);
}
