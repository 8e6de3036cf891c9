/** Every picture in a real browser: drawn in time from small, large and odd estates, names inside of their boxes, nothing on top of each other, accessible. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Result } from "../../drystone/src/model/result.js";
import { chromiumPath } from "./chromium.js";
import { hostileResult, syntheticResult } from "./estates/index.js";
import { withSeries } from "./gallery/with-series.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const names = [
  "DependencyMatrix",
  "EstateMap",
  "FlowPicture",
  "ModuleGraph",
  "OwnershipMatrix",
  "OwnershipTreemap",
  "PairTimeline",
  "StoreMatrix",
  "Trends",
];
/** Milliseconds for all pictures at 200 services, on a slow shared machine; 300 to 700 were measured. */
const mostTime = 4000;

let folder: string;
let page: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "drystone-pictures-"));
  const config = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
  const root = fileURLToPath(new URL("gallery", import.meta.url));
  const input = join(root, "index.html");
  const output = { outDir: folder, emptyOutDir: false, rolldownOptions: { input } };
  [browser] = await Promise.all([
    chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] }),
    build({ configFile: config, root, logLevel: "error", build: output }),
  ]);
  page = readFileSync(join(folder, "index.html"), "utf8");
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

interface Shown {
  readonly page: Page;
  /** Messages of errors. */
  readonly wrong: readonly string[];
}

let written = 0;

interface Window {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

async function show(result: Result, { width = 1280, scheme = "light" }: Window = {}): Promise<Shown> {
  const file = join(folder, `${written++}.html`);
  const json = JSON.stringify(result).replaceAll("<", "\\u003c");
  writeFileSync(
    file,
    page.replace("<!--data-->", () => `<script type="application/json" id="data">${json}</script>`),
  );
  const shown = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const wrong: string[] = [];
  shown.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  shown.on("pageerror", (error) => wrong.push(error.message));
  await shown.goto(pathToFileURL(file).href);
  await shown.waitForFunction((count) => document.querySelectorAll("figure").length >= count, names.length);
  return { page: shown, wrong };
}

const small = withSeries(syntheticResult({ services: 5 }));
const middle = withSeries(syntheticResult({ services: 40 }));
const large = withSeries(syntheticResult({ services: 200 }));
const long = withSeries(syntheticResult({ services: 40, names: "long" }));
const rightToLeft = withSeries(syntheticResult({ services: 40, names: "rtl" }));

test.each([
  ["5 services", 1280, small],
  ["40 services", 1280, middle],
  ["40 services with names of 60 characters", 1280, long],
  ["40 services with names of 60 characters", 390, long],
  ["40 services with names from right to left", 1280, rightToLeft],
  ["200 services", 1280, large],
])("%s at %i pixels: names stay inside of their boxes, boxes apart, the page as wide as the window", async (_, width, result) => {
  const { page: shown, wrong } = await show(result, { width });
  const drawn = await shown.evaluate(() => (window as unknown as { drawn: number }).drawn);
  const found = await shown.evaluate(collisions);
  const scrolls = await shown.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await shown.close();
  expect({ wrong, found, scrolls }).toEqual({ wrong: [], found: [], scrolls: 0 });
  expect(drawn).toBeLessThan(mostTime);
});

/** Runs in the page. Half a pixel is the rounding of a browser; widths of letters are estimated, so a name may stand out by three. */
function collisions(): string[] {
  const found: string[] = [];
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page gets this function alone
  const boxOf = (element: Element | null): DOMRect => element?.getBoundingClientRect() ?? new DOMRect();
  const shapes = [...document.querySelectorAll(".estate .pill, .modules .module, .estate .group-box")];
  for (const [at, one] of shapes.entries()) {
    const a = boxOf(one.querySelector("rect, path") ?? one);
    for (const other of shapes.slice(at + 1)) {
      if (one.closest("svg") !== other.closest("svg") || one.matches(".group-box") !== other.matches(".group-box")) continue;
      const b = boxOf(other.querySelector("rect, path") ?? other);
      if (
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5
      )
        found.push(`${one.textContent} lies on ${other.textContent}`);
    }
    const text = one.querySelector(":scope > text");
    if (text !== null && (boxOf(text).left < a.left - 3 || boxOf(text).right > a.right + 3))
      found.push(`${text.textContent} is wider than its box`);
  }
  for (const title of document.querySelectorAll(".estate .group-title")) {
    const name = boxOf(title.querySelector(".group-name"));
    const inside = shapes.some((shape) => {
      const box = boxOf(shape);
      return (
        shape.matches(".group-box") &&
        name.left >= box.left &&
        name.right <= box.right + 3 &&
        name.top >= box.top &&
        name.bottom <= box.bottom + 3
      );
    });
    if (!inside) found.push(`${title.textContent} stands out of its group`);
  }
  const rows = [...document.querySelectorAll(".dsm .dsm-row")].map(boxOf);
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (next !== undefined && next.top < row.top + row.height * 0.6)
      found.push("labels of two rows of the matrix lie on each other");
  }
  return found;
}

test.each(["light", "dark"] as const)("no violation of WCAG 2.2 AA in the %s scheme", async (scheme) => {
  const { page: shown, wrong } = await show(withSeries(syntheticResult({ services: 9 })), { scheme });
  await shown.evaluate(axe);
  for (const details of await shown.locator("figure > details > summary").all()) await details.click();
  const violations = await shown.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const outcome = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    return outcome.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
  await shown.close();
  expect({ wrong, violations }).toEqual({ wrong: [], violations: [] });
});

test("hostile names are text, and a result that holds nothing still says what it waits for", async () => {
  const hostile = await show(withSeries(hostileResult()));
  expect([
    hostile.wrong,
    await hostile.page.evaluate(() => document.querySelectorAll("main script, main img, main iframe").length),
  ]).toEqual([[], 0]);
  await hostile.page.close();
  const full = syntheticResult({ services: 5 });
  const empty: Result = {
    ...full,
    measures: [],
    model: { ...full.model, components: [], resources: [], relations: [], teams: [] },
  };
  const { page: shown, wrong } = await show(empty);
  const words = await shown.locator(".picture-none").allTextContents();
  await shown.close();
  expect([wrong, words.length]).toEqual([[], names.length - 1]);
});

test("above 150 services teams come first; one opens by keyboard", async () => {
  const { page: shown } = await show(large);
  expect(await shown.locator(".estate .pill").count()).toBe(0);
  const team = shown.locator(".estate .group[role=button]").first();
  await team.focus();
  await shown.keyboard.press("Enter");
  expect(await shown.locator(".estate .pill").count()).toBe(8);
  await shown.close();
});

test("a service that is pointed at fades what it has nothing to do with, and says its links", async () => {
  const { page: shown } = await show(middle);
  await shown.locator(".estate a.pill").first().focus();
  const said = await shown.locator("figure:has(.estate .pill) .picture-live").first().textContent();
  expect(said).toMatch(/uses .+|is used by .+/);
  expect(await shown.locator(".estate .pill.faded").count()).toBeGreaterThan(10);
  expect(await shown.locator(".estate .line.on").count()).toBeGreaterThan(0);
  await shown.close();
});

test("a dot of the time line shows its commit", async () => {
  const { page: shown } = await show(small);
  const dot = shown.locator(".timeline .mark").first();
  await dot.focus();
  await shown.keyboard.press("Enter");
  expect(await shown.locator("figure:has(.timeline) .picture-live").textContent()).toBe(
    "2025-01-10 · shop · git show aaaaaaaaaaa0",
  );
  await shown.close();
});
