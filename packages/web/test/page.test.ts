/** The page in a real browser, from disk: every view, both schemes, hostile data, and that nothing leaves it. */
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../drystone/src/model/result.js";
import { faultsOf, schemaOf } from "../../drystone/test/schema/schemas.js";
import { type BuiltPage, buildPage } from "./built-page.js";
import { chromiumPath } from "./chromium.js";
import { hostileResult, syntheticResult } from "./estates/index.js";

const rules = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] };
/** What another scheme can change: the rest is the same page. */
const coloursOnly = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

let built: BuiltPage;
let browser: Browser;

beforeAll(async () => {
  [built, browser] = await Promise.all([
    buildPage(),
    chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] }),
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
const [onePair] = estate.measures.filter(({ id }) => id === "coupling.degree");
const pages = [
  ...views,
  "method/change-coupling",
  "component/s1",
  "component/resource%3Adefault%2Fdb-0",
  `pair/${onePair?.subjects.map((ref) => ref.slice(ref.lastIndexOf("/") + 1)).join("/")}`,
  "team/group%3Adefault%2Fteam-0",
  `finding/${estate.assessments[0]?.findings[0]?.fingerprint}`,
  "finding/gone",
  "no-such-view/%E0%A4%A",
];

/** The whole report repeats the others: once is enough where nothing else is asked of it. */
const single = pages.filter((view) => view !== "whole");

/** All views at once, and the pages of one thing. */
const oncePerColour = ["whole", ...single.filter((view) => !views.includes(view))];

/** A page with everything that went wrong on it. `tools` runs before the page does: it comes through the debugger, which the policy does not bind. */
async function open(
  address: string,
  { tools, ...options }: Parameters<Browser["newContext"]>[0] & { readonly tools?: string } = {},
): Promise<{ page: Page; context: BrowserContext; wrong: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  if (tools !== undefined) await context.addInitScript({ content: tools });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address.split("#")[0]) wrong.push(`request: ${request.url().slice(0, 100)}`);
  });
  await page.goto(address);
  await page.waitForSelector("h1[tabindex], .broken");
  return { page, context, wrong };
}

