/** Variables of serverless.yml: `${self:custom.table}`, `${opt:stage, 'dev'}`, `${env:HOST, 'localhost'}`. */
import { record } from "../yaml/index.js";

const maxDepth = 6;
/** Variables in one value, those inside of others included. */
const maxVariables = 100;
const maxText = 5000;

/** A scalar with its variables replaced; null when it is none, or hangs wholly on something outside of the file. References of CloudFormation give the name they point to. */
export function resolveServerless(value: unknown, root: Readonly<Record<string, unknown>>): string | null {
  return resolved(value, { root, left: maxVariables }, 0);
}

interface Resolving {
  readonly root: Readonly<Record<string, unknown>>;
  /** Variables that may still be replaced. */
  left: number;
}

function resolved(value: unknown, state: Resolving, depth: number): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return referenceOf(value);
  if (!value.includes("${")) return value;
  if (depth > maxDepth || value.length > maxText) return null;
  let text = value;
  let missing = false;
  // The innermost first: variables may stand inside of others.
  for (; state.left > 0; state.left--) {
    const found = /\$\{([^${}]{0,500})\}/.exec(text);
    if (!found) break;
    const inner = variable(found[1] ?? "", state, depth);
    missing ||= inner === null;
    text = (text.slice(0, found.index) + (inner ?? "") + text.slice(found.index + found[0].length)).slice(0, maxText);
  }
  return missing && text === "" ? null : text;
}

/** The first of the alternatives that the file knows. */
function variable(expression: string, state: Resolving, depth: number): string | null {
  for (const part of expression.split(",").map((one) => one.trim())) {
    const quoted = /^(["'])(.*)\1$/.exec(part)?.[2];
    if (quoted !== undefined) return quoted;
    const path = /^self:(.{1,300})$/.exec(part)?.[1];
    if (path === undefined) continue;
    const target = path.split(".").reduce<unknown>((value, step) => record(value)[step], state.root);
    const found = target === undefined ? null : resolved(target, state, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** `{ Ref: Orders }`, `{ Fn::GetAtt: [Orders, Arn] }`. */
function referenceOf(value: unknown): string | null {
  const options = record(value);
  const target = options["Ref"] ?? options["Fn::GetAtt"] ?? options["Fn::ImportValue"];
  const name: unknown = Array.isArray(target) ? target[0] : target;
  return typeof name === "string" ? name : null;
}
