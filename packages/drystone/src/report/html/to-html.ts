/** The page: the built file of packages/web with a result inside. Pure: the file and the compression are handed in. */
import type { Result } from "#model/result.js";
import { type HeadlineView, type ReportView, reportView } from "#report/_shared/index.js";

/** What the page is drawn from. `diff` is what changed since an earlier result (`report/diff`), null without one. */
export interface PageData {
  readonly result: Result;
  readonly diff: object | null;
  readonly people: "teams" | "handles" | "off";
}

/** From this many characters on the data is packed: a browser unpacks a megabyte in a few milliseconds, mail programs count every byte. */
export const packedFrom = 200_000;

/**
 * JSON that can stand in a script element: nothing in it ends the element or starts a comment. Handles of people are replaced by numbers
 * unless `people` is `handles`: a page is passed on.
 */
export function pageJson(data: PageData): string {
  const text = JSON.stringify(data, data.people === "handles" ? undefined : withoutHandles());
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * @param headline what the page answers first, where that is not the headline of the result
 * @param page the built file, with empty places for the data, the answer and the title
 * @param packed `pageJson` of the same data as gzip in base64; null for a page that carries it as it is
 * @throws Error when `page` lacks such a place: then it was not built from packages/web.
 */
export function toHtml(page: string, data: PageData, packed: string | null, headline: HeadlineView | null = null): string {
  const opening = '<script type="application/json" id="drystone-data"';
  const filled = packed === null ? `${opening}>${pageJson(data)}</script>` : `${opening} data-packed="gzip">${packed}</script>`;
  const view = reportView(data.result, data.people);
  const places = [
    ["<title>Drystone report</title>", `<title>Drystone – ${escaped(view.system)}</title>`],
    ['<div id="app"></div>', `<div id="app">${firstPaint({ ...view, headline: headline ?? view.headline })}</div>`],
    [`${opening}></script>`, filled],
  ] as const;
  return places.reduce((text, [place, content]) => replacedOnce(text, place, content), page);
}

function replacedOnce(page: string, place: string, content: string): string {
  const at = page.indexOf(place);
  if (at < 0 || page.includes(place, at + 1)) throw new Error(`the page has no single place for ${place.slice(0, 40)}`);
  return page.slice(0, at) + content + page.slice(at + place.length);
}

/** The frame and the answer as plain HTML, where the script draws them too: there before it has run, and all that a reader without scripts sees. */
function firstPaint({ system, scope, headline }: ReportView): string {
  const paragraphs = [...headline.sentences, ...(headline.notApplicable === null ? [] : [headline.notApplicable])];
  return [
    `<header class="top"><span class="brand"><span class="quiet">Drystone</span> ${escaped(system)}</span></header>`,
    '<div class="frame"><div class="views"></div><main class="first">',
    `<header class="answer tone-${headline.tone}">`,
    `<p class="scope quiet">${escaped([system, scope.contents, scope.window].filter((part) => part !== null).join(" · "))}</p>`,
    `<h1>${escaped(headline.question)}</h1>`,
    headline.label === "" ? "" : `<p class="label">${escaped(`${headline.symbol} ${headline.label}`)}</p>`,
    ...paragraphs.map((sentence) => `<p class="sentence" dir="auto">${escaped(sentence).replace(/(\d) %/g, "$1\u00a0%")}</p>`),
    "</header></main></div>",
  ].join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Refs of people become `user:default/person-1` and on, the same person the same number. */
function withoutHandles(): (key: string, value: unknown) => unknown {
  const numbers = new Map<string, string>();
  return (_, value) => {
    if (typeof value !== "string" || !/^user:/i.test(value)) return value;
    const known = numbers.get(value) ?? `user:default/person-${numbers.size + 1}`;
    numbers.set(value, known);
    return known;
  };
}
