/** Program text inside of other text: the script of a Vue or Svelte component, PHP in a page. */

/** The text with everything else blanked; lines stay where they are. */
export function codeOnly(path: string, text: string): string {
  if (/\.(?:vue|svelte)$/.test(path)) return between(text, "<script", ">", "</script>");
  if (path.endsWith(".php")) return between(text, "<?", "", "?>");
  return text;
}

function between(text: string, open: string, openEnd: string, close: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf(open, at);
    if (start < 0) break;
    const inner = openEnd === "" ? start + open.length : text.indexOf(openEnd, start) + 1;
    if (inner <= start) break;
    const end = text.indexOf(close, inner);
    const stop = end < 0 ? text.length : end;
    pieces.push(blank(text.slice(at, inner)), text.slice(inner, stop));
    at = stop;
  }
  pieces.push(blank(text.slice(at)));
  return pieces.join("");
}

function blank(text: string): string {
  return text.replace(/[^\n]+/g, " ");
}
