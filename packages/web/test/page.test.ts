/** The page in a real browser, from disk: every view, both schemes, made-up estates of all sizes, hostile data, and that nothing leaves it. */
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../drystone/src/model/result.js";
import { faultsOf, schemaOf } from "../../drystone/test/schema/schemas.js";
import { type BuiltPage, buildPage } from "./built-page.js";
import { chromiumPath } from "./chromium.js";
import { drawingFaults } from "./drawing-faults.js";
import { hostileResult, syntheticResult, withSeries } from "./estates/index.js";
import { axeSource, openPage, showView, violationsOn } from "./opened-page.js";

let built: BuiltPage;
let browser: Browser;

beforeAll(async () => {
  [built, browser] = await Promise.all([
    buildPage(),
    // Without a graphics process: nothing here looks at pixels.
    chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] }),
  ]);
});
afterAll(async () => {
  await browser.close();
  built.remove();
});

const estate = syntheticResult({ services: 8 });
const views = [
  "answer",
  "findings",
  "advice",
  "estate",
  "dependencies",
  "modules",
  "baseline",
  "stores",
  "libraries",
  "contracts",
  "ownership",
  "flow",
  "trends",
  "method",
  "whole",
];
const pages = [
  ...views,
  "method/change-coupling",
  "component/s1",
  "component/resource%3Adefault%2Fdb-0",
  "pair/s0/s1",
  "team/group%3Adefault%2Fteam-0",
  `finding/${estate.assessments[0]?.findings[0]?.fingerprint}`,
  "finding/gone",
  "no-such-view/%E0%A4%A",
];

/** The whole report repeats the others: once is enough where nothing else is asked of it. */
const single = pages.filter((view) => view !== "whole");

const small = withSeries(syntheticResult({ services: 5 }));
const long = withSeries(syntheticResult({ services: 40, names: "long" }));
const rightToLeft = withSeries(syntheticResult({ services: 40, names: "rtl" }));
const large = withSeries(syntheticResult({ services: 200 }));

test.each([
  ["5 services", syntheticResult({ services: 5 })],
  ["40 with long names", syntheticResult({ services: 40, names: "long" })],
  ["200, right to left", syntheticResult({ services: 200, names: "rtl" })],
  ["hostile text", hostileResult()],
])("the made-up estate of %s is a result as published", (_, result) => {
  expect(faultsOf(schemaOf("result"), JSON.parse(JSON.stringify(result)))).toEqual([]);
});

const schemes = ["light", "dark"] as const;

test("every view in both schemes: no request, no error, no violation of WCAG 2.2 AA", async () => {
  const { page, context, wrong } = await openPage(browser, built.write("schemes", small), { tools: axeSource });
  const violations: string[] = [];
  for (const view of single) {
    await showView(page, view);
    if (view === "dependencies") await page.click(".picture-table > summary");
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      // The frame is the same around all of them.
      const found = await violationsOn(page, view === "answer" ? "html" : "main");
      violations.push(...found.map((each) => `${view} in ${colorScheme}: ${each}`));
    }
  }
  // The whole report repeats the views: what can go wrong between them, not their colours and sizes again.
  await showView(page, "whole");
  violations.push(...(await violationsOn(page, "html", ["color-contrast", "target-size", "link-in-text-block"])));
  expect(violations).toEqual([]);
  expect(wrong).toEqual([]);
  // The same tool finds what is wrong, in each scheme.
  await showView(page, "no-such-view");
  await page.evaluate(() => {
    const faint = Object.assign(document.createElement("button"), { textContent: "faint" });
    faint.style.setProperty("color", "#777");
    faint.style.setProperty("background", "#888");
    document.querySelector("main")?.append(faint, document.createElement("button"));
  });
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    const seeded = (await violationsOn(page)).map((each) => each.split(" ")[0]);
    expect(seeded).toEqual(["button-name", "color-contrast", "target-size"]);
  }
  await context.close();
});

