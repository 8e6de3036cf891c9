/** The small part of XML that build files use: elements, attributes, text. No entities beyond the five, no DTD, nothing external. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Own text, trimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Line of the start tag, from 1. */
  readonly line: number;
}

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  text: string;
  readonly children: Open[];
  readonly line: number;
}

const maxDepth = 64;
const maxElements = 50_000;

/** Root element, or null when there is none or the text is too deep or too long. Unclosed elements end with the text. Never throws. */
export function readXml(text: string): XmlElement | null {
  const top: Open = { name: "", attributes: new Map(), text: "", children: [], line: 1 };
  const stack = [top];
  let line = 1;
  let counted = 0;
  let elements = 0;
  const lineAt = (offset: number) => {
    for (; counted < offset; counted++) if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf("<", at);
    const current = stack[stack.length - 1] ?? top;
    current.text += decode(text.slice(at, start < 0 ? text.length : start));
    if (start < 0) break;
    const skipped = skip(text, start, current);
    if (skipped !== null) {
      at = skipped;
      continue;
    }
    const end = text.indexOf(">", start);
    if (end < 0) break;
    const tag = text.slice(start + 1, end);
    at = end + 1;
    if (tag.startsWith("/")) {
      const closes = stack.findLastIndex((open) => open.name === tag.slice(1).trim());
      if (closes > 0) stack.length = closes;
      continue;
    }
    const selfClosing = tag.endsWith("/");
    const element = startTag(selfClosing ? tag.slice(0, -1) : tag, lineAt(start));
    current.children.push(element);
    if (++elements > maxElements || stack.length > maxDepth) return null;
    if (!selfClosing) stack.push(element);
  }
  return top.children[0] ?? null;
}

/** Text of the first child with this name, or null. */
export function childText(element: XmlElement | null | undefined, name: string): string | null {
  return element?.children.find((child) => child.name === name)?.text.trim() ?? null;
}

/** First child with this name. */
export function child(element: XmlElement | null | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** Offset behind a comment, instruction, declaration or CDATA section that starts here; null for an element. */
function skip(text: string, start: number, current: Open): number | null {
  const behind = (mark: string, from: number) => {
    const end = text.indexOf(mark, from);
    return end < 0 ? text.length : end + mark.length;
  };
  if (text.startsWith("<!--", start)) return behind("-->", start + 4);
  if (text.startsWith("<![CDATA[", start)) {
    const end = behind("]]>", start + 9);
    current.text += text.slice(start + 9, end - 3);
    return end;
  }
  return text[start + 1] === "?" || text[start + 1] === "!" ? behind(">", start) : null;
}

function startTag(tag: string, line: number): Open {
  const name = /^[^\s]*/.exec(tag)?.[0] ?? "";
  const attributes = new Map<string, string>();
  for (const found of tag.slice(name.length).matchAll(/([^\s=]{1,200})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(found[1] ?? "", decode(found[2] ?? found[3] ?? ""));
  }
  return { name: name.slice(name.indexOf(":") + 1), attributes, text: "", children: [], line };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.includes("&") ? text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? "") : text;
}
