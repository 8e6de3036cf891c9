/** `toYaml` of templates: block style, keys sorted. */
import { isList, isMap, sortedKeys, type Value } from "./value.js";

const maxLines = 20_000;

/** YAML without a line break at the end. What is longer than 20 000 lines or deeper than 60 levels is cut. */
export function toYamlText(value: Value): string {
  const lines: string[] = [];
  write(value, "", "", lines, 0);
  return lines.join("\n");
}

/** @param lead what stands before the value on its first line. @param pad what stands before the lines that follow. */
function write(value: Value, lead: string, pad: string, lines: string[], depth: number): void {
  if (lines.length > maxLines) return;
  if (depth > 60) lines.push(`${lead}null`);
  else if (isMap(value) && value.size > 0)
    writeMap(
      [...sortedKeys(value)].map((key) => [key, value.get(key) ?? null]),
      lead,
      pad,
      lines,
      depth,
    );
  else if (isList(value) && value.length > 0)
    for (const [index, item] of value.entries()) write(item, `${index === 0 ? lead : pad}- `, `${pad}  `, lines, depth + 1);
  else if (typeof value === "string" && value.includes("\n") && isPrintable(value)) writeBlock(value, lead, pad, lines);
  else lines.push(lead + scalarText(value));
}

function writeMap(entries: [string, Value][], lead: string, pad: string, lines: string[], depth: number): void {
  for (const [index, [key, value]] of entries.entries()) {
    const start = `${index === 0 ? lead : pad}${scalarText(key)}:`;
    const nested = (isMap(value) && value.size > 0) || (isList(value) && value.length > 0);
    if (nested) {
      lines.push(start);
      const deeper = isList(value) ? pad : `${pad}  `;
      write(value, deeper, deeper, lines, depth + 1);
    } else write(value, `${start} `, pad === "" ? "" : pad, lines, depth + 1);
  }
}

/** Text of many lines; written so that templates inside stay readable. */
function writeBlock(value: string, lead: string, pad: string, lines: string[]): void {
  const chomp = value.endsWith("\n\n") ? "+" : value.endsWith("\n") ? "" : "-";
  const indent = /^[ \n]/.test(value) ? "2" : "";
  lines.push(`${lead}|${indent}${chomp}`);
  const text = value.endsWith("\n") ? value.slice(0, -1) : value;
  for (const line of text.split("\n")) lines.push(line === "" ? "" : `${pad}  ${line}`);
}

function isPrintable(text: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) && !/^[\n ]*$/.test(text.slice(0, 5000));
}

function scalarText(value: Value): string {
  if (value === null || typeof value === "function") return "null";
  if (isMap(value)) return "{}";
  if (isList(value)) return "[]";
  if (typeof value !== "string") return String(value);
  if (/^[A-Za-z_/][\w./-]*$/.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value)) return value;
  // Quotes of one kind keep the braces of a template inside as they are.
  return /[\n\r\t\u0000-\u001f]/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}