describe("drawings", () => {
  const drawn = ["estate", "modules", "dependencies", "ownership", "trends"];

  test.each([
    ["5 services", small, { 1280: drawn, 390: [] }],
    ["40 services with names of 60 characters", long, { 390: single, 1280: drawn }],
    ["40 services, right to left", rightToLeft, { 1280: single, 390: drawn }],
    ["200 services", large, { 390: single, 1280: drawn }],
  ] as const)("%s: every view fits, names stay inside of their boxes, boxes apart", async (name, result, tours) => {
    const { page, context, wrong } = await openPage(browser, built.write(name.replaceAll(/\W/g, ""), result));
    const faults: string[] = [];
    for (const [width, views] of Object.entries(tours)) {
      await page.setViewportSize({ width: Number(width), height: 800 });
      for (const view of views) {
        await showView(page, view);
        faults.push(...(await page.evaluate(drawingFaults)));
      }
    }
    expect(faults).toEqual([]);
    expect(wrong).toEqual([]);
    await showView(page, "component/s1");
    expect(await page.textContent("h1")).toContain((result.model.components[1]?.name ?? "").slice(0, 20));
    await context.close();
  });

  test("200 services: teams and their strongest lines first; what is pointed at says its links and fades the rest; a dot shows its commit", async () => {
    const { page, context } = await openPage(browser, built.write("pointed-at", large));
    await showView(page, "estate");
    const lines = async (): Promise<number> => page.locator(".estate .lines .line").count();
    const said = page.locator("figure:has(.estate .group) > .picture-live");
    const atFirst = await lines();
    expect([atFirst > 25, atFirst <= 90, await page.locator(".estate .pill").count()]).toEqual([true, true, 0]);
    await page.check("text=/^All [0-9]+ lines$/");
    expect(await lines()).toBeGreaterThan(200);
    await page.uncheck("text=/^All [0-9]+ lines$/");
    await page.locator(".estate .group[role=button]").first().focus();
    expect(await said.textContent()).toMatch(/: links with .+ \([0-9]+\)/);
    expect(await lines()).toBeGreaterThan(atFirst);
    await page.keyboard.press("Enter");
    expect(await page.locator(".estate .pill").count()).toBe(8);
    await page.locator(".estate a.pill").first().focus();
    expect(await said.textContent()).toMatch(/uses .+|is used by .+/);
    expect(await page.locator(".estate :is(.pill, .group).faded").count()).toBeGreaterThan(0);
    expect(await page.locator(".estate .line.on").count()).toBeGreaterThan(0);

    await showView(page, "pair/s0/s1");
    await page.locator(".timeline .mark").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.textContent("figure:has(.timeline) .picture-live")).toBe("2025-01-10 · shop · git show aaaaaaaaaaa0");
    await context.close();
  });

  test("a result that holds nothing still says what each picture waits for", async () => {
    const empty: Result = {
      ...small,
      measures: [],
      model: { ...small.model, components: [], resources: [], relations: [], teams: [] },
    };
    const { page, context, wrong } = await openPage(browser, built.write("empty", empty));
    const waiting: string[] = [];
    for (const view of ["estate", "dependencies", "modules", "stores", "ownership", "flow", "trends"]) {
      await showView(page, view);
      waiting.push(...(await page.locator(".picture-none .picture-title").allInnerTexts()));
    }
    expect([wrong, waiting]).toEqual([
      [],
      [
        "Dependency matrix",
        "Modules and their imports",
        "Stores and tables",
        "Ownership",
        "Ownership at a glance",
        "Where work waits",
        "Trends",
      ],
    ]);
    await context.close();
  });
});

