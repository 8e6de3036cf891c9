/** The shape of drystone.yaml; `schema/drystone.schema.json` is generated from it. Everything is optional. */
import * as z from "zod";
import { answerable, componentKinds } from "#model/facts.js";
import { endOfDay } from "#util/dates.js";
import { globMistake } from "./globs.js";
import { policySchemas } from "./policy-schema.js";

const text = z.string().trim().min(1).max(1000);
const texts = z.union([text, z.array(text).max(1000)], { error: "expected a text or a list of texts" });
const glob = z
  .string()
  .trim()
  .max(1000)
  .superRefine((value, context) => {
    const mistake = globMistake(value);
    if (mistake !== null) context.addIssue({ code: "custom", message: mistake });
  });
const globs = z.union([glob, z.array(glob).max(1000)], { error: "expected a path glob or a list of them" });
const day = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "expected a date such as 2026-01-31")
  .meta({ description: 'A day, month or year: 2026-01-31, 2026-01, "2026"' });

const wholeDay = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "expected a day such as 2026-01-31")
  .refine((value) => endOfDay(value) !== null, "expected a day that there is");

const component = z
  .strictObject({
    paths: globs
      .optional()
      .meta({ description: "Folders or globs relative to the repository: services/orders/**. {a,b} lists, {name} captures" }),
    match: globs.optional().meta({ description: "Another word for paths" }),
    repository: text.optional().meta({ description: "Where the paths are, when it is not the repository of this file" }),
    kind: z.enum(componentKinds).optional().meta({ description: "Default: service" }),
    partOf: text.optional().meta({ description: "The deployable that a module belongs to" }),
    owner: texts.optional().meta({ description: "Team, @organisation/team, @user or e-mail address" }),
    aliases: z
      .array(text)
      .max(1000)
      .optional()
      .meta({ description: "Other names: former folder, container, host, service.name" }),
    technology: text.optional(),
  })
  .nullable();

const member = z.union(
  [
    text,
    z.strictObject({
      id: text.meta({ description: "E-mail address, @handle or full name" }),
      from: day.optional(),
      to: day.optional(),
    }),
  ],
  { error: "expected an e-mail address, @handle or full name, or { id, from, to }" },
);

const team = z
  .strictObject({
    members: z.array(member).max(1000).optional(),
    functions: z
      .array(text)
      .max(100)
      .optional()
      .meta({ description: "What the team can do itself: product, backend, frontend, data, operations, security" }),
    mission: text.optional(),
    parent: text.optional().meta({ description: "The team or unit above" }),
  })
  .nullable();

const threshold = z.strictObject({
  value: z.number(),
  reason: text.meta({ description: "Why this system differs; printed with every verdict that uses it" }),
});

const answer = z.strictObject({
  answer: z.union([z.enum(["yes", "no"]), z.boolean()], { error: "expected yes or no" }).meta({ description: "What you say" }),
  by: text.meta({ description: "Who says so: a team or a person; printed with the answer" }),
  on: wholeDay.meta({ description: "The day of the answer: 2026-01-31" }),
  until: wholeDay.optional().meta({ description: "The last day on which it counts; six months after the answer at most" }),
  why: text.meta({ description: "What it rests on; printed with the answer" }),
});

export const configSchema = z
  .strictObject({
    system: z
      .union(
        [
          text,
          z.strictObject({ name: text, tickets: text.optional().meta({ description: "Ticket keys, # for the number: SHOP-#" }) }),
        ],
        {
          error: "expected the name of the system, or { name, tickets }",
        },
      )
      .optional()
      .meta({ description: "What is assessed together" }),
    repositories: z.array(text).max(1000).optional().meta({ description: "Folders of the repositories, relative to this file" }),
    components: z
      .record(text, component)
      .optional()
      .meta({ description: "By name; {name} in it is filled from a capture in paths" }),
    ...policySchemas,
    owners: z
      .record(
        glob,
        z.union([text, z.array(text).max(100), z.null()], {
          error: "expected an owner, a list of owners, or nothing to clear ownership",
        }),
      )
      .optional()
      .meta({ description: "Path glob to owner; the last match wins, as in CODEOWNERS, which it overrides" }),
    teams: z.record(text, team).optional(),
    aliases: z
      .strictObject({
        people: z
          .array(z.array(text).min(1).max(100))
          .max(10_000)
          .optional()
          .meta({ description: "Spellings of one person; the first is shown unless it is an address" }),
        bots: z
          .array(text)
          .max(1000)
          .optional()
          .meta({ description: "Names, logins or addresses of bots; * at the end for any rest" }),
      })
      .optional(),
    thresholds: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/, "expected a parameter such as A1.tHi"),
        threshold,
      )
      .optional(),
    people: z.enum(["teams", "handles", "off"]).optional().meta({ description: "How people appear in reports" }),
    units: z.record(text, z.unknown()).optional().meta({ description: "Groups of teams with one interface" }),
    inputs: z
      .strictObject({
        traces: texts.optional(),
        deploys: texts.optional(),
        work: texts.optional(),
        load: texts.optional(),
        states: z
          .strictObject({
            active: texts.optional().meta({ description: "States in which somebody works on an item" }),
            waiting: texts.optional().meta({ description: "States in which an item waits" }),
            done: texts.optional().meta({ description: "States in which it is done" }),
            teams: z.record(text, text).optional().meta({ description: "State to the team that must act in it" }),
          })
          .optional()
          .meta({ description: "What the states of work items mean" }),
      })
      .optional()
      .meta({ description: "Files of lasting traces, deploys, work items and load, relative to this file" }),
    distribution: z
      .enum(["services", "bundled"])
      .optional()
      .meta({ description: "bundled: customers get all of it as one product, in one version (default: services)" }),
    answers: z
      .record(text, z.partialRecord(z.enum(answerable), answer))
      .optional()
      .meta({ description: "By component, folder or glob: what people answer to the questions before a split" }),
  })
  .nullable()
  .meta({ title: "drystone.yaml", description: "What Drystone cannot infer from the repositories" });

export type RawConfig = NonNullable<z.infer<typeof configSchema>>;

/** The published JSON Schema (draft 2020-12). */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: "input" });
}
