/** Patterns of contracts come from outside: only those that cannot take long are ever run. */

const maxLength = 200;

/** Null when the pattern is not run. */
export function matches(pattern: string, value: string): boolean | null {
  const expression = value.length > 200 ? null : simplePattern(pattern);
  return expression === null ? null : expression.test(value);
}

/** The expression, or null for one with nested repetition, references back, looks around or more than two open ends. */
function simplePattern(pattern: string): RegExp | null {
  if (pattern.length > maxLength || /\\[1-9k]|\(\?[^:]|\)[*+{?]/.test(pattern)) return null;
  const plain = pattern.replace(/\\./g, "x").replace(/\[[^\]]{0,100}\]/g, "x");
  const open = plain.match(/[*+]|\{\d{0,6},\}/g)?.length ?? 0;
  const counted = plain.match(/\{\d{1,6}(?:,\d{1,6})?\}/g) ?? [];
  if (open > 2 || counted.length > 8 || counted.some((one) => /\d{4}/.test(one))) return null;
  try {
    return new RegExp(pattern, "u");
  } catch {
    return null;
  }
}
