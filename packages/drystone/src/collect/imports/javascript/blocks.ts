/** Program text inside of components: `<script>` of Vue and Svelte, `<script>` and the part between `---` of Astro. */
import { behind, lineEnd, matchAt } from "../text.js";

export interface Block {
  readonly text: string;
  /** Of the whole file; the text starts here. */
  readonly offset: number;
  readonly dialect: "ts" | "tsx" | "jsx";
  /** `src` of `<script src="./part.ts">`. */
  readonly source: string | null;
}

const maxBlocks = 20;

export function scriptBlocks(text: string, isAstro: boolean): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  if (isAstro && text.startsWith("---")) {
    const from = lineEnd(text, 0);
    const to = text.indexOf("\n---", from);
    const end = to < 0 ? text.length : to + 1;
    blocks.push({ text: text.slice(from, end), offset: from, dialect: "ts", source: null });
    at = end;
  }
  while (blocks.length < maxBlocks) {
    const next = opening(text, at);
    if (next < 0) break;
    if (text.startsWith("<!--", next)) {
      at = behind(text, "-->", next + 4);
      continue;
    }
    const tag = matchAt(scriptTag, text, next);
    if (!tag) {
      at = next + 7;
      continue;
    }
    const from = next + tag[0].length;
    const close = closing(text, from);
    const attributes = tag[1] ?? "";
    const type = attribute(attributes, "type");
    if (type === null || /module|javascript|typescript|babel|^ts$/i.test(type)) {
      const source = attribute(attributes, "src");
      blocks.push({ text: text.slice(from, close), offset: from, dialect: dialectOf(attributes, isAstro), source });
    }
    at = close + 1;
  }
  return blocks;
}

/** The next comment or `<script`; -1 when there is none. */
function opening(text: string, from: number): number {
  startOfInterest.lastIndex = from;
  return startOfInterest.exec(text)?.index ?? -1;
}

const startOfInterest = /<!--|<script/gi;
const scriptTag =
  /<script((?:\s{1,100}[^\s>"'=]{1,100}(?:\s{0,5}=\s{0,5}(?:"[^"]{0,1000}"|'[^']{0,1000}'|[^\s>"']{1,200}))?){0,20})\s{0,100}>/iy;

function closing(text: string, from: number): number {
  scriptEnd.lastIndex = from;
  return scriptEnd.exec(text)?.index ?? text.length;
}

const scriptEnd = /<\/script/gi;

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s{0,5}=\\s{0,5}(?:"([^"]{0,1000})"|'([^']{0,1000})')`, "i").exec(attributes);
  return found?.[1] ?? found?.[2] ?? null;
}

function dialectOf(attributes: string, isAstro: boolean): Block["dialect"] {
  const language = attribute(attributes, "lang");
  if (language === "tsx") return "tsx";
  return isAstro || (language !== null && /^(?:ts|typescript)$/i.test(language)) ? "ts" : "jsx";
}
