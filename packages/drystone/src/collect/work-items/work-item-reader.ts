/** What work items look like in the tools that record them: rows of states, CDEvents, GitHub, Jira. */
import { at, firstText, listOf, own, textOf, timeOf } from "#collect/records/index.js";
import type { WorkItemFact, WorkStep } from "#model/running.js";

export interface WorkItemReader {
  /** @returns whether it told of a work item. */
  take(path: string, record: unknown, source: string): boolean;
  /** Steps taken so far. */
  count(): number;
  /** Name of the format of a file, where it is experimental. */
  experimental(source: string): string | null;
  done(): WorkItemFact[];
}

interface Draft {
  readonly kind: WorkItemFact["kind"];
  readonly source: string;
  readonly steps: WorkStep[];
  done: number | null;
}

const mostItems = 500_000;
const mostSteps = 2_000;

export function workItemReader(): WorkItemReader {
  const drafts = new Map<string, Draft>();
  const experimental = new Map<string, string>();
  let steps = 0;
  const draft = (id: string, kind: WorkItemFact["kind"], source: string): Draft => {
    const known = drafts.get(id);
    if (known !== undefined) return known;
    const made: Draft = { kind, source, steps: [], done: null };
    if (drafts.size < mostItems) drafts.set(id, made);
    return made;
  };
  const add = (item: Draft, step: WorkStep): void => {
    if (item.steps.length >= mostSteps) return;
    item.steps.push(step);
    steps++;
  };
  return {
    take: (_path, record, source) => {
      if (typeof record !== "object" || record === null) return false;
      for (const [format, read] of readers) {
        if (!read(record, source, draft, add)) continue;
        if (format !== null) experimental.set(source, format);
        return true;
      }
      return false;
    },
    count: () => steps,
    experimental: (source) => experimental.get(source) ?? null,
    done: () =>
      [...drafts]
        .filter(([, item]) => item.steps.length > 0)
        .map(
          ([id, item]): WorkItemFact => ({
            id,
            kind: item.kind,
            steps: inOrder(item.steps),
            done: item.done,
            source: item.source,
          }),
        )
        .sort((a, b) => (a.steps[0]?.at ?? 0) - (b.steps[0]?.at ?? 0) || (a.id < b.id ? -1 : 1)),
  };
}

/** By the name of the format where it is experimental. */
const readers = [
  ["Jira", jira],
  ["timelines of GitHub", githubTimeline],
  [null, github],
  ["GitHub issue events", githubEvent],
  [null, cdEvent],
  [null, row],
] as const;

type Add = (item: Draft, step: WorkStep) => void;
type Of = (id: string, kind: WorkItemFact["kind"], source: string) => Draft;

/** By time; steps that say the same twice are one. Who is assigned stays until somebody else is. */
function inOrder(steps: readonly WorkStep[]): WorkStep[] {
  const sorted = steps.map((step, index) => ({ step, index })).sort((a, b) => a.step.at - b.step.at || a.index - b.index);
  const result: WorkStep[] = [];
  for (const { step } of sorted) {
    const last = result.at(-1);
    if (last !== undefined && last.state === step.state && last.assignee === step.assignee && last.team === step.team) continue;
    result.push(step);
  }
  return result;
}

/** One row per state: `id,state,entered_at[,assignee,team]`. */
function row(record: object, source: string, of: Of, add: Add): boolean {
  const id = firstText(record, ["id", "key", "item", "issue", "ticket"]);
  const state = firstText(record, ["state", "status", "to"]);
  const entered = ["entered_at", "enteredAt", "entered", "time", "timestamp", "at", "date"]
    .map((key) => timeOf(own(record, key)))
    .find((each) => each !== null);
  if (id === null || state === null || entered === undefined || entered === null) return false;
  const item = of(id, "ticket", source);
  add(item, {
    state,
    at: entered,
    assignee: firstText(record, ["assignee", "owner", "person"]),
    team: firstText(record, ["team", "group", "squad"]),
  });
  return true;
}

/** `ticket.created`, `ticket.updated`, `ticket.closed`, alone or inside of a CloudEvent. */
function cdEvent(record: object, source: string, of: Of, add: Add): boolean {
  const isCloud =
    own(record, "specversion") !== undefined && own(record, "data") !== undefined && own(record, "context") === undefined;
  const event = isCloud ? own(record, "data") : record;
  const type = textOf(at(event, "context", "type")) ?? (isCloud ? textOf(own(record, "type")) : null);
  const [, verb] = /^dev\.cdevents\.ticket\.(created|updated|closed)\b/.exec(type ?? "") ?? [];
  if (verb === undefined) return false;
  const id = textOf(at(event, "subject", "id"));
  const time = timeOf(at(event, "context", "timestamp")) ?? timeOf(own(record, "time"));
  if (id === null || time === null) return false;
  const content = at(event, "subject", "content");
  const assignee = textOf(listOf(own(content, "assignees"))[0]) ?? textOf(own(content, "assignee"));
  const item = of(id, "ticket", source);
  const last = item.steps.at(-1)?.state;
  const told = firstText(content, ["status", "state"]);
  add(item, {
    state: told ?? (verb === "created" ? "created" : verb === "closed" ? "closed" : (last ?? "updated")),
    at: time,
    assignee,
    team: firstText(content, ["group", "team"]),
  });
  if (verb === "closed") item.done = time;
  else if (item.done !== null && item.done < time) item.done = null;
  return true;
}

/** An issue or pull request with its timeline put into it. */
function githubTimeline(record: object, source: string, of: Of, add: Add): boolean {
  return listOf(own(record, "timeline")).length > 0 && github(record, source, of, add);
}

