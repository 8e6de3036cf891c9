/** What was understood of exported files, for a terminal. */
import { isUsualEnd } from "#derive/flow/index.js";
import { seenRelations } from "#derive/traces/index.js";
import type { Facts, RelationFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { counted, newPage, type Page, plainNumber, shorten, tame } from "#report/_shared/index.js";
import { isoDate } from "#util/dates.js";
import type { Terminal } from "./output.js";

type Kind = "traces" | "deploys" | "work" | "load";

const sourceKinds = { traces: "trace", deploys: "deploy", work: "workitem", load: "load" } as const;
const shown = 12;

/** @param output where the facts were written to; null when they were not. */
export function importSummary(facts: Facts, kind: Kind, terminal: Terminal, output: string | null = null): string {
  const page = newPage({ ...terminal, people: "teams" });
  for (const { path, read, facts: found, window } of facts.sources.filter((source) => source.kind === sourceKinds[kind])) {
    const when = window === null ? "" : `, ${window.from} to ${window.to}`;
    page.text(read ? `${plainNumber(found)} ${units[kind]}${when}` : "nothing was read", {
      first: `${shorten(path, 60)}  `,
      firstTone: "strong",
    });
  }
  page.blank();
  if (kind === "traces") printTraces(page, facts);
  else if (kind === "deploys") printDeploys(page, facts);
  else if (kind === "work") printWork(page, facts);
  else printLoad(page, facts);
  printProblems(page, facts, kind);
  printNext(page, facts, kind, output);
  return page.toString();
}

const units = { traces: "spans and calls", deploys: "deploys", work: "steps of work items", load: "series" } as const;

function printTraces(page: Page, facts: Facts): void {
  const { traces, spans, orphans, services, endpoints, unnamed } = facts.traces;
  if (spans > 0) {
    const share = `${((orphans / spans) * 100).toFixed(1)} %`;
    page.text(
      `${many(traces, "trace")} with ${many(spans, "span")}; ${many(orphans, "span")} (${share}) ${orphans === 1 ? "misses its" : "miss their"} parent${unnamed > 0 ? `; ${plainNumber(unnamed)} do not name their service` : ""}.`,
    );
    const asked = endpoints.filter(({ async }) => !async);
    const enough = asked.filter(({ requests, days }) => requests >= 200 && days >= 3).length;
    const messages = endpoints.length - asked.length;
    page.text(
      `${many(asked.length, "endpoint")} with requests, ${plainNumber(enough)} of them with enough to judge (200 requests on 3 days)${messages > 0 ? `; ${many(messages, "endpoint")} that messages start` : ""}.`,
    );
  }
  const emitting = services.filter(({ seenAs }) => seenAs === "emits" || spans === 0);
  printNames(
    page,
    "components",
    emitting.flatMap(({ name, component }) => (component === null ? [] : [[name, shortName(component)] as const])),
  );
  list(
    page,
    "no component",
    emitting.flatMap(({ name, component }) => (component === null ? [name] : [])),
  );
  list(
    page,
    "called outside",
    services.flatMap(({ name, seenAs, component }) => (seenAs === "peer" && spans > 0 && component === null ? [name] : [])),
  );
  const { both, onlyTraces, onlyFiles } = seenRelations(facts);
  page.blank();
  page.text(
    `Relations: ${both.length} in files and traces, ${onlyTraces.length} only in traces, ${onlyFiles.length} only in files.`,
  );
  list(page, "only in traces", onlyTraces.map(arrow));
  list(page, "only in files", onlyFiles.map(arrow));
}

function arrow({ from, to, kind }: RelationFact): string {
  return `${shortName(from)} ${kind === "calls" ? "→" : kind} ${shortName(to)}`;
}

function printDeploys(page: Page, { deploys }: Facts): void {
  const environments = tally(deploys.map(({ environment }) => environment || "(not said)"));
  page.text(
    `${counted(deploys.length, "deploy")} of ${counted(new Set(deploys.map(({ service }) => service)).size, "service")}.`,
  );
  list(page, "environments", environments);
  const failed = deploys.filter(({ success }) => success === false).length;
  const untold = deploys.filter(({ success }) => success === null).length;
  const ending = untold === deploys.length ? "how they ended is not told" : `${plainNumber(failed)} failed`;
  const unclear = untold > 0 && untold < deploys.length ? `; how ${plainNumber(untold)} ended is not told` : "";
  if (deploys.length > 0) page.text(`${ending}${unclear}`, { indent: 2 });
  printNames(
    page,
    "components",
    unique(deploys.flatMap(({ service, component }) => (component === null ? [] : [[service, shortName(component)] as const]))),
  );
  list(
    page,
    "no component",
    [...new Set(deploys.flatMap(({ service, component }) => (component === null ? [service] : [])))].sort(),
  );
}

function printWork(page: Page, { workItems, workStates }: Facts): void {
  const done = workItems.filter((item) => item.done !== null || isUsualEnd(item.steps.at(-1)?.state ?? "")).length;
  const times = workItems.flatMap(({ steps }) => steps.map(({ at }) => at));
  const window =
    times.length === 0
      ? ""
      : `, ${isoDate(times.reduce((a, b) => Math.min(a, b)))} to ${isoDate(times.reduce((a, b) => Math.max(a, b)))}`;
  page.text(`${counted(workItems.length, "work item")}, ${plainNumber(done)} with an end${window}.`);
  list(page, "states", tally(workItems.flatMap(({ steps }) => steps.map(({ state }) => state))));
  if (workStates === null) {
    page.text("Which of these states are work and which are waiting, nobody can infer. Say it in drystone.yaml, e.g.", {
      indent: 2,
    });
    page.command(mapping([...new Set(workItems.flatMap(({ steps }) => steps.map(({ state }) => state)))].sort()), 4);
  }
}

/** A mapping to correct: what it guesses by names is never used to measure. */
function mapping(states: readonly string[]): string {
  const shownStates = states.slice(0, shown);
  const others = shownStates.filter((state) => !isUsualEnd(state));
  const [active, waiting] = [others.filter((state) => !soundsLikeWaiting(state)), others.filter(soundsLikeWaiting)];
  return `inputs: { states: { active: ${inYaml(active)}, waiting: ${inYaml(waiting)}, done: ${inYaml(shownStates.filter(isUsualEnd))} } }`;
}

function soundsLikeWaiting(state: string): boolean {
  return /ready|review|to ?do|backlog|block|wait|open|new|queue|hold|test|approv/i.test(state);
}

/** In quotes where a name could end the list. */
function inYaml(names: readonly string[]): string {
  return `[${names.map((name) => (/^[\w -]+$/.test(name) ? name : JSON.stringify(tame(name, 40)))).join(", ")}]`;
}

function printLoad(page: Page, { loads }: Facts): void {
  const observed = loads.filter(({ declared }) => !declared);
  page.text(
    `${counted(observed.length, "series", "series")} of ${counted(new Set(observed.map(({ service }) => service)).size, "service")}.`,
  );
  printNames(
    page,
    "components",
    unique(observed.flatMap(({ service, component }) => (component === null ? [] : [[service, shortName(component)] as const]))),
  );
  list(
    page,
    "no component",
    [...new Set(observed.flatMap(({ service, component }) => (component === null ? [service] : [])))].sort(),
  );
}

/** `1,146 traces`. */
function many(count: number, one: string): string {
  return `${plainNumber(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** What answers the question that the export is for. */
function printNext(page: Page, facts: Facts, kind: Kind, output: string | null): void {
  const files = facts.sources.filter((source) => source.kind === sourceKinds[kind] && source.repository === "" && source.read);
  if (files.length === 0) return;
  page.blank();
  page.text("Next:", { firstTone: "strong" });
  const lost = kind === "load" ? facts.loads : kind === "deploys" ? facts.deploys : facts.traces.services;
  if (kind !== "work" && lost.some(({ component }) => component === null))
    page.text("where a name leads to no component, add it in drystone.yaml: components: { NAME: { aliases: [OTHER] } }", {
      indent: 2,
    });
  const given = output === null || output === "-" ? `--${kind} FILE` : `--facts ${output}`;
  page.command(kind === "load" ? `drystone advise split NAME ${given}` : `drystone assess ${given}`, 2);
  page.text(answers[kind], { indent: 4 });
}

const answers: Readonly<Record<Kind, string>> = {
  traces: "who really calls whom, whether services are chatty, and which relations only files or only traces know",
  deploys: "whether services go out together beyond what working hours explain (8 weeks, 20 deploys of each)",
  work: "how long work takes, where it waits, and for which team",
  load: "whether a part scales at a different rate (6 months, or 14 days by the hour)",
};

function unique(pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...new Map(pairs)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Names, with the component behind the name where it is another one. */
function printNames(page: Page, label: string, pairs: readonly (readonly [string, string])[]): void {
  list(
    page,
    label,
    pairs.map(([name, component]) => (name.toLowerCase() === component.toLowerCase() ? component : `${name} = ${component}`)),
  );
}

function list(page: Page, label: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  page.text(
    `${names
      .slice(0, shown)
      .map((name) => tame(name, 60))
      .join(", ")}${more}`,
    { indent: 2, first: `${label}: `, firstTone: "quiet" },
  );
}

/** The most frequent first, with counts. */
function tally(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word, n]) => `${word} (${plainNumber(n)})`);
}

function printProblems(page: Page, { sources, problems }: Facts, kind: Kind): void {
  const paths = new Set([kind, ...sources.filter((source) => source.kind === sourceKinds[kind]).map(({ path }) => path)]);
  const own = problems.filter(({ path }) => paths.has(path));
  if (own.length === 0) return;
  page.blank();
  for (const { path, message, hint } of own.slice(0, shown))
    page.text(`${shorten(path, 60)}: ${tame(message, 300)} (${tame(hint, 160)})`, { first: "! ", firstTone: "between" });
}