/** Goes to a view and waits until it is drawn. */
async function show(page: Page, view: string): Promise<void> {
  await page.evaluate(async (hash) => {
    location.hash = hash;
    await new Promise((done) => setTimeout(done, 0));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, view);
  await page.waitForFunction(() => document.querySelector(".later") === null);
}

test.each([
  ["5 services", syntheticResult({ services: 5 })],
  ["40 with long names", syntheticResult({ services: 40, names: "long" })],
  ["200, right to left", syntheticResult({ services: 200, names: "rtl" })],
  ["hostile text", hostileResult()],
])("the made-up estate of %s is a result as published", (_, result) => {
  expect(faultsOf(schemaOf("result"), JSON.parse(JSON.stringify(result)))).toEqual([]);
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test("every view: no request, no error, no violation of WCAG 2.2 AA", async () => {
    const { page, context, wrong } = await open(built.write("estate", estate), { colorScheme, tools: axe.source });
    const violations: string[] = [];
    for (const view of colorScheme === "light" ? single : oncePerColour) {
      await show(page, view);
      const found = await violationsOn(page, colorScheme === "light" ? rules : coloursOnly);
      violations.push(...found.map((each) => `${view}: ${each}`));
    }
    expect(violations).toEqual([]);
    expect(wrong).toEqual([]);
    await page.evaluate(() => {
      const faint = Object.assign(document.createElement("button"), { textContent: "faint" });
      faint.style.setProperty("color", "#777");
      faint.style.setProperty("background", "#888");
      document.querySelector("main")?.append(faint, document.createElement("button"));
    });
    const seeded = (await violationsOn(page, colorScheme === "light" ? rules : coloursOnly)).map((each) => each.split(" ")[0]);
    expect(seeded).toEqual(
      expect.arrayContaining(colorScheme === "light" ? ["button-name", "color-contrast"] : ["color-contrast"]),
    );
    await context.close();
  });
});

async function violationsOn(page: Page, runOnly: typeof rules): Promise<string[]> {
  return page.evaluate(async (asked) => {
    const { axe: tool } = window as unknown as AxeWindow;
    const { violations } = await tool.run({ runOnly: asked, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 200)}`);
  }, runOnly);
}

interface AxeWindow {
  readonly axe: {
    readonly run: (options: object) => Promise<{
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }>;
  };
}

test.each([
  ["5 services", syntheticResult({ services: 5 }), 390],
  ["40 services with names of 60 characters", syntheticResult({ services: 40, names: "long" }), 390],
  ["40 services, right to left", syntheticResult({ services: 40, names: "rtl" }), 1280],
  ["200 services", syntheticResult({ services: 200 }), 390],
] as const)("%s: every view fits and names the thing it shows", async (name, result, width) => {
  const { page, context, wrong } = await open(built.write(name.replaceAll(/\W/g, ""), result), {
    viewport: { width, height: 800 },
  });
  const wide: string[] = [];
  for (const view of single) {
    await show(page, view);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wide.push(`${view} is ${over} px too wide`);
  }
  expect(wide).toEqual([]);
  expect(wrong).toEqual([]);
  await show(page, "component/s1");
  expect(await page.textContent("h1")).toContain((result.model.components[1]?.name ?? "").slice(0, 20));
  await context.close();
});

test("hostile data is text, in every view and in print", async () => {
  const result = hostileResult();
  const { page, context, wrong } = await open(built.write("hostile", result));
  for (const view of pages) {
    await show(page, view);
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
  await show(page, "whole");
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

describe("with the keyboard", () => {
  test("search finds a component, Enter opens it, the heading has the focus, going back goes back", async () => {
    const { page, context } = await open(built.write("keyboard", estate));
    const name = estate.model.components[5]?.name ?? "";
    await page.keyboard.press("/");
    await page.keyboard.type(name);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      (text) => document.activeElement?.tagName === "H1" && document.activeElement.textContent?.includes(text),
      name,
    );
    expect(new URL(page.url()).hash).toBe("#component/s5");
    expect(await page.title()).toBe(`${name} – shop`);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Is this a distributed monolith?");
    await context.close();
  });

  test("the first stop skips to the content", async () => {
    const { page, context } = await open(built.write("skip", estate));
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await context.close();
  });

  test("from the answer to a commit in three clicks, with the command that shows it", async () => {
    const { page, context } = await open(built.write("clicks", estate));
    await page.click("text=Changes spread over services");
    await page.click(".findings a");
    expect(await page.textContent(".evidence li .command code")).toMatch(/^git -C shop show -m --first-parent [0-9a-f]{12}$/);
    await context.close();
  });
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
  const { page, context } = await open(built.write("against", estate, { before }));
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
  const off = await open(built.write("off", result, { people: "off" }));
  expect(await off.page.locator("nav a").allInnerTexts()).not.toContain("Ownership");
  expect(await off.page.textContent("main")).toContain("left out");
  await off.context.close();
  const teams = await open(built.write("teams", result));
  expect(await teams.page.evaluate(() => document.getElementById("drystone-data")?.textContent)).not.toContain("lovelace");
  await show(teams.page, "whole");
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
    const { page, context, wrong } = await open(built.write("one-question", baseline));
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

  test("many decisions are a table, each with a page of its own", async () => {
    const advice = estate.model.components.slice(0, 5).map(({ ref }) => decision(ref));
    const { page, context } = await open(`${built.write("decisions", { ...estate, advice })}#advice`);
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

test("a commit is found by the start of its id, and leads to what rests on it", async () => {
  const { page, context } = await open(built.write("commits", estate));
  const commit = estate.assessments
    .flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence))
    .find(({ type }) => type === "commit");
  const id = commit?.type === "commit" ? commit.commit : "";
  await page.fill("#search", id.slice(0, 9));
  const [found] = await page.locator(".found a").allInnerTexts();
  expect(found).toMatch(new RegExp(`^commit\\s*${id.slice(0, 12)}`));
  await page.locator(".found a").first().click();
  await page.waitForFunction(() => /^#(finding|pair)\//.test(location.hash));
  await context.close();
});

test("a deep link never shows the answer, not even for a moment", async () => {
  const address = built.write("deep", estate, { change: (html) => html.replace(/<script type="module"[\s\S]*?<\/script>/, "") });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${address}#findings`);
  expect(await page.locator(".first h1").isVisible()).toBe(false);
  await page.goto(`${address}#answer`);
  await page.reload();
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
  const { page, context } = await open(
    built.write("broken", estate, { change: (html) => html.replace(/(<script[^>]*id="drystone-data"[^>]*>)[^<]{40}/, "$1") }),
  );
  expect(await page.textContent("h1")).toBe("This report cannot be shown");
  await context.close();
});
