/** Variables in the texts of compose and `.env` files. */

export type Variables = ReadonlyMap<string, string>;

const maxText = 20_000;
const maxDepth = 8;

/** Replaces `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}` and `${NAME:+other}`; `$$` is a dollar sign. Defaults may hold variables themselves; what nobody sets is empty. */
export function interpolate(text: string, variables: Variables): string {
  return expand(text, variables)?.text ?? "";
}

/** The same; null where the whole text hangs on variables that nobody sets. */
export function interpolateKnown(text: string, variables: Variables): string | null {
  const expanded = expand(text, variables);
  return expanded === null || (expanded.text === "" && expanded.missing) ? null : expanded.text;
}

interface Expanded {
  readonly text: string;
  /** At least one variable has neither value nor default. */
  readonly missing: boolean;
}

/** Null for a text that is too long. */
function expand(text: string, variables: Variables, depth = 0): Expanded | null {
  if (!text.includes("$")) return { text, missing: false };
  if (text.length > maxText || depth > maxDepth) return null;
  const closed = closings(text);
  let result = "";
  let missing = false;
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf("$", at);
    if (dollar < 0) {
      result += text.slice(at);
      break;
    }
    result += text.slice(at, dollar);
    const plain = namePattern.exec(text.slice(dollar + 1, dollar + 201))?.[0];
    if (plain !== undefined) {
      const value = variables.get(plain);
      missing ||= value === undefined;
      result += value ?? "";
      at = dollar + 1 + plain.length;
      continue;
    }
    const end = closed.get(dollar + 2);
    if (end === undefined) {
      result += "$";
      at = dollar + (text[dollar + 1] === "$" ? 2 : 1);
      continue;
    }
    const value = braced(text.slice(dollar + 2, end), variables, depth);
    missing ||= value === null;
    result += value ?? "";
    at = end + 1;
  }
  return { text: result.slice(0, maxText), missing };
}

const namePattern = /^[A-Za-z_]\w*/;

/** The closing brace by the place behind each `${`; those that stay open are not in it. */
function closings(text: string): ReadonlyMap<number, number> {
  const closed = new Map<number, number>();
  const open: number[] = [];
  for (let at = 1; at < text.length; at++) {
    if (text[at] === "{" && text[at - 1] === "$") open.push(at + 1);
    else if (text[at] === "}") {
      const start = open.pop();
      if (start !== undefined) closed.set(start, at);
    }
  }
  return closed;
}

/** What stands between the braces; null when it has neither value nor default. */
function braced(expression: string, variables: Variables, depth: number): string | null {
  const name = namePattern.exec(expression)?.[0];
  if (name === undefined) return null;
  const rest = expression.slice(name.length);
  const orEmpty = rest.startsWith(":");
  const operator = rest[orEmpty ? 1 : 0];
  const operand = rest.slice(orEmpty ? 2 : 1);
  const value = variables.get(name);
  const given = value !== undefined && !(orEmpty && value === "");
  if (operator === "+") return given ? (expand(operand, variables, depth + 1)?.text ?? "") : "";
  if (given) return value;
  return operator === "-" ? (expand(operand, variables, depth + 1)?.text ?? "") : (value ?? null);
}