test("hostile data is text, in every view and in print", async () => {
  const result = hostileResult();
  const { page, context, wrong } = await openPage(browser, built.write("hostile", result));
  for (const view of [...single, "whole"]) {
    await showView(page, view);
    const found = await page.evaluate(() => ({
      hacked: "hacked" in window || "polluted" in {},
      elements: document.querySelectorAll("main script, main img, iframe, object, embed, [onerror], [onmouseover]").length,
      outside: [...document.querySelectorAll("a[href]")]
        .map((link) => link.getAttribute("href") ?? "")
        .filter((href) => !href.startsWith("#")),
      controls: /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(
        document.getElementById("app")?.textContent ?? "",
      ),
      length: document.body.innerHTML.length,
    }));
    expect({ view, ...found, length: found.length < 3_000_000 }).toEqual({
      view,
      hacked: false,
      elements: 0,
      outside: [],
      controls: false,
      length: true,
    });
  }
  expect(await page.textContent("main")).toContain("<img src=x onerror");
  await page.emulateMedia({ media: "print" });
  expect(await page.isVisible("nav")).toBe(false);
  expect(wrong).toEqual([]);
  await context.close();
});

test("the policy of the page stops an inline handler, a second script, and a load from elsewhere", async () => {
  const injected = `<img src="x" onerror="window.hacked=1"><script>window.hacked=2</script><img id="far" src="http://127.0.0.1:9/far.png"><div id="app">`;
  const address = built.write("injected", syntheticResult({ services: 5 }), {
    change: (html) => html.replace('<div id="app">', () => injected),
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  await page.goto(address);
  await page.waitForSelector("h1");
  await page.evaluate(() =>
    document.body.insertAdjacentHTML("beforeend", '<button id="late" onclick="window.hacked=3">x</button>'),
  );
  await page.click("#late", { force: true });
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  expect(
    await page.evaluate(async () =>
      fetch("http://127.0.0.1:9/").then(
        () => "loaded",
        () => "refused",
      ),
    ),
  ).toBe("refused");
  for (const what of [/inline event handler/i, /inline script/i, /far\.png/, /connect/i])
    expect(refused.join("\n")).toMatch(what);
  await context.close();
});

test("with the keyboard: skip to the content, find a component or a commit, go back; a commit in three clicks", async () => {
  const { page, context } = await openPage(browser, built.write("keyboard", estate));
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");

  const name = estate.model.components[5]?.name ?? "";
  await page.keyboard.press("/");
  await page.keyboard.type(name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (text) => document.activeElement?.tagName === "H1" && document.activeElement.textContent?.includes(text),
    name,
  );
  expect([new URL(page.url()).hash, await page.title()]).toEqual(["#component/s5", `${name} – shop`]);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Is this a distributed monolith?");

  await page.click("text=Changes spread over services");
  await page.click(".findings a");
  expect(await page.textContent(".evidence li .command code")).toMatch(/^git -C shop show -m --first-parent [0-9a-f]{12}$/);

  const commit = estate.assessments
    .flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence))
    .find(({ type }) => type === "commit");
  const id = commit?.type === "commit" ? commit.commit : "";
  await showView(page, "answer");
  await page.fill("#search", id.slice(0, 9));
  const [found] = await page.locator(".found a").allInnerTexts();
  expect(found).toMatch(new RegExp(`^commit\\s*${id.slice(0, 12)}`));
  await page.locator(".found a").first().click();
  await page.waitForFunction(() => /^#(finding|pair)\//.test(location.hash));
  await context.close();
});

test("on a phone, where the heads of columns are not shown, a table is sorted from above its rows", async () => {
  const phone = { viewport: { width: 390, height: 800 }, tools: axeSource };
  const { page, context } = await openPage(browser, built.write("phone", estate), phone);
  await showView(page, "dependencies");
  const shared = page.locator(".stacked").last().locator('td[data-name="Shared changes"]');
  const inOrder = async (): Promise<number[]> =>
    (await shared.allInnerTexts()).flatMap((text) => Number.parseInt(text.replace(/\D*/, ""), 10) || []);
  const sorter = page.locator(".sorter").last();
  await sorter.getByLabel("Sort by").selectOption("Shared changes");
  const falling = await inOrder();
  expect([falling.length > 1, falling]).toEqual([true, falling.toSorted((a, b) => b - a)]);
  await sorter.getByRole("button").click();
  expect(await inOrder()).toEqual(falling.toReversed());
  expect(await violationsOn(page, "main")).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await sorter.isVisible()).toBe(false);
  await context.close();
});

