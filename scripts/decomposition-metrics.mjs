// Reproduces the published table of Mono2Micro (Kalia et al., FSE 2021) with our formulas, where the public data is at hand.
// The data has no licence: it is read in place and never copied. Usage: npm run build && node scripts/decomposition-metrics.mjs CLONE
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import {
  businessContextPurity,
  extremeDistribution,
  interfaceNumber,
  interPartitionCalls,
  structuralModularity,
} from "../packages/drystone/dist/derive/decomposition/index.js";

const [clone] = process.argv.slice(2);
if (clone === undefined || !existsSync(clone)) {
  console.log(
    "not run: pass a clone of github.com/kaliaanup/Mono2Micro-FSE-2021   (node scripts/decomposition-metrics.mjs CLONE)",
  );
  process.exit(clone === undefined ? 0 : 2);
}

const git = (...args) => execFileSync("git", ["-C", clone, ...args], { maxBuffer: 1 << 28 });
const show = (path) => git("show", `HEAD:${path}`);
const json = (path) => JSON.parse(show(path).toString("utf8"));
const paths = git("ls-tree", "-r", "--name-only", "HEAD").toString("utf8").split("\n");

const book = unzip(show("experimental_results.xlsx"));
const strings = [...book("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(([, text]) => text.replace(/<[^>]+>/g, ""));
const tools = {
  Mono2Micro: (app, k) => `datasets_runtime/${app}/mono2micro_output/vertical_cluster_assignment_${k}.json`,
  CoGCN: (app, k) => `datasets_runtime/${app}/cogcn_output/vertical_cluster_assignment__${k}.json`,
  MEM: (app, k) => `datasets_runtime/${app}/mem_output/vertical_clustering__${k}.json`,
  Bunch: (app, k) => `datasets_runtime/${app}/bunch_output/${app}_${k}.json`,
};

let cells = 0;
let equal = 0;
for (const { app, sheet } of sheetsByApp()) {
  const calls = Object.entries(json(`datasets_runtime/${app}/mono2micro_output/runtime_call_volume.json`)).map(
    ([key, volume]) => {
      const [from, to] = key.split("--");
      return { from, to, volume };
    },
  );
  const contexts = new Map(Object.entries(json(`datasets_runtime/${app}/mono2micro_output/bcs_per_class.json`)));
  for (const [tool, fileOf] of Object.entries(tools)) {
    const published = sheet.filter((row) => row.tool === tool);
    for (const k of new Set(published.map((row) => row.k))) {
      const path = fileOf(app, k);
      if (!paths.includes(path)) continue;
      const labels = new Map(Object.entries(json(path)).map(([name, part]) => [name, String(part)]));
      const inner = calls.filter(({ from, to }) => ![from, to].some((name) => name.toLowerCase() === "root"));
      const ours = [
        businessContextPurity(contexts, labels),
        interPartitionCalls(inner, labels),
        structuralModularity(calls, labels),
        interfaceNumber(calls, labels),
        extremeDistribution(labels),
      ];
      // Several rows with one K: the released partition belongs to one of them.
      const same = (row) => ours.map((value, at) => value !== null && Math.abs(value - row.values[at]) <= 0.00051);
      const best = published
        .filter((row) => row.k === k)
        .map(same)
        .sort((a, b) => b.filter(Boolean).length - a.filter(Boolean).length)[0];
      cells += best.length;
      equal += best.filter(Boolean).length;
      if (!best.every(Boolean))
        console.log(
          `${app} ${tool} K=${k}: ours ${ours.map((value) => value?.toFixed(3)).join(" ")}; equal ${best.map(Number).join("")}`,
        );
    }
  }
}
console.log(`${equal} of ${cells} published cells (BCP, ICP, SM, IFN, NED) reproduced to three decimals`);
process.exitCode = cells > 0 && equal === cells ? 0 : 1;

/** Rows of each application's sheet: column A names the tool, then K and five scores in each row. */
function sheetsByApp() {
  const names = [...book("xl/workbook.xml").matchAll(/<sheet name="([^"]+)" sheetId="\d+" [^>]*?r:id="([^"]+)"/g)];
  const targets = new Map(
    [...book("xl/_rels/workbook.xml.rels").matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      / Id="([^"]+)"/.exec(tag)?.[1],
      / Target="([^"]+)"/.exec(tag)?.[1],
    ]),
  );
  const apps = new Set(paths.flatMap((path) => /^datasets_runtime\/([^/]+)\//.exec(path)?.[1] ?? []));
  return names.flatMap(([, name, id]) => {
    const app = [...apps].find((one) =>
      name
        .toLowerCase()
        .replace(/[^a-z]/g, "")
        .includes(one),
    );
    return app === undefined ? [] : [{ app, sheet: rowsOf(book(`xl/${targets.get(id)}`)) }];
  });
}

function rowsOf(xml) {
  const rows = [];
  let tool = "";
  for (const [, row] of xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)) {
    const cell = new Map();
    for (const [, column, attributes, body] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const value = /<v>(.*?)<\/v>/.exec(body ?? "")?.[1];
      if (value !== undefined) cell.set(column, attributes.includes('t="s"') ? strings[Number(value)] : value);
    }
    if (cell.get("B") === "K") tool = cell.get("A") ?? "";
    const k = /^(?:k=)?(\d+)$/i.exec(cell.get("B") ?? "")?.[1];
    const values = ["C", "D", "E", "F", "G"].map((column) => Number(cell.get(column) ?? Number.NaN));
    if (k !== undefined && values.every((value) => !Number.isNaN(value))) rows.push({ tool, k: Number(k), values });
  }
  return rows;
}

/** Reads a file of a zip archive by its central directory. */
function unzip(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [method, size, name, extra, comment, place] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ];
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), { method, size, place });
    at += 46 + name + extra + comment;
  }
  return (name) => {
    const { method, size, place } = files.get(name) ?? { method: 0, size: 0, place: 0 };
    const from = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28);
    const body = bytes.subarray(from, from + size);
    return (method === 8 ? inflateRawSync(body) : body).toString("utf8");
  };
}
