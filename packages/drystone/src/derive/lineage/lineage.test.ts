import { describe, expect, test } from "vitest";
import type { ComponentFact } from "#model/facts.js";
import { emptyHistory, type History, touch } from "#model/history.js";
import { processorTime } from "../../../test/fakes/index.js";
import { componentIndex, followRenames } from "./index.js";

/** One commit: `A path`, `D path`, `M path`, or `R from to` for an exact move. */
type Step = readonly string[];

/** @param steps newest first, as git shows them */
function historyOf(steps: readonly Step[]): History {
  const paths: string[] = [];
  const number = (path: string): number => (paths.includes(path) ? paths.indexOf(path) : paths.push(path) - 1);
  const fileOffsets = [0];
  const files: number[] = [];
  const statuses: number[] = [];
  const renames: number[] = [];
  for (const [commit, touches] of steps.toReversed().entries()) {
    for (const entry of touches) {
      const [letter, first = "", second = ""] = entry.split(" ");
      if (letter === "R") {
        renames.push(commit, number(first), number(second));
        files.push(number(first), number(second));
        statuses.push(touch.deleted, touch.added);
      } else {
        files.push(number(first));
        statuses.push(letter === "A" ? touch.added : letter === "D" ? touch.deleted : touch.modified);
      }
    }
    fileOffsets.push(files.length);
  }
  return {
    ...emptyHistory("shop"),
    committerTimes: Float64Array.from(steps, (_, index) => 1000 + index),
    paths,
    fileOffsets: Int32Array.from(fileOffsets),
    files: Int32Array.from(files),
    statuses: Uint8Array.from(statuses),
    renames: Int32Array.from(renames),
  };
}

function components(...folders: readonly string[]): ComponentFact[] {
  return folders.map(
    (folder) => ({ ref: `component:${folder}`, name: folder, repository: "shop", paths: [folder] }) as unknown as ComponentFact,
  );
}

/** Per commit, newest first, what each touch is called at HEAD and whose it is: `path@component`. */
function lineageOf(steps: readonly Step[], folders: readonly string[]): string[][] {
  const history = historyOf(steps);
  const known = components(...folders);
  const { pathAtHead, component } = followRenames(
    history,
    componentIndex(known, () => true),
  );
  const rows = steps.map((_, commit) => {
    const found: string[] = [];
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      found.push(`${history.paths[pathAtHead[i] ?? 0]}@${known[component[i] ?? -1]?.name ?? "-"}`);
    }
    return found;
  });
  return rows.toReversed();
}

const move = (from: string, to: string, ...files: readonly string[]): string[] =>
  files.map((file) => `R ${from}/${file} ${to}/${file}`);

/** So that no folder goes away with its only file. */
const keep = ["A a/keep", "A b/keep", "A c/keep"];

describe("files: a move is a change at both ends, and all before it belongs to the new name", () => {
  test.each<[string, Step[], string[][]]>([
    [
      "a chain",
      [["M c/f"], ["R b/f c/f"], ["M b/f"], ["R a/f b/f"], ["M a/f"], keep],
      [["c/f@c"], ["b/f@b", "c/f@c"], ["c/f@c"], ["a/f@a", "c/f@c"], ["c/f@c"], ["a/keep@a", "b/keep@b", "c/keep@c"]],
    ],
    [
      "out and back",
      [["M a/f"], ["R b/f a/f"], ["M b/f"], ["R a/f b/f"], ["M a/f"], keep],
      [["a/f@a"], ["b/f@b", "a/f@a"], ["a/f@a"], ["a/f@a", "a/f@a"], ["a/f@a"], ["a/keep@a", "b/keep@b", "c/keep@c"]],
    ],
    [
      "two that change places by a third name",
      [["M a/f", "M b/f"], ["R c/f b/f"], ["R b/f a/f"], ["R a/f c/f"], ["M a/f", "M b/f"], keep],
      [
        ["a/f@a", "b/f@b"],
        ["c/f@c", "b/f@b"],
        ["b/f@b", "a/f@a"],
        ["a/f@a", "b/f@b"],
        ["b/f@b", "a/f@a"],
        ["a/keep@a", "b/keep@b", "c/keep@c"],
      ],
    ],
    [
      "a new file under an old name",
      [["M a/f"], ["A a/f"], ["R a/f b/f"], ["M a/f"], keep],
      [["a/f@a"], ["a/f@a"], ["a/f@a", "b/f@b"], ["b/f@b"], ["a/keep@a", "b/keep@b", "c/keep@c"]],
    ],
  ])("%s", (_, steps, expected) => {
    expect(lineageOf(steps, ["a", "b", "c"])).toEqual(expected);
  });
});