test("against an earlier result: what is new, gone, worse", async () => {
  const before: Result = {
    ...estate,
    inputs: { ...estate.inputs, asOf: "2026-08-20" },
    assessments: estate.assessments.map((each) =>
      each.id === "change-coupling"
        ? { ...each, verdict: "absent" as const, value: 0.05, interval: [0.02, 0.09] as const, findings: each.findings.slice(1) }
        : each,
    ),
  };
  const { page, context } = await openPage(browser, built.write("against", estate, { before }));
  const changes = await page.locator(".changes li").allInnerTexts();
  expect(changes.map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
    "↑ worse Changes spread over services: absent → present",
    "↑ worse Changes spread over services: 5 % → 43 %, beyond noise",
    "+ new 1 new finding",
  ]);
  await page.click("text=1 new finding");
  expect(await page.locator(".findings > li").count()).toBe(1);
  await context.close();
});

test("people: off leaves out what is about people; a page for others carries no handles", async () => {
  const [component] = estate.model.components;
  const owned =
    component === undefined
      ? []
      : [
          {
            ...component,
            ownership: {
              ...component.ownership,
              declared: [{ ref: "user:default/ada.lovelace", source: "codeowners" as const, evidence: [] }],
            },
          },
        ];
  const result = { ...estate, model: { ...estate.model, components: [...owned, ...estate.model.components.slice(1)] } };
  const off = await openPage(browser, built.write("off", result, { people: "off" }));
  expect(await off.page.locator("nav a").allInnerTexts()).not.toContain("Ownership");
  expect(await off.page.textContent("main")).toContain("left out");
  await off.context.close();
  const teams = await openPage(browser, built.write("teams", result));
  expect(await teams.page.evaluate(() => document.getElementById("drystone-data")?.textContent)).not.toContain("lovelace");
  await showView(teams.page, "component/s0");
  expect(await teams.page.content()).not.toContain("lovelace");
  await teams.context.close();
});

