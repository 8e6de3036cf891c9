// First paint and change of view of the HTML report at 200 services, against an empty page of the same weight, in turns.
// npm run build && node bench/page.mjs [SERVICES]     Exit code 1 when a median is more than twice that of the empty page.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { loadTypeScript } from "../packages/drystone/test/fakes/load.mjs";

const services = Number(process.argv[2] ?? 200);
const rounds = 9;
const goal = 2;
const views = [
  "findings",
  "estate",
  "ownership",
  "dependencies",
  "stores",
  "libraries",
  "contracts",
  "method",
  "component/s1",
  "answer",
];

const load = (path) => loadTypeScript(new URL(path, import.meta.url));
const { syntheticResult } = await load("../packages/web/test/estates/index.ts");
const { pageJson, toHtml } = await load("../packages/drystone/src/report/html/index.ts");
const { chromiumPath } = await load("../packages/web/test/chromium.ts");

const folder = mkdtempSync(join(tmpdir(), "drystone-bench-"));
const data = { result: syntheticResult({ services }), diff: null, people: "teams" };
const json = pageJson(data);
const built = readFileSync(fileURLToPath(new URL("../packages/web/dist/report.html", import.meta.url)), "utf8");
const full = write("full", toHtml(built, data, gzipSync(json, { level: 9 }).toString("base64")));
const empty = write("empty", emptyPage(statSync(full).size));

const browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
const paints = { full: [], empty: [] };
const shown = { full: [], empty: [] };
const changes = { full: new Map(views.map((view) => [view, []])), empty: [] };
for (let round = 0; round < rounds; round++) {
  for (const [name, file] of round % 2 === 0
    ? [
        ["full", full],
        ["empty", empty],
      ]
    : [
        ["empty", empty],
        ["full", full],
      ]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => document.querySelector("h1") !== null && document.querySelector(".first") === null);
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    const { paint, largest } = await page.evaluate(paintTimes);
    paints[name].push(paint);
    shown[name].push(largest);
    for (const view of views) {
      const time = await page.evaluate(changeTime, view);
      if (name === "full") changes.full.get(view).push(time);
      else changes.empty.push(time.first);
    }
    await context.close();
  }
}
await browser.close();

const rows = [
  ["first paint", median(paints.full), median(paints.empty)],
  ["largest paint", median(shown.full), median(shown.empty)],
  ...views.map((view) => {
    const times = changes.full.get(view);
    return [
      `to ${view}`,
      median(times.map(({ first }) => first)),
      median(changes.empty),
      median(times.map(({ whole }) => whole)),
    ];
  }),
];
process.stdout.write(`${services} services, ${Math.round(statSync(full).size / 1024)} KB, median of ${rounds}\n`);
for (const [what, ours, theirs, whole] of rows) {
  process.stdout.write(
    `${what.padEnd(20)} ${ours.toFixed(0).padStart(6)} ms   empty ${theirs.toFixed(0).padStart(5)} ms   ${(ours / theirs).toFixed(2)} x${whole === undefined ? "" : `   with its pictures ${whole.toFixed(0)} ms`}\n`,
  );
}
process.exitCode = rows.some(([, ours, theirs]) => ours / theirs > goal) ? 1 : 0;
rmSync(folder, { recursive: true });

function write(name, html) {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, html);
  return file;
}

/** As many bytes, one heading, and one paragraph that changes with the address. */
function emptyPage(bytes) {
  const [head, tail] = [
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><h1>Empty</h1><p id="view">answer</p><script type="application/json">`,
    `</script><script type="module">addEventListener("hashchange", () => { document.getElementById("view").textContent = location.hash; });</script></html>`,
  ];
  return head + "x".repeat(bytes - head.length - tail.length) + tail;
}

function paintTimes() {
  return new Promise((done) => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    new PerformanceObserver((list) => done({ paint: first.startTime, largest: list.getEntries().at(-1).startTime })).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });
}

/** Milliseconds from the change of the address to the frame after the one that draws it. */
async function changeTime(view) {
  const start = performance.now();
  location.hash = view;
  await new Promise((done) => addEventListener("hashchange", done, { once: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const first = performance.now() - start;
  while (document.querySelector(".later, .first") !== null) await new Promise((done) => setTimeout(done, 5));
  // On the screen, so that the next change does not pay for it.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { first, whole: performance.now() - start };
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
