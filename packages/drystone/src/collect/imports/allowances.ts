/** Comments `drystone-allow RULE REASON` in any language: behind the import, or in a line of their own before it. */
import type { FoundAllowance } from "./file-imports.js";
import { detached } from "./text.js";

export const allowanceMark = "drystone-allow";

const maxAllowances = 500;
const maxReason = 300;
const commentStart = /(?:\/\/|#|\/\*|<!--|--|^\s{0,100}\*)[^"'`\n]{0,40}$/;
const commentLine = /^\s{0,200}(?:\/\/|#(?!\[)|\/\*|\*|<!--|--|\{\/\*)/;
const words = /^[ \t:]{1,20}([\w-]{1,60})(?:[ \t:,-]{1,20}(.{0,2000}))?/;

/** @param importLines lines on which imports begin, in any order. */
export function findAllowances(text: string, importLines: readonly number[]): FoundAllowance[] {
  const lines = text.split("\n");
  const found: FoundAllowance[] = [];
  for (const [index, line] of lines.entries()) {
    if (found.length >= maxAllowances) break;
    const at = line.length > 5000 ? -1 : line.indexOf(allowanceMark);
    if (at < 0) continue;
    const before = line.slice(0, at);
    const opening = commentStart.exec(before);
    if (!opening || isInText(before.slice(0, opening.index))) continue;
    const [, rule = "", rest = ""] = words.exec(line.slice(at + allowanceMark.length)) ?? [];
    const [reason = "", behind = ""] = rest.split(/\*\/|-->/);
    const code = before
      .slice(0, opening.index)
      .replace(/\{\s{0,20}$/, "")
      .trim();
    const isAlone = code === "" && /^[\s}]*$/.test(behind);
    found.push({
      line: index + 1,
      target: isAlone ? nextCode(lines, index) : statementOn(code, index + 1, importLines),
      rule: detached(rule),
      reason: detached(reason.trim().slice(0, maxReason)),
    });
  }
  return found;
}

/** A quote that is open: what looks like a comment is text. */
function isInText(before: string): boolean {
  return ['"', "'", "`"].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}

function nextCode(lines: readonly string[], from: number): number {
  for (let at = from + 1; at < Math.min(lines.length, from + 30); at++) {
    const line = lines[at] ?? "";
    if (line.trim() !== "" && !commentLine.test(line)) return at + 1;
  }
  return from + 1;
}

/** A statement over several lines is known by its first. */
function statementOn(code: string, line: number, importLines: readonly number[]): number {
  if (importLines.includes(line) || !/^(?:[})\]]|from\b|["'])/.test(code)) return line;
  return importLines.reduce((nearest, one) => (one <= line && (nearest === line || one > nearest) ? one : nearest), line);
}
