/** A page in a browser, with everything that went wrong on it. */
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";

export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, and requests for anything but the file itself. */
  readonly wrong: readonly string[];
}

/** @param options `tools` runs before the page does: it comes through the debugger, which the policy does not bind. */
export async function openPage(
  browser: Browser,
  address: string,
  { tools, ...options }: Parameters<Browser["newContext"]>[0] & { readonly tools?: string } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
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

/** Goes to a view and waits until all of it is drawn. */
export async function showView(page: Page, view: string): Promise<void> {
  await page.evaluate(async (hash) => {
    location.hash = hash;
    do await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    while (document.querySelector(".later") !== null);
  }, view);
}

export const axeSource = axe.source;

const rules = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] };

/** Violations of WCAG 2.2 AA on a page that was opened with `axeSource`: `rule (places) first place`. @param within a selector. @param without rules that are left out. */
export async function violationsOn(page: Page, within = "html", without: readonly string[] = []): Promise<string[]> {
  const options = {
    runOnly: rules,
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    resultTypes: ["violations"],
  };
  return page.evaluate(
    async ({ asked, place }) => {
      const { axe: tool } = window as unknown as AxeWindow;
      const { violations } = await tool.run(place, asked);
      return violations.map(({ id, nodes }) => `${id} (${nodes.length}) ${nodes[0]?.html.slice(0, 200)}`);
    },
    { asked: options, place: within },
  );
}

interface AxeWindow {
  readonly axe: {
    readonly run: (
      place: string,
      options: object,
    ) => Promise<{
      readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
    }>;
  };
}
