import type { Detector } from "../detector.js";
import { readSource } from "../source.js";
import { httpCalls } from "./http-calls.js";

const maxScripts = 50;

/** Requests of scripts within a page. */
export const htmlScripts: Detector = {
  name: "javascript/html-scripts",
  languages: ["html"],
  words: ["<script"],
  detect(source, emit) {
    const script = scriptsOnly(source.text);
    if (script !== null) httpCalls.detect(readSource(source.path, script, "javascript"), emit);
  },
};

/** The page with all but its scripts blanked, so that offsets stay. */
function scriptsOnly(text: string): string | null {
  const pieces: string[] = [];
  let at = 0;
  for (let count = 0; count < maxScripts; count++) {
    const tag = /<script\b[^<>]{0,500}>/gi;
    tag.lastIndex = at;
    if (tag.exec(text) === null) break;
    const start = tag.lastIndex;
    const close = text.indexOf("</script", start);
    const end = close < 0 ? text.length : close;
    pieces.push(blank(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  if (pieces.length === 0) return null;
  return pieces.join("") + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
