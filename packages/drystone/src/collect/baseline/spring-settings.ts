/** Settings of Spring Boot that may stand over several lines of YAML. */
import { type FileSign, fileSign } from "./file-sign.js";

export function springSettings(text: string): FileSign[] {
  return [...hiddenHealth(text), ...nestedHistogram(text)];
}

const include =
  /\bmanagement\.endpoints\.web\.exposure\.include["']?[ \t]{0,5}[=:][ \t]{0,5}([^\n#]{1,300})|\bexposure:[ \t]{0,5}\r?\n[ \t]{1,40}include:[ \t]{0,5}([^\n#]{0,300}(?:\r?\n[ \t]{1,40}-[^\n#]{1,100}){0,30})/;

/** Unless told otherwise the actuator shows its page of health alone. */
function hiddenHealth(text: string): FileSign[] {
  const found = text.includes("include") ? include.exec(text) : null;
  const shown = found?.[1] ?? found?.[2];
  if (!found || shown === undefined || /\bhealth\b|\*|\$\{/.test(shown)) return [];
  return [fileSign("health-library", "Spring Boot actuator", placeOf(text, found), { detail: "not shown" })];
}

const histogram =
  /\bpercentiles-histogram:[ \t]{0,5}\r?\n(?:[ \t]{1,60}[\w.-]{1,60}:[ \t]{0,5}\r?\n){0,5}[ \t]{1,60}[\w.-]{1,60}:[ \t]{0,5}["']?true\b/;

function nestedHistogram(text: string): FileSign[] {
  const found = text.includes("percentiles-histogram:") ? histogram.exec(text) : null;
  if (!found) return [];
  const detail = "Micrometer's own boundaries; the one closest to 1 s is 1.07 s";
  return [fileSign("request-histogram", "not-at-1s", placeOf(text, found), { detail })];
}

function placeOf(text: string, { 0: found, index }: RegExpExecArray): { readonly line: number; readonly text: string } {
  const [first = ""] = found.trim().split("\n");
  return { line: text.slice(0, index).split("\n").length, text: first.slice(0, 160) };
}