describe("folders", () => {
  test("what was deleted before its folder moved belongs to the new name, over several moves, also where everything has an owner", () => {
    const steps = [
      move("svc/cart", "src/cart", "x", "y", "z"),
      move("svc/basket", "svc/cart", "x", "y", "z"),
      ["D svc/basket/gone"],
      ["M svc/basket/x", "A svc/basket/gone"],
    ];
    const last = (folders: string[]) => lineageOf(steps, folders).slice(2);
    expect(last(["src/cart"])).toEqual([["svc/basket/gone@src/cart"], ["src/cart/x@src/cart", "svc/basket/gone@src/cart"]]);
    expect(last(["", "src/cart"])).toEqual([["svc/basket/gone@src/cart"], ["src/cart/x@src/cart", "svc/basket/gone@src/cart"]]);
  });

  test("a folder that is still there keeps what was deleted in it, however many of its files went elsewhere", () => {
    const steps = [
      move("svc/orders", "svc/billing", "x", "y", "z"),
      ["D svc/orders/gone"],
      ["A svc/orders/gone", "A svc/orders/stays"],
    ];
    expect(lineageOf(steps, ["svc/orders", "svc/billing"]).slice(1)).toEqual([
      ["svc/orders/gone@svc/orders"],
      ["svc/orders/gone@svc/orders", "svc/orders/stays@svc/orders"],
    ]);
  });

  test("a file that is still there is nobody's, though three beside it moved to somebody", () => {
    const steps = [move("docs", "svc/orders/docs", "x", "y", "z"), ["M docs/readme"]];
    expect(lineageOf(steps, ["svc/orders"])[1]).toEqual(["docs/readme@-"]);
  });

  test("a folder that moved and was deleted later belongs to nobody at HEAD", () => {
    const steps = [
      ["D src/cart/x", "D src/cart/y", "D src/cart/z"],
      move("svc/cart", "src/cart", "x", "y", "z"),
      ["M svc/cart/x"],
    ];
    expect(
      lineageOf(steps, ["src/orders"])
        .flat()
        .every((touched) => touched.endsWith("@-")),
    ).toBe(true);
  });

  test("two that change places in one commit", () => {
    const steps = [
      [...move("a", "b", "1", "2", "3"), ...move("b", "a", "4", "5", "6")],
      ["D a/gone", "D b/lost"],
    ];
    // Both folders are still there, so a name alone tells nothing: what was deleted stays with it.
    expect(lineageOf(steps, ["a", "b"])[1]).toEqual(["a/gone@a", "b/lost@b"]);
  });
});

test("ten thousand moves in a row, and one commit that moves everything, take a moment", () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => [
    ...move(`d${index}`, `d${index + 1}`, "x", "y", "z"),
    `D d${index}/gone`,
  ]);
  const everything = [Array.from({ length: 20_000 }, (_, index) => `R old${index}/f new${index}/f`)];
  for (const steps of [chain, everything]) {
    const history = fastHistoryOf(steps);
    const spent = processorTime();
    followRenames(
      history,
      componentIndex(components("d10000"), () => true),
    );
    expect(spent()).toBeLessThan(3000);
  }
});

/** As `historyOf`, for many paths. @param steps oldest first */
function fastHistoryOf(steps: readonly Step[]): History {
  const numbers = new Map<string, number>();
  for (const entry of steps.flat())
    for (const path of entry.split(" ").slice(1)) if (!numbers.has(path)) numbers.set(path, numbers.size);
  const number = (path: string | undefined): number => numbers.get(path ?? "") ?? 0;
  const files = steps.map((touches) => touches.flatMap((entry) => entry.split(" ").slice(1).map(number)));
  let end = 0;
  return {
    ...emptyHistory("shop"),
    committerTimes: Float64Array.from(steps, (_, index) => index),
    paths: [...numbers.keys()],
    fileOffsets: Int32Array.from([0, ...files.map((row) => (end += row.length))]),
    files: Int32Array.from(files.flat()),
    statuses: Uint8Array.from(
      steps.flat().flatMap((entry) => (entry.startsWith("R") ? [touch.deleted, touch.added] : [touch.deleted])),
    ),
    renames: Int32Array.from(
      steps.flatMap((touches, commit) =>
        touches.flatMap((entry) => (entry.startsWith("R") ? [commit, ...entry.split(" ").slice(1).map(number)] : [])),
      ),
    ),
  };
}
