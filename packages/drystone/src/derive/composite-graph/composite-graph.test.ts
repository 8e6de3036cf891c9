import { expect, test } from "vitest";
import { deriveEstate } from "#derive/estate/index.js";
import { viewFiles } from "#derive/files/index.js";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import { defaultParameters } from "#model/parameters.js";
import { compositeGraph } from "./index.js";

const files = Array.from({ length: 60 }, (_, at) => `shop/f${String(at).padStart(2, "0")}.js`);

/** @param importsOf places of the files that a file imports. */
function hubsOf(importsOf: (at: number) => readonly number[]): readonly string[] {
  const { facts } = smallEstate({ services: { shop: null }, changes: [] });
  const edges = files.flatMap((_, from) => importsOf(from).map((to) => ({ from, to })));
  const estate = deriveEstate(
    {
      ...facts,
      repositories: facts.repositories.map((repository) => ({ ...repository, files })),
      imports: [
        {
          repository: "shop",
          files,
          from: edges.map(({ from }) => from),
          to: edges.map(({ to }) => to),
          lines: edges.map(() => 1),
          kinds: edges.map(() => "value" as const),
          packages: [],
          unresolved: [],
          counts: [],
        },
      ],
    },
    defaultParameters,
    null,
  );
  return compositeGraph(estate, viewFiles(estate)).hubs;
}

test.each<[string, (at: number) => readonly number[], readonly string[]]>([
  [
    "every file is imported by twelve others: none ties all together",
    (at) => Array.from({ length: 12 }, (_, step) => (at + step + 1) % 60),
    [],
  ],
  ["one file is imported by all others", (at) => (at === 0 ? [] : [0, (at + 1) % 60]), ["shop/f00.js"]],
  ["one file is imported by nine: few make no hub", (at) => (at > 0 && at < 10 ? [0] : []), []],
])("%s", (_, importsOf, hubs) => {
  expect(hubsOf(importsOf)).toEqual(hubs);
});
