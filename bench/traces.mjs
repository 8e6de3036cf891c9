/**
 * Reading traces against the floor: CPU of counting a million spans over CPU of JSON.parse on the same lines, alternating, and the peak memory of both.
 * Two shapes: spans with many attributes in large lines, and compact ones with few in lines of one service each.
 * `node bench/traces.mjs [SPANS] [RUNS]`; the product must have been built. Each run has a process of its own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCompactTraces } from "./generate-compact-traces.mjs";
import { writeTraces } from "./generate-traces.mjs";

const [, self, mode, ...rest] = process.argv;

if (mode === "parse") {
  const before = process.cpuUsage();
  const bytes = readFileSync(rest[0]);
  let from = 0;
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
    if (JSON.parse(bytes.toString("utf8", from, at)).resourceSpans) lines++;
    from = at + 1;
  }
  report(before, { lines });
} else if (mode === "read") {
  const { collectTraces } = await import("../packages/drystone/dist/collect/traces/index.js");
  const { componentNames } = await import("../packages/drystone/dist/collect/records/index.js");
  const before = process.cpuUsage();
  const { traces } = await collectTraces(rest, [], componentNames([], []));
  report(before, { spans: traces.spans, late: traces.late, endpoints: traces.endpoints.length, calls: traces.calls.length });
} else {
  const [spans, runs] = [Number(mode ?? 1_000_000), Number(rest[0] ?? 3)];
  const medians = [compare("many attributes", writeTraces, spans, runs), compare("compact", writeCompactTraces, spans, runs)];
  process.exitCode = medians.every((median) => median <= 3) ? 0 : 1;
}

function report(before, counts) {
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(
    JSON.stringify({ seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, ...counts }),
  );
}

/** @returns median of the ratios. */
function compare(shape, write, spans, runs) {
  const folder = mkdtempSync(join(tmpdir(), "drystone-bench-"));
  const file = join(folder, "traces.jsonl");
  try {
    const written = write(file, spans);
    process.stdout.write(`${shape}: ${written} spans, ${Math.round(statSync(file).size / 1e6)} MB\n`);
    const ratios = [];
    for (let run = 0; run < runs; run++) {
      const [floor, own] = [measure("parse", file), measure("read", file)];
      ratios.push(own.seconds / floor.seconds);
      process.stdout.write(
        `JSON.parse ${floor.seconds.toFixed(2)} s; drystone ${own.seconds.toFixed(2)} s (${ratios.at(-1).toFixed(2)} ×), peak ${Math.round(own.megabytes)} MB; ${own.late} late, ${own.endpoints} endpoints, ${own.calls} calls\n`,
      );
    }
    const median = ratios.toSorted((a, b) => a - b)[ratios.length >> 1];
    process.stdout.write(`median ${median.toFixed(2)} × JSON.parse (limit 3)\n`);
    return median;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(what, file) {
  const { stdout, status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL(`file://${self}`)), what, file], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
