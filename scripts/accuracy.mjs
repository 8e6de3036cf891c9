// How well recovery does on systems with a checked architecture.
// usage: npm run accuracy -- DIR [--groundtruth DIR] [--predictions DIR] [--facts DIR] [--only ID,…] [--misses]
// --facts takes facts that were collected before, as `<id>.facts.json`.
// DIR holds a checkout per system, named by its id; configuration that lives in repositories of its own stands in `<id>.config` or `<id>.config-*` beside it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { folder, truthFolder, predictionFolder, factsFolder, only, misses } = options(process.argv.slice(2));
const { scoreApp } = await import(pathToFileURL(join(truthFolder, "score.mjs")).href);

const truths = readdirSync(truthFolder)
  .filter((file) => file.endsWith(".json"))
  .sort()
  .map((file) => JSON.parse(readFileSync(join(truthFolder, file), "utf8")))
  .filter(({ id }) => existsSync(join(folder, id)) && (only.length === 0 || only.includes(id)));
if (truths.length === 0) fail(`no system of ${truthFolder} is checked out in ${folder}`);

const totals = new Map();
const rows = truths.map((truth) => {
  const started = process.cpuUsage();
  const facts = collect(truth.id);
  const prediction = predictionOf(facts);
  writeFileSync(join(predictionFolder, `${truth.id}.json`), JSON.stringify(prediction, null, 1));
  const scored = {
    ...scoreApp(truth, prediction),
    ...confirmedOnly(truth, facts),
    "async flow": asyncFlows(truth, facts),
    ...assessed(truth, facts),
  };
  for (const [kind, counts] of Object.entries(scored)) add(totals, kind, counts);
  if (misses) printMisses(truth, prediction);
  return { id: truth.id, paper: paperMode(truth, prediction), scored, seconds: (process.cpuUsage(started).user + 0) / 1e6 };
});

const columns = [
  "component:service",
  "component:store",
  "link:business",
  "confirmed",
  "link:infra",
  "async flow",
  "shared data",
  "sync cycle",
  "endpoint",
];
console.log(["system".padEnd(38), ...columns.map((name) => name.replace("component:", "").padStart(18))].join(""));
for (const { id, scored } of rows) {
  console.log([id.padEnd(38), ...columns.map((name) => cell(scored[name]).padStart(18))].join(""));
}
console.log("");
printPaperMode(rows.flatMap(({ paper }) => paper ?? []));
for (const [kind, counts] of [...totals].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const { precision, recall, f1 } = rates(counts);
  console.log(
    `${kind.padEnd(28)} tp ${String(counts.tp).padStart(4)}  fn ${String(counts.fn).padStart(4)}  fp ${String(counts.fp).padStart(4)}   P ${precision}  R ${recall}  F1 ${f1}`,
  );
}

function factsFile(id) {
  return join(factsFolder ?? predictionFolder, `${id}.facts.json`);
}

