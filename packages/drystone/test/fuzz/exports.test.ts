/** Every reader of exports meets damaged files: it returns, in time, and throws nothing. `FUZZ_ROUNDS` and `FUZZ_SEED` as in fuzz.test.ts. */
import { test } from "vitest";
import { collectDeploys } from "#collect/deploys/index.js";
import { collectLoads } from "#collect/load/index.js";
import { withFiles } from "#collect/records/fixtures/index.js";
import { componentNames } from "#collect/records/index.js";
import { otlpLines, plantedTrace } from "#collect/traces/fixtures/index.js";
import { protobufOf } from "#collect/traces/fixtures/protobuf.js";
import { collectTraces } from "#collect/traces/index.js";
import { collectWorkItems } from "#collect/work-items/index.js";
import { processorTime, seededRandom } from "../fakes/index.js";
import { mutate } from "./mutate.js";

const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 60);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
const names = componentNames([], []);
const spans = [1, 2, 3].flatMap((number) => plantedTrace(number, { messages: 0.3, retries: 0.3 }).spans);
const jira =
  '{"issues":[{"key":"A-1","fields":{"created":"2026-06-01T09:00:00.000+0000"},"changelog":{"histories":[{"created":"2026-06-02T09:00:00.000+0000","items":[{"field":"status","fromString":"To Do","toString":"Done"}]}]}}]}';
const texts = [
  otlpLines(spans.slice(0, 40), 5),
  JSON.stringify(JSON.parse(otlpLines(spans.slice(0, 20), 50)), null, 1),
  '{"data":[{"traceID":"a1","spans":[{"traceID":"a1","spanID":"b1","operationName":"x","references":[],"startTime":1780000000000000,"duration":5,"tags":[{"key":"span.kind","value":"server"}],"processID":"p1"}],"processes":{"p1":{"serviceName":"web"}}}]}',
  '[[{"traceId":"a1","id":"b1","kind":"CLIENT","name":"get","timestamp":1780000000000000,"duration":3,"localEndpoint":{"serviceName":"web"},"tags":{"a":"b"}}]]',
  '{"status":"success","data":{"result":[{"metric":{"__name__":"traces_service_graph_request_total","client":"a","server":"b"},"value":[1,"2"]},{"metric":{"service":"a"},"values":[[1780000000,"2"]]}]}}',
  '{"service":"orders","version":"1","time":1780000000,"environment":"prod","success":true}\n{"service":"billing","time":"2026-06-01T09:00:00Z"}\n',
  "id,state,entered_at,assignee,team\nA-1,doing,2026-06-02T09:00:00Z,ada,orders\nA-1,done,2026-06-03T09:00:00Z,,\n",
  jira,
];

test(`damaged exports are read, seed ${seed}`, { timeout: 600_000 + rounds * 2000 }, async () => {
  for (let round = seed; round < seed + rounds; round++) {
    const random = seededRandom(round);
    const text = random.chance(0.2) ? damagedBytes(round) : mutate(random.pick(texts), texts, random);
    const spent = processorTime();
    try {
      await withFiles([text], async (files) => {
        await collectTraces(files, [], names, { most: 30 });
        await collectDeploys(files, names);
        await collectWorkItems(files);
        await collectLoads(files, names);
      });
    } catch (error) {
      throw new Error(`FUZZ_SEED=${round}`, { cause: error });
    }
    if (spent() > 10_000) throw new Error(`FUZZ_SEED=${round} took ${spent() / 1000} s`);
  }
});

function damagedBytes(round: number): Buffer {
  const random = seededRandom(round * 31);
  const bytes = Buffer.from(protobufOf(spans.slice(0, 10)));
  for (let times = 1 + random.integer(8); times > 0; times--) bytes[random.integer(bytes.length)] = random.integer(256);
  return random.chance(0.5) ? bytes : bytes.subarray(0, random.integer(bytes.length));
}