describe("a page of one question", () => {
  const [first] = estate.model.components;
  const about = first?.ref ?? "";
  const baseline: Result = {
    ...estate,
    tool: { ...estate.tool, command: "ops check" },
    headline: {
      question: "Does every service have it?",
      answer: "0 of 8 services have it.",
      notApplicable: null,
      assessment: "operational-baseline",
    },
    verdicts: [],
    advice: [],
    measures: [
      ["liveness", "met"],
      ["readiness", "not-met"],
      ["runbook", "not-applicable"],
    ].map(([item, verdict]) => ({
      id: `baseline.${item}`,
      subjects: [about],
      value: verdict === "met" ? 1 : 0,
      unit: "1 met, 0 not met",
      interval: null,
      sample: null,
      window: null,
      detail: { verdict: verdict ?? "", says: `${item} was looked at`, at: "compose.yaml:3" },
    })),
    assessments: estate.assessments
      .filter(({ id }) => id === "change-coupling")
      .map((each) => ({ ...each, id: "operational-baseline", verdict: "not-met" as const, findings: [] })),
  };

  test("has its verdict, its picture, and no view of what nobody looked at", async () => {
    const { page, context, wrong } = await openPage(browser, built.write("one-question", baseline));
    expect(await page.locator(".label").innerText()).toBe("● No");
    expect(await page.locator("nav a").allInnerTexts()).toEqual([
      "The answer",
      "Findings",
      "Estate",
      "Operational baseline",
      "Method",
      "Whole report",
    ]);
    await page.click("nav >> text=Operational baseline");
    const cells = await page.locator("table.compact tbody tr").first().locator("td").allInnerTexts();
    expect(cells.map((text) => text.trim().split(/\s/)[0])).toEqual([
      "1",
      "✓",
      "✗",
      ...Array.from({ length: 9 }, () => "?"),
      "–",
      "?",
    ]);
    expect(await page.locator(".item-not-met").first().getAttribute("title")).toBe("readiness was looked at, compose.yaml:3");
    expect(wrong).toEqual([]);
    await context.close();
  });

  test("of advise answers what was asked first; many decisions are a table, each with a page of its own", async () => {
    const advised: Result = { ...estate, tool: { ...estate.tool, command: "advise" }, advice: [decision(about)] };
    const { page, context } = await openPage(browser, built.write("asked", advised));
    expect([await page.textContent("h1"), await page.textContent(".label")]).toEqual([
      `Should ${first?.name} be split out?`,
      "– Does not apply",
    ]);
    await page.goto(
      built.write("decisions", { ...advised, advice: estate.model.components.slice(0, 5).map(({ ref }) => decision(ref)) }),
    );
    await page.waitForSelector("h1[tabindex]");
    expect(await page.textContent(".label")).toBe("5 × does not apply");
    expect(await page.locator("tbody tr").count()).toBe(5);
    await page.locator("tbody a").first().click();
    await page.waitForFunction(() => location.hash.startsWith("#advice/split/"));
    expect(await page.locator("h1").innerText()).toBe(`Should ${first?.name} be split out?`);
    await context.close();
  });
});

function decision(subject: string): Result["advice"][number] {
  return {
    decision: "split",
    subject,
    outcome: "premature",
    assessments: [],
    costs: [],
    benefits: [],
    steps: ["Name an owner."],
    wouldChange: [],
  };
}

test("the page counts as loaded when the view is whole, so that a picture of it is", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() =>
    addEventListener("load", () =>
      Object.assign(window, {
        atLoad: [document.querySelectorAll(".rows > .row").length > 0, document.querySelectorAll(".later").length],
      }),
    ),
  );
  await page.goto(built.write("loaded", estate));
  expect(await page.evaluate(() => (window as unknown as { atLoad: unknown }).atLoad)).toEqual([true, 0]);
  await context.close();
});

test("a deep link never shows the answer, not even for a moment", async () => {
  const address = built.write("deep", estate, {
    change: (html) => html.replace(/(<script type="text\/plain" id="drystone-code">)[\s\S]*?(<\/script>)/, "$1$2"),
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  // A page without its code counts as loaded only when the wait for it is given up.
  const parsed = { waitUntil: "domcontentloaded" } as const;
  await page.goto(`${address}#findings`, parsed);
  expect(await page.locator(".first h1").isVisible()).toBe(false);
  await page.goto(`${address}#answer`, parsed);
  await page.reload(parsed);
  expect(await page.locator(".first h1").isVisible()).toBe(true);
  await context.close();
});

test("without scripts the answer can be read, and hostile text in it is text", async () => {
  const address = built.write("plain", hostileResult());
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  expect(await page.textContent("main")).toContain("In between: some signs of a distributed monolith");
  expect(
    await page.locator("main *").evaluateAll((elements) => [...new Set(elements.map(({ tagName }) => tagName))].sort()),
  ).toEqual(["H1", "HEADER", "P"]);
  await context.close();
});

test("a file without a result, or with half of one, says so", async () => {
  const { page, context } = await openPage(
    browser,
    built.write("broken", estate, { change: (html) => html.replace(/(<script[^>]*id="drystone-data"[^>]*>)[^<]{40}/, "$1") }),
  );
  expect(await page.textContent("h1")).toBe("This report cannot be shown");
  await context.close();
});
