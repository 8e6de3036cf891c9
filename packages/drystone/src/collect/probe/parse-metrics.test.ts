import { expect, test } from "vitest";
import { parseMetrics } from "./parse-metrics.js";

test.each<[string, string, readonly string[]]>([
  ["values of all kinds", "a 1\nb{} 2.5e-3\nc NaN\nd +Inf\ne -Inf 1700000000000\n", []],
  ["escapes in labels", 'a{x="\\"}\\\\",y="{,}"} 1\n', []],
  ["an exemplar", 'a_bucket{le="1"} 3 # {trace_id="x"} 0.5 17.5\n', []],
  ["OpenMetrics", "# TYPE a counter\na_total 1\n# EOF\n", []],
  ["lines of Windows", "# TYPE a gauge\r\na 1\r\n", []],
  ["text", "hello world\n", ['line 1: hello: "world" is no number']],
  ["no value", "a\n", ["line 1: a: no blank before the value"]],
  ["a label that does not end", 'a{x="1} 1\n', ["line 1: a: a label does not end"]],
  ["no quotes", "a{x=1} 1\n", ['line 1: a: its labels are not name="value"']],
  ["a label twice", 'a{x="1",x="2"} 1\n', ["line 1: a: label x stands twice"]],
  ["a type that is none", "# TYPE a number\na 1\n", ["line 1: TYPE a number is no type"]],
  ["a type twice", "# TYPE a gauge\n# TYPE a counter\na 1\n", ["line 2: a second TYPE of a"]],
  ["something behind the end", "# EOF\na 1\n", ["line 2: stands behind # EOF"]],
  [
    "a line without end",
    `# TYPE http histogram\n${"http".repeat(2_000_000)}_bucket{le="1"} 1\n`,
    ["line 2: has more than 10000 characters"],
  ],
  ["a page", "<!doctype html>\n", ["line 1: does not start with the name of a metric"]],
])("%s", (_, text, faults) => expect(parseMetrics(text).faults).toEqual(faults));

test("families with their boundaries", () => {
  const { families, samples } = parseMetrics(
    '# TYPE d histogram\nd_bucket{le="0.5"} 1\nd_bucket{le="1.0"} 2\nd_bucket{le="+Inf"} 2\nd_sum 1\nd_count 2\n',
  );
  expect(samples).toBe(5);
  expect([...families.values()]).toEqual([{ name: "d", type: "histogram", boundaries: [0.5, 1], samples: 5 }]);
});
