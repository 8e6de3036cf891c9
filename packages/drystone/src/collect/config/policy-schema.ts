/** The shape of `modules`, `layers` and `rules` in drystone.yaml, and of `module.yml` beside a module. */
import * as z from "zod";
import { boundaryRules, enforcements, strictnesses } from "#model/modules.js";
import { globMistake } from "./globs.js";

const text = z.string().trim().min(1).max(1000);
const texts = z.union([text, z.array(text).max(1000)], { error: "expected a text or a list of texts" });
const glob = z
  .string()
  .trim()
  .max(1000)
  .superRefine((value, context) => {
    const mistake = globMistake(value.replace(/^!/, ""));
    if (mistake !== null) context.addIssue({ code: "custom", message: mistake });
  });
const globs = z.union([glob, z.array(glob).max(1000)], { error: "expected a path glob or a list of them" });
const enforcement = z.enum(enforcements);
const enforce = z.partialRecord(z.enum(boundaryRules), enforcement).meta({
  description: "Per rule: off, warn (shown, never fails), new (fails unless accepted: the default), strict (fails even then)",
});

const face = z.union(
  [globs, z.strictObject({ files: globs, to: texts.optional().meta({ description: "For whom: modules, tag:…, owner:…" }) })],
  {
    error: "expected path globs, or { files, to }",
  },
);

/** What a module may say of itself, in drystone.yaml or in its own module.yml. */
const statements = {
  public: z
    .union([globs, z.record(text, face)], { error: "expected path globs, or named interfaces with their files" })
    .optional()
    .meta({
      description:
        "Files that others may import, relative to the module. A map names interfaces: { default: [index.ts], events: [events/**] }. Default: exports of package.json, else index.*, else all",
    }),
  uses: z.array(text).max(1000).optional().meta({
    description: "Modules that it may use: catalog, orders::events, tag:shared, npm:react. Left out: any public interface",
  }),
  visibleTo: texts
    .optional()
    .meta({ description: "Modules that may use it; * is everybody. A module inside another is visible to that one" }),
  layer: text.optional().meta({ description: "One of layers" }),
  utility: z.boolean().optional().meta({ description: "True: everybody may use it, from any layer, without saying so" }),
  tags: z.array(text).max(100).optional().meta({ description: "Words that rules speak about: tag:ui" }),
  owner: texts.optional().meta({ description: "Team, @organisation/team, @user or e-mail address" }),
  tables: texts.optional().meta({ description: "Database tables that are its own; * for any rest of a name" }),
  enforce: enforce.optional(),
};

const module = z.strictObject({
  name: text.optional().meta({ description: "Default: what the captures found, else the folder" }),
  match: globs.meta({
    description: "Folders or globs; {name} makes one module per folder. A match inside another module makes a child of it",
  }),
  ...statements,
});

export const moduleFileSchema = z
  .strictObject(statements)
  .nullable()
  .meta({ title: "module.yml", description: "What a module says of itself" });

const layer = z.union(
  [
    text,
    z.strictObject({ name: text, closed: z.boolean().optional().meta({ description: "True: layers above may not go past it" }) }),
  ],
  { error: "expected the name of a layer, a | b for layers beside each other, or { name, closed }" },
);

const dependency = z.strictObject({
  from: texts.meta({ description: "Module, tag:…, owner:…, layer:…, or a path glob; ! takes out of what stands before" }),
  to: texts.meta({ description: "The same, or a package: npm:react, node:fs, npm:(undeclared), npm:(dev)" }),
  kinds: z
    .array(z.enum(["value", "type", "dynamic", "reexport"]))
    .max(4)
    .optional()
    .meta({ description: "Default: all" }),
  transitive: z.boolean().optional().meta({ description: "Also by way of other files" }),
  why: text.optional().meta({ description: "Printed with every finding" }),
  see: text.optional().meta({ description: "A decision record or page" }),
  enforce: enforcement.optional(),
});

const rule = z.strictObject({
  deny: dependency.optional(),
  allow: dependency.optional().meta({ description: "An exception from every other rule about single imports" }),
  types: z.enum(strictnesses).optional().meta({ description: "Imports of types alone: same, warn (default) or ignore" }),
  tests: z.enum(strictnesses).optional().meta({ description: "Imports in tests: same, warn or ignore (default)" }),
  enforce: enforce.optional().meta({ description: "For all modules" }),
});

export const policySchemas = {
  modules: z.array(module).max(5000).optional().meta({ description: "Code boundaries: what is public, and what may be used" }),
  layers: z
    .array(layer)
    .max(100)
    .optional()
    .meta({ description: "High to low: a layer may use those below it. a | b: neither may use the other" }),
  /** Empty where the last line below it was taken out. */
  rules: z.array(rule).max(5000).nullish().meta({ description: "Denied and allowed dependencies, and how strict to be" }),
};

export type RawModule = z.infer<typeof module>;
export type RawStatements = Omit<RawModule, "name" | "match">;
export type RawLayer = z.infer<typeof layer>;
export type RawRule = z.infer<typeof rule>;
export type RawDependency = z.infer<typeof dependency>;

/** Keys that are known at a place below modules, layers and rules, or in module.yml. */
export function policyKeys(path: readonly PropertyKey[]): readonly string[] {
  const [top] = path;
  if (path.at(-1) === "enforce") return boundaryRules;
  if (path.includes("public")) return ["files", "to"];
  if (top === "layers") return ["name", "closed"];
  if (top === "rules") return path.length > 2 ? Object.keys(dependency.shape) : Object.keys(rule.shape);
  return Object.keys(module.shape);
}