function collect(id) {
  const output = factsFile(id);
  if (factsFolder !== null) return withoutHistory(output);
  const configs = readdirSync(folder).filter((name) => name === `${id}.config` || name.startsWith(`${id}.config-`));
  execFileSync(
    process.execPath,
    [
      join(root, "packages/drystone/bin/drystone.js"),
      "collect",
      join(folder, id),
      ...configs.flatMap((name) => ["--config-repo", join(folder, name)]),
      "--no-cache",
      "--quiet",
      "--output",
      output,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  return withoutHistory(output);
}

function withoutHistory(file) {
  const { histories: _, ...facts } = JSON.parse(readFileSync(file, "utf8"));
  return facts;
}

/** What the scorer reads: stores count as their server, hints are not claimed. */
function predictionOf({ components, resources, relations, operations }) {
  const stores = resources.filter(({ kind }) => ["datastore", "broker", "cache", "bucket"].includes(kind));
  return {
    components: [
      ...components
        .filter(({ kind }) => kind !== "module" && kind !== "library")
        .map(({ ref, name, kind, aliases }) => ({
          id: ref,
          kind: kind === "website" ? "frontend" : kind,
          aliases: [name, ...aliases],
        })),
      ...stores.map(({ ref, name, kind, aliases }) => ({
        id: ref,
        kind: kind === "bucket" ? "datastore" : kind,
        aliases: [name, ...aliases],
      })),
    ],
    connections: linksOf(relations, stores).map(({ from, to, protocol }) => ({ from, to, kind: protocol })),
    endpoints: operations
      .filter(({ contract, component }) => contract === null && component !== null)
      .map(({ component, path }) => ({ component, path })),
    prefixes: operations
      .filter(({ prefix }) => prefix !== undefined)
      .map(({ component, prefix }) => ({ component, path: prefix })),
  };
}

function linksOf(relations, stores) {
  const known = new Set(stores.map(({ ref }) => ref));
  return relations.filter(
    ({ to, kind, protocol, confidence }) =>
      confidence !== "hint" && protocol !== "code" && kind !== "imports" && (to.startsWith("component:") || known.has(to)),
  );
}

function confirmedOnly(truth, facts) {
  const prediction = predictionOf({
    ...facts,
    relations: facts.relations.filter(({ confidence }) => confidence === "confirmed"),
  });
  return { confirmed: scoreApp(truth, prediction)["link:business"] };
}

/** Pairs of producer and consumer through a topic, by the ids of the truth. */
function asyncFlows(truth, { components, resources, relations }) {
  if (truth.asyncFlows === undefined) return { tp: 0, fn: 0, fp: 0 };
  const id = matcher(truth, components);
  const topics = new Set(resources.filter(({ kind }) => kind === "topic").map(({ ref }) => ref));
  const of = (wanted) => relations.filter(({ kind, to }) => kind === wanted && topics.has(to));
  const found = new Set();
  for (const published of of("publishes"))
    for (const consumed of of("consumes"))
      if (published.to === consumed.to && published.from !== consumed.from)
        found.add(`${id(published.from)}>${id(consumed.from)}`);
  const wanted = new Set(truth.asyncFlows.filter(({ optional }) => !optional).map(({ from, to }) => `${from}>${to}`));
  const allowed = new Set(truth.asyncFlows.map(({ from, to }) => `${from}>${to}`));
  const result = { tp: 0, fn: 0, fp: 0 };
  for (const flow of wanted) result[found.has(flow) ? "tp" : "fn"]++;
  for (const flow of found) if (!allowed.has(flow)) result.fp++;
  if (misses) {
    for (const flow of wanted) if (!found.has(flow)) console.log(`  ${truth.id}: flow missed ${flow}`);
    for (const flow of found) if (!allowed.has(flow)) console.log(`  ${truth.id}: flow wrong ${flow}`);
  }
  return result;
}

/**
 * As arXiv 2412.08352 counts: every arrow of the data flow diagrams of the data set, infrastructure and users included. A link that is found counts for the arrows it stands
 * for, whichever way they point; one that stands for none is wrong. The path of a class of endpoints counts as an endpoint of its own, as it does in the data set. Null for systems outside of the data set.
 */
function paperMode(truth, prediction) {
  if (!truth.components.some(({ datasetName }) => datasetName)) return null;
  const scorer = scoreApp(truth, {
    ...prediction,
    connections: [],
    endpoints: [...prediction.endpoints, ...prediction.prefixes],
  });
  const components = sum(
    Object.entries(scorer)
      .filter(([kind]) => kind.startsWith("component:"))
      .map(([, counts]) => counts),
  );
  const users = truth.components.filter(({ kind }) => kind === "user").map(({ id }) => id);
  const id = new Map(prediction.components.map((component) => [component.id, idOf(truth, component)]));
  const fronts = prediction.components
    .filter(({ kind }) => kind === "gateway" || kind === "frontend")
    .map((component) => component.id);
  const found = new Set([
    ...prediction.connections.map(({ from, to }) => pairs([id.get(from) ?? from, id.get(to) ?? to])[0]),
    ...fronts.flatMap((front) => users.map((user) => pairs([user, id.get(front) ?? front])[0])),
  ]);
  const connections = { tp: 0, fn: 0, fp: 0 };
  const known = new Set();
  for (const { from, to, dataset = [] } of truth.connections) {
    const [pair] = pairs([from, to]);
    known.add(pair);
    for (const { inPaper } of dataset) if (inPaper) connections[found.has(pair) ? "tp" : "fn"]++;
  }
  for (const pair of found) if (!known.has(pair)) connections.fp++;
  return { components, connections, endpoints: scorer.endpoint ?? { tp: 0, fn: 0, fp: 0 } };
}

/** The component of the truth that the scorer takes a predicted one for; null when it knows none. */
function idOf(truth, component) {
  const hit = truth.components.find((one) => {
    const alone = scoreApp(
      { ...truth, components: truth.components, connections: [], endpoints: [] },
      { components: [component], connections: [{ from: component.id, to: one.id }] },
    );
    return alone["link:unresolved"] === undefined && !Object.keys(alone).some((kind) => kind.startsWith("link:"));
  });
  return hit?.id ?? null;
}

function sum(all) {
  return all.reduce((total, { tp, fn, fp }) => ({ tp: total.tp + tp, fn: total.fn + fn, fp: total.fp + fp }), {
    tp: 0,
    fn: 0,
    fp: 0,
  });
}

function printPaperMode(systems) {
  if (systems.length === 0) return;
  console.log(`In the mode of the paper, ${systems.length} of its systems:`);
  const kinds = ["components", "connections", "endpoints"];
  const totals = kinds.map((kind) => [kind, sum(systems.map((one) => one[kind]))]);
  for (const [kind, counts] of [...totals, ["overall", sum(totals.map(([, counts]) => counts))]]) {
    const { precision, recall, f1 } = rates(counts);
    console.log(
      `${kind.padEnd(28)} tp ${String(counts.tp).padStart(4)}  fn ${String(counts.fn).padStart(4)}  fp ${String(counts.fp).padStart(4)}   P ${precision}  R ${recall}  F1 ${f1}`,
    );
  }
  console.log("");
}

/** What the assessments say of shared data (pairs of services in one table or one database, at the right level) and of circles of calls. */
function assessed(truth, facts) {
  const file = join(predictionFolder, `${truth.id}.result.json`);
  execFileSync(
    process.execPath,
    [
      join(root, "packages/drystone/bin/drystone.js"),
      "assess",
      "--facts",
      factsFile(truth.id),
      "--format",
      "json",
      "--quiet",
      "--output",
      file,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const result = JSON.parse(readFileSync(file, "utf8"));
  const id = matcher(truth, facts.components);
  const wanted = new Map(
    (truth.sharedDatastores ?? []).flatMap(({ users, level: word }) =>
      level(word) === null ? [] : pairs(users).map((pair) => [pair, level(word)]),
    ),
  );
  const found = new Map(
    result.measures
      .filter(({ id: measure }) => measure === "datastore.shared-level")
      // A cache whose keys nobody knows is shared, but not shown to share data.
      .filter(({ detail }) => detail.certain !== "no")
      .map(({ subjects: [a, b], detail }) => [pairs([id(a), id(b)])[0], level(detail.sharing)])
      .filter(([, word]) => word !== null),
  );
  const cycles = result.assessments
    .flatMap(({ findings }) => findings)
    .filter(({ code }) => code === "boundary-quality/sync-cycle")
    .map(({ subjects }) => subjects.map(id).sort(byText).join("~"));
  return {
    "shared data": compared(truth.id, "shared data", wanted, found),
    "sync cycle": compared(truth.id, "sync cycle", truthCycles(truth), new Map(cycles.map((cycle) => [cycle, true]))),
  };
}

function level(word) {
  return /^same-table|^same-database/.exec(word)?.[0] ?? null;
}

/** Circles that share a member are one strongly connected part. */
function truthCycles({ cycles = [] }) {
  const parts = [];
  for (const { members } of cycles.filter(({ kind }) => kind === "sync")) {
    const met = parts.filter((part) => members.some((member) => part.has(member)));
    const joined = new Set([...members, ...met.flatMap((part) => [...part])]);
    parts.splice(0, parts.length, ...parts.filter((part) => !met.includes(part)), joined);
  }
  return new Map(parts.map((part) => [[...part].sort(byText).join("~"), true]));
}

function compared(system, what, wanted, found) {
  const counts = { tp: 0, fn: 0, fp: 0 };
  for (const [key, word] of wanted) counts[found.get(key) === word ? "tp" : "fn"]++;
  for (const [key, word] of found) if (wanted.get(key) !== word) counts.fp++;
  if (misses) {
    for (const [key, word] of wanted) if (found.get(key) !== word) console.log(`  ${system}: ${what} missed ${key} ${word}`);
    for (const [key, word] of found) if (wanted.get(key) !== word) console.log(`  ${system}: ${what} wrong ${key} ${word}`);
  }
  return counts;
}

function pairs(users) {
  return users.flatMap((a, index) => users.slice(index + 1).map((b) => [a, b].sort(byText).join("~")));
}

function matcher(truth, components) {
  const names = new Map();
  for (const { id, aliases = [], paths = [] } of truth.components)
    for (const name of [id, ...aliases, ...paths.map((path) => path.split("/").at(-1))]) names.set(plain(name), id);
  return (ref) => {
    const component = components.find((one) => one.ref === ref);
    return (
      [component?.name ?? ref, ...(component?.aliases ?? [])]
        .map((name) => names.get(plain(name)))
        .find((id) => id !== undefined) ?? ref
    );
  };
}

function plain(text) {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function wrongLinks(scored) {
  return Object.entries(scored).reduce((sum, [kind, { fp }]) => sum + (/^link:\w+$/.test(kind) ? fp : 0), 0);
}

function short(ref) {
  return ref.slice(ref.indexOf("/") + 1);
}

function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function printMisses(truth, prediction) {
  const whole = scoreApp(truth, prediction);
  const without = (connection) => ({ ...prediction, connections: prediction.connections.filter((one) => one !== connection) });
  for (const connection of prediction.connections)
    if (wrongLinks(scoreApp(truth, without(connection))) < wrongLinks(whole))
      console.log(`  ${truth.id}: wrong ${short(connection.from)} > ${short(connection.to)} (${connection.kind})`);
  for (const connection of truth.connections) {
    if (connection.optional || connection.responseOnly) continue;
    const alone = scoreApp({ ...truth, connections: [connection] }, prediction);
    const counted = ["link:business", "link:infra"].some((kind) => alone[kind]?.fn > 0);
    if (counted)
      console.log(
        `  ${truth.id}: missed ${connection.from} > ${connection.to} (${connection.kind}, ${connection.category}) ${(connection.evidence ?? []).join("; ")}`,
      );
  }
  for (const component of truth.components) {
    if (component.optional || ["user", "library"].includes(component.kind)) continue;
    const alone = scoreApp(
      { ...truth, components: [component], connections: [], endpoints: [] },
      { ...prediction, connections: [] },
    );
    if (Object.entries(alone).some(([kind, { fn }]) => kind.startsWith("component") && fn > 0))
      console.log(`  ${truth.id}: component missed ${component.id} (${component.kind})`);
  }
  for (const component of prediction.components) {
    const scored = scoreApp({ ...truth, connections: [], endpoints: [] }, { components: [component], connections: [] });
    if (Object.entries(scored).some(([kind, { fp }]) => kind.startsWith("component") && fp > 0))
      console.log(`  ${truth.id}: component wrong ${short(component.id)} (${component.kind})`);
  }
  if (process.argv.includes("--endpoints") && truth.endpoints?.length) {
    const wantedAt = (list) => new Set(list.map(({ component, path }) => `${short(component)} ${path}`));
    console.log(`  ${truth.id}: endpoints wanted ${[...wantedAt(truth.endpoints)].join(", ")}`);
    console.log(`  ${truth.id}: endpoints found  ${[...wantedAt(prediction.endpoints)].join(", ")}`);
  }
}

function add(sums, kind, { tp, fn, fp }) {
  const sum = sums.get(kind) ?? { tp: 0, fn: 0, fp: 0 };
  sums.set(kind, { tp: sum.tp + tp, fn: sum.fn + fn, fp: sum.fp + fp });
}

function rates({ tp, fn, fp }) {
  const precision = tp + fp === 0 ? 1 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 1 : tp / (tp + fn);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision: precision.toFixed(3), recall: recall.toFixed(3), f1: f1.toFixed(3) };
}

function cell(counts) {
  return counts === undefined ? "" : `${counts.tp}/${counts.fn}/${counts.fp}  ${rates(counts).f1}`;
}

function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), "drystone-accuracy-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function options(words) {
  const value = (name, fallback) => (words.includes(name) ? words[words.indexOf(name) + 1] : fallback);
  const [first] = words;
  if (first === undefined || first.startsWith("--"))
    fail("usage: npm run accuracy -- DIR [--groundtruth DIR] [--predictions DIR] [--only ID,…] [--misses]");
  const predictions = words.includes("--predictions") ? resolve(value("--predictions", "")) : scratchFolder();
  mkdirSync(predictions, { recursive: true });
  return {
    folder: resolve(first),
    truthFolder: resolve(value("--groundtruth", join(root, "../shared/groundtruth"))),
    predictionFolder: predictions,
    only: value("--only", "").split(",").filter(Boolean),
    misses: words.includes("--misses"),
    factsFolder: words.includes("--facts") ? resolve(value("--facts", "")) : null,
  };
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
