import { expect, test } from "vitest";
import { withFiles } from "#collect/records/fixtures/index.js";
import { collectWorkItems } from "./index.js";

const day = (date: number, hour = 9): number => Date.UTC(2026, 5, date, hour) / 1000;
const iso = (date: number): string => new Date(day(date) * 1000).toISOString();

async function read(...texts: string[]) {
  const { workItems, problems } = await withFiles(texts, collectWorkItems, "work");
  return {
    items: workItems.map(({ id, kind, steps, done }) => ({
      id,
      kind,
      done,
      steps: steps.map(({ state, at, assignee, team }) => [state, at, assignee, team]),
    })),
    problems: problems.map(({ message }) => message).filter((message) => !message.includes("experimental")),
  };
}

const ticket = (verb: string, date: number, content: object): object => ({
  context: { type: `dev.cdevents.ticket.${verb}.0.2.0`, timestamp: iso(date) },
  subject: { id: "T-1", content },
});

test("rows that tell nothing are counted", async () => {
  const { items, problems } = await read("id,state,entered_at\nA-1,ready,2026-06-01\nA-2,ready,soon\n,ready,2026-06-01\nA-3\n");
  expect([items.length, problems]).toEqual([1, ["3 of 4 rows have no id, no state or no time and were skipped"]]);
});

test("rows of states, in any order", async () => {
  const text =
    "id,state,entered_at,assignee,team\nA-1,doing,2026-06-02T09:00:00Z,ada,orders\nA-1,ready,2026-06-01T09:00:00Z,,orders\nA-1,done,2026-06-05 09:00,,\nA-2,ready,1780304400,,\n";
  expect(await read(text)).toEqual({
    problems: [],
    items: [
      {
        id: "A-1",
        kind: "ticket",
        done: null,
        steps: [
          ["ready", day(1), null, "orders"],
          ["doing", day(2), "ada", "orders"],
          ["done", day(5), null, null],
        ],
      },
      { id: "A-2", kind: "ticket", done: null, steps: [["ready", 1_780_304_400, null, null]] },
    ],
  });
});

test("Jira: a search with changelog; `toString` is a field there", async () => {
  const issue = {
    key: "SHOP-7",
    fields: {
      created: "2026-06-01T09:00:00.000+0000",
      resolutiondate: "2026-06-08T09:00:00.000+0000",
      status: { name: "Done", statusCategory: { key: "done" } },
      assignee: { displayName: "Ada", emailAddress: "ada@example.com" },
    },
    changelog: {
      histories: [
        { created: "2026-06-08T09:00:00.000+0000", items: [{ field: "status", fromString: "Doing", toString: "Done" }] },
        {
          created: "2026-06-03T11:00:00.000+0200",
          items: [
            { field: "status", fromString: "To Do", toString: "Doing" },
            { field: "assignee", fromString: null, toString: "Ada" },
          ],
        },
        { created: "2026-06-02T09:00:00.000+0000", items: [{ field: "summary", fromString: "a", toString: "b" }] },
      ],
    },
  };
  const expected = {
    problems: [],
    items: [
      {
        id: "SHOP-7",
        kind: "issue",
        done: day(8),
        steps: [
          ["To Do", day(1), null, null],
          ["Doing", day(3), null, null],
          ["Doing", day(3), "Ada", null],
          ["Done", day(8), "Ada", null],
        ],
      },
    ],
  };
  expect(await read(JSON.stringify({ startAt: 0, total: 1, issues: [issue] }, null, 2))).toEqual(expected);
  expect(await read(JSON.stringify(issue))).toEqual(expected);
});

test("GitHub: issues with their timeline, a pull request, and events of the repository", async () => {
  const url = "https://api.github.com/repos/shop/orders/issues/3";
  const issue = {
    url,
    number: 3,
    state: "closed",
    created_at: iso(1),
    closed_at: iso(9),
    timeline: [
      { event: "assigned", created_at: iso(2), assignee: { login: "ada" } },
      { event: "labeled", created_at: iso(3), label: { name: "in review" } },
      { event: "commented", created_at: iso(4) },
      { event: "unassigned", created_at: iso(5), assignee: { login: "ada" } },
    ],
  };
  const pull = {
    url: "https://api.github.com/repos/shop/orders/pulls/4",
    html_url: "https://github.com/shop/orders/pull/4",
    number: 4,
    state: "closed",
    created_at: iso(1),
    merged_at: iso(2),
    closed_at: iso(2),
  };
  const open = {
    url: "https://api.github.com/repos/shop/orders/issues/5",
    number: 5,
    state: "open",
    created_at: iso(6),
    closed_at: null,
  };
  const event = {
    event: "labeled",
    created_at: iso(7),
    label: { name: "doing" },
    issue: { url: "https://api.github.com/repos/shop/orders/issues/5", number: 5 },
  };
  expect(await read(`${JSON.stringify([issue, pull], null, 1)}${JSON.stringify([open])}`, JSON.stringify([event]))).toEqual({
    problems: [],
    items: [
      {
        id: "shop/orders#3",
        kind: "issue",
        done: day(9),
        steps: [
          ["open", day(1), null, null],
          ["open", day(2), "ada", null],
          ["in review", day(3), "ada", null],
          ["in review", day(5), null, null],
          ["closed", day(9), null, null],
        ],
      },
      {
        id: "shop/orders#4",
        kind: "change",
        done: day(2),
        steps: [
          ["open", day(1), null, null],
          ["merged", day(2), null, null],
        ],
      },
      {
        id: "shop/orders#5",
        kind: "issue",
        done: null,
        steps: [
          ["open", day(6), null, null],
          ["doing", day(7), null, null],
        ],
      },
    ],
  });
});

test("CDEvents of tickets, bare and in a CloudEvent", async () => {
  const lines = [
    ticket("created", 1, { group: "orders", assignees: ["ada"] }),
    { specversion: "1.0", type: "x", data: ticket("updated", 2, { status: "doing" }) },
    ticket("closed", 3, {}),
  ];
  expect(await read(lines.map((line) => JSON.stringify(line)).join("\n"))).toEqual({
    problems: [],
    items: [
      {
        id: "T-1",
        kind: "ticket",
        done: day(3),
        steps: [
          ["created", day(1), "ada", "orders"],
          ["doing", day(2), null, null],
          ["closed", day(3), null, null],
        ],
      },
    ],
  });
});

test.each<[string, string]>([
  ["something else", '{"hello":1}\n{"hello":2}\n'],
  ["no times", "id,state,entered_at\nA,doing,soon\n"],
  ["not JSON", "<html></html>"],
])("%s is told", async (_, text) => {
  const { items, problems } = await read(text);
  expect([items, problems.join()]).toEqual([[], expect.stringContaining("no work item was found in it")]);
});