/** An issue or pull request, with its timeline where that was put into it. */
function github(record: object, source: string, of: Of, add: Add): boolean {
  const number = own(record, "number");
  const created = timeOf(own(record, "created_at"));
  if (typeof number !== "number" || created === null || own(record, "state") === undefined) return false;
  const isChange = own(record, "pull_request") !== undefined || own(record, "merged_at") !== undefined;
  const item = of(githubId(record, number), isChange ? "change" : "issue", source);
  add(item, { state: "open", at: created, assignee: null, team: null });
  let assignee: string | null = null;
  for (const event of listOf(own(record, "timeline"))) assignee = timelineStep(event, assignee, item, add);
  const closed =
    timeOf(own(record, "merged_at")) ?? timeOf(at(record, "pull_request", "merged_at")) ?? timeOf(own(record, "closed_at"));
  if (closed !== null && own(record, "state") !== "open") {
    item.done = closed;
    add(item, {
      state: own(record, "merged_at") == null && at(record, "pull_request", "merged_at") == null ? "closed" : "merged",
      at: closed,
      assignee,
      team: null,
    });
  }
  return true;
}

/** An event of `repos/OWNER/NAME/issues/events`. */
function githubEvent(record: object, source: string, of: Of, add: Add): boolean {
  const issue = own(record, "issue");
  const number = own(issue, "number");
  if (typeof number !== "number" || typeof own(record, "event") !== "string") return false;
  const item = of(githubId(issue as object, number), own(issue, "pull_request") === undefined ? "issue" : "change", source);
  timelineStep(record, item.steps.at(-1)?.assignee ?? null, item, add);
  return true;
}

function githubId(record: object, number: number): string {
  const [, repository] =
    /github\.com\/(?:repos\/)?([^/]+\/[^/]+)\//.exec(textOf(own(record, "html_url")) ?? textOf(own(record, "url")) ?? "") ?? [];
  return repository === undefined ? `#${number}` : `${repository}#${number}`;
}

/** Labels say the state where a team uses them so; reviews and assignments say who is on. @returns who is assigned afterwards. */
function timelineStep(event: unknown, assignee: string | null, item: Draft, add: Add): string | null {
  const time = timeOf(own(event, "created_at")) ?? timeOf(own(event, "submitted_at"));
  const last = item.steps.at(-1)?.state ?? "open";
  if (time === null) return assignee;
  const step = (state: string, who = assignee, team: string | null = null): void =>
    add(item, { state, at: time, assignee: who, team });
  switch (own(event, "event")) {
    case "labeled": {
      const label = textOf(at(event, "label", "name"));
      if (label !== null) step(label);
      return assignee;
    }
    case "assigned": {
      const who = textOf(at(event, "assignee", "login"));
      step(last, who);
      return who;
    }
    case "unassigned":
      step(last, null);
      return null;
    case "review_requested":
      step("review requested", textOf(at(event, "requested_reviewer", "login")), textOf(at(event, "requested_team", "slug")));
      return assignee;
    case "reviewed":
      step(
        own(event, "state") === "approved"
          ? "approved"
          : own(event, "state") === "changes_requested"
            ? "changes requested"
            : "reviewed",
      );
      return assignee;
    case "ready_for_review":
      step("ready for review");
      return assignee;
    case "reopened":
      step("reopened");
      item.done = null;
      return assignee;
    default:
      return assignee;
  }
}

/** An issue of a Jira search with `expand=changelog`. */
function jira(record: object, source: string, of: Of, add: Add): boolean {
  const [key, fields] = [textOf(own(record, "key")), own(record, "fields")];
  const created = timeOf(own(fields, "created"));
  if (key === null || created === null) return false;
  const item = of(key, "issue", source);
  const changes = listOf(at(record, "changelog", "histories"))
    .flatMap((history) => {
      const time = timeOf(own(history, "created"));
      return time === null ? [] : listOf(own(history, "items")).map((change) => ({ time, change }));
    })
    .sort((a, b) => a.time - b.time);
  const first = (field: string): string | null => {
    const change = changes.find((each) => own(each.change, "field") === field);
    return change === undefined ? null : changed(change.change, "fromString");
  };
  const has = (field: string): boolean => changes.some((each) => own(each.change, "field") === field);
  let state = (has("status") ? first("status") : textOf(at(fields, "status", "name"))) ?? "created";
  let assignee = has("assignee") ? first("assignee") : personOf(own(fields, "assignee"));
  const team = firstText(fields, ["team"]) ?? textOf(at(fields, "team", "name"));
  add(item, { state, at: created, assignee, team });
  for (const { time, change } of changes) {
    const field = own(change, "field");
    if (field === "status") state = changed(change, "toString") ?? state;
    else if (field === "assignee") assignee = changed(change, "toString");
    else continue;
    add(item, { state, at: time, assignee, team });
  }
  const isDone = textOf(at(fields, "status", "statusCategory", "key")) === "done";
  const lastMove = changes.findLast(({ change }) => own(change, "field") === "status")?.time ?? null;
  item.done = timeOf(own(fields, "resolutiondate")) ?? (isDone ? lastMove : null);
  return true;
}

/** `toString` is data here, and every object has a method of that name: only own properties are read. */
function changed(change: unknown, name: "fromString" | "toString"): string | null {
  return textOf(own(change, name));
}

function personOf(person: unknown): string | null {
  return firstText(person, ["emailAddress", "name", "displayName", "accountId"]);
}
