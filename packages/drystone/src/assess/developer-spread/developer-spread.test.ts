import { describe, expect, test } from "vitest";
import { type Change, type Shop, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { assessDeveloperSpread } from "./developer-spread.js";

const services = { a: null, b: null, c: null, d: null, e: null, f: null };
const names = Object.keys(services);

/** Twelve changes by each person, round robin over the given services. */
function work(people: readonly string[], over: (person: number) => readonly string[]): Change[] {
  return people.flatMap((person, at) =>
    over(at).flatMap((service, index, own) =>
      weekly(Math.ceil(12 / own.length), { by: [person], touches: [service] }, 20, at + index),
    ),
  );
}

function assessed(shop: Omit<Shop, "services"> & Partial<Shop>) {
  return assessDeveloperSpread(smallEstate({ services, ...shop })).assessment;
}

describe("without teams: share of developers with more than three effective services", () => {
  const six = ["ada", "bob", "cyd", "dan", "eve", "fay"];
  test.each<[string, readonly Change[], string, number | null]>([
    ["everybody everywhere", work([...six, "gus", "hal"], () => names), "present", 1],
    ["everybody in one place", work([...six, ...six.map((name) => `${name}2`)], (at) => [names[at % 6] ?? "a"]), "absent", 0],
    ["too few people", work(["ada", "bob"], () => names), "unknown", 1],
    ["nobody", [], "unknown", null],
  ])("%s", (_, changes, verdict, value) => {
    const { verdict: word, value: share } = assessed({ changes });
    expect([word, share]).toEqual([verdict, value]);
  });

  test("eight people or fewer are said to be one team", () => {
    expect(assessed({ changes: work(six, () => names) }).reasons.join(" ")).toContain("6 active people are the size of one team");
  });
});

function shop(inside: number, outside: number): Shop {
  return {
    services: { a: "red", b: "blue" },
    teams: { red: ["ada"], blue: ["bob"] },
    changes: [...weekly(inside, { by: ["ada"], touches: ["a"] }, 3), ...weekly(outside, { by: ["bob"], touches: ["a"] }, 5, 1)],
  };
}

describe("with teams: share of changes outside of the owning team", () => {
  test.each<[number, number, string]>([
    [100, 0, "absent"],
    [50, 50, "present"],
    [10, 5, "unknown"],
  ])("%d inside, %d outside: %s", (inside, outside, verdict) => {
    const { assessment } = assessDeveloperSpread(smallEstate(shop(inside, outside)));
    expect(assessment.verdict).toBe(verdict);
  });

  test("a team that owns four services and changes only those is not spread", () => {
    const changes = weekly(120, { by: ["ada"], touches: ["a"] }, 2).map((change, at) => ({
      ...change,
      touches: [names[at % 4] ?? "a"],
    }));
    const estate = smallEstate({
      services: { a: "red", b: "red", c: "red", d: "red", e: "blue" },
      teams: { red: ["ada"], blue: ["bob"] },
      changes,
    });
    expect(assessDeveloperSpread(estate).assessment).toMatchObject({ verdict: "absent", value: 0 });
  });
});

test("no name, handle or address of anybody is in the output", () => {
  const text = JSON.stringify(
    assessDeveloperSpread(smallEstate({ services, changes: work(["ada.lovelace", "grace"], () => names) })),
  );
  expect(text).not.toMatch(/ada|lovelace|grace/i);
});

test("people: off", () => {
  expect(assessed({ changes: work(["ada"], () => names), people: "off" }).verdict).toBe("not-applicable");
});
