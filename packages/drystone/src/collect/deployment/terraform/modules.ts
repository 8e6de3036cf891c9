/** Modules of Terraform: folders, and the calls that fill in their variables. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { evaluate, itemsOf } from "./evaluate.js";
import type { Block, Body, Expression } from "./hcl.js";
import { parseHcl } from "./parse-hcl.js";
import { parseTerraformJson } from "./parse-json.js";
import type { Scope } from "./scope.js";
import { isUnresolved, scalarOf, type TerraformValue, unresolved } from "./value.js";

/** A block of a module, with what names mean inside of it. */
export interface Placed {
  readonly block: Block;
  readonly file: string;
  readonly scope: Scope;
  /** `aws_sqs_queue.orders`, `module.shop.aws_sqs_queue.orders`, `module.queue`. */
  readonly address: string;
  /** Folder of the root module that it is reached from. */
  readonly root: string;
}

const maxInstances = 300;
const maxModuleDepth = 6;
const maxSteps = 2_000_000;

/** Resources, and calls of modules from elsewhere, as the root modules of a repository reach them. */
export function placedBlocks(files: ReadonlyMap<string, string>): Placed[] {
  const folders = readFolders(files);
  const called = new Set([...folders].flatMap(([folder, module]) => localSources(folder, module)));
  const roots = [...folders.keys()].filter((folder) => !called.has(folder));
  const context: Context = { folders, files, budget: { steps: maxSteps }, instances: { left: maxInstances } };
  return roots.flatMap((root) => {
    const folder = folders.get(root);
    return folder ? blocksOf(instance(root, "", rootVariables(folder, context, root), context, root, 0)) : [];
  });
}

interface Folder {
  readonly bodies: readonly { readonly file: string; readonly body: Body }[];
  /** Values of `terraform.tfvars` and files like it. */
  readonly settings: readonly { readonly file: string; readonly body: Body }[];
}

function readFolders(files: ReadonlyMap<string, string>): Map<string, Folder> {
  const folders = new Map<string, { bodies: { file: string; body: Body }[]; settings: { file: string; body: Body }[] }>();
  for (const [file, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const name = lastPart(file);
    const isSettings = /^terraform\.tfvars$|\.auto\.tfvars$/.test(name);
    const isJson = name.endsWith(".tf.json");
    if (!name.endsWith(".tf") && !isJson && !isSettings) continue;
    const folder = folders.get(folderOf(file)) ?? { bodies: [], settings: [] };
    folder[isSettings ? "settings" : "bodies"].push({ file, body: isJson ? parseTerraformJson(file, text) : parseHcl(text) });
    folders.set(folderOf(file), folder);
  }
  return new Map([...folders].filter(([, folder]) => folder.bodies.length > 0));
}

function blocksIn(folder: Folder, type: string): { readonly block: Block; readonly file: string }[] {
  return folder.bodies.flatMap(({ file, body }) =>
    body.blocks.flatMap((block) => (block.type === type ? [{ block, file }] : [])),
  );
}

function localSources(folder: string, module: Folder): string[] {
  return blocksIn(module, "module").flatMap(({ block }) => localSource(folder, block) ?? []);
}

/** Folder of a module of the same repository; null for one from elsewhere. */
function localSource(folder: string, block: Block): string | null {
  const source = block.body.attributes.get("source")?.value;
  const written = source?.kind === "constant" && typeof source.value === "string" ? source.value : "";
  return /^\.{1,2}(?:\/|$)/.test(written) ? joinPath(folder, written) : null;
}

interface Context {
  readonly folders: ReadonlyMap<string, Folder>;
  readonly files: ReadonlyMap<string, string>;
  readonly budget: { steps: number };
  readonly instances: { left: number };
}

/** A module with its variables given. */
interface Instance {
  readonly folder: Folder;
  readonly scopeOf: (file: string, names?: ReadonlyMap<string, TerraformValue>) => Scope;
  readonly children: readonly Instance[];
  readonly prefix: string;
  readonly root: string;
  readonly output: (name: string) => TerraformValue;
}

type Lazy = () => TerraformValue;

function instance(
  path: string,
  prefix: string,
  given: ReadonlyMap<string, Lazy>,
  context: Context,
  root: string,
  depth: number,
): Instance {
  const folder = context.folders.get(path) ?? { bodies: [], settings: [] };
  const locals = new Map<string, Lazy>();
  const children = new Map<string, Instance[]>();
  const resources = new Map(blocksIn(folder, "resource").map((placed) => [placed.block.labels.join("."), placed]));
  const variables = new Map(given);
  const scopeOf = (file: string, names: ReadonlyMap<string, TerraformValue> = new Map()): Scope => ({
    names,
    file,
    budget: context.budget,
    depth: 0,
    readFile: (wanted) => fileText(wanted, path, root, context.files),
    lookup: (base, steps) => {
      const [first = "", second = "", third = ""] = steps;
      if (base === "var") return { value: variables.get(first)?.() ?? unresolved(`var.${first}`), taken: 1 };
      if (base === "local") return { value: locals.get(first)?.() ?? unresolved(`local.${first}`), taken: 1 };
      if (base === "path") return { value: first === "root" ? root || "." : path || ".", taken: 1 };
      if (base === "count") return { value: 0, taken: 1 };
      if (base === "module") {
        const child = children.get(first)?.[0];
        // One of several is chosen by its key.
        const isKeyed =
          (children.get(first)?.length ?? 0) > 1 ||
          (child !== undefined &&
            second !== "" &&
            third !== "" &&
            !child.folder.bodies.some(({ body }) =>
              body.blocks.some((block) => block.type === "output" && block.labels[0] === second),
            ));
        return child ? { value: child.output(isKeyed ? third : second), taken: isKeyed ? 3 : 2 } : null;
      }
      const named = namedByResource(resources.get(`${base}.${first}`), base, second);
      if (named) return { value: evaluate(named.expression, scopeOf(named.file)), taken: 2 };
      return base.includes("_") ? { value: unresolved(`${prefix}${base}`), taken: 0 } : null;
    },
  });
  for (const { block, file } of blocksIn(folder, "variable")) {
    const name = block.labels[0] ?? "";
    const otherwise = block.body.attributes.get("default");
    if (!variables.has(name) && otherwise)
      variables.set(
        name,
        once(() => evaluate(otherwise.value, scopeOf(file)), `var.${name}`),
      );
  }
  for (const { block, file } of blocksIn(folder, "locals"))
    for (const [name, { value }] of block.body.attributes)
      locals.set(
        name,
        once(() => evaluate(value, scopeOf(file)), `local.${name}`),
      );
  if (depth < maxModuleDepth) {
    for (const { block, file } of blocksIn(folder, "module")) {
      const source = localSource(path, block);
      if (source === null || !context.folders.has(source)) continue;
      const made = eachOf(block.body, scopeOf(file)).flatMap((names) => {
        if (--context.instances.left < 0) return [];
        const scope = scopeOf(file, names);
        const values = new Map(
          [...block.body.attributes].map(
            ([name, { value }]) => [name, once(() => evaluate(value, scope), `var.${name}`)] as const,
          ),
        );
        return [instance(source, `${prefix}module.${block.labels[0] ?? ""}.`, values, context, root, depth + 1)];
      });
      children.set(block.labels[0] ?? "", made);
    }
  }
  const output = (name: string): TerraformValue => {
    const found = blocksIn(folder, "output").find(({ block }) => block.labels[0] === name);
    const value = found?.block.body.attributes.get("value")?.value;
    return found && value ? evaluate(value, scopeOf(found.file)) : unresolved(`${prefix}${name}`.replace(/\.$/, ""));
  };
  return { folder, scopeOf, children: [...children.values()].flat(), prefix, root, output };
}

/** Attributes that are the name which the resource is given: programs call each other by it, and images have it. */
const nameAttributes: ReadonlyMap<string, RegExp> = new Map([
  ["docker_image", /^(?:name|image_id|latest|repo_digest)$/],
  ["docker_container", /^(?:name|hostname)$/],
  ["aws_ecr_repository", /^(?:name|repository_url)$/],
  ["aws_ecs_service", /^name$/],
  ["aws_service_discovery_service", /^name$/],
  ["azurerm_container_app", /^name$/],
  ["google_cloud_run_service", /^name$/],
  ["google_cloud_run_v2_service", /^name$/],
]);

function namedByResource(
  placed: { block: Block; file: string } | undefined,
  type: string,
  attribute: string,
): { expression: Expression; file: string } | null {
  const name = nameAttributes.get(type)?.test(attribute) ? placed?.block.body.attributes.get("name")?.value : undefined;
  return placed && name ? { expression: name, file: placed.file } : null;
}

/** Evaluated when asked for, and not again; a value that needs itself is not resolved. */
function once(make: Lazy, name: string): Lazy {
  let state: "new" | "busy" | "done" = "new";
  let value: TerraformValue = null;
  return () => {
    if (state === "busy") return unresolved(name);
    if (state === "new") {
      state = "busy";
      value = make();
      state = "done";
    }
    return value;
  };
}

function rootVariables(folder: Folder, context: Context, root: string): Map<string, Lazy> {
  const scope = (file: string): Scope => ({
    names: new Map(),
    file,
    budget: context.budget,
    depth: 0,
    readFile: (path) => fileText(path, root, root, context.files),
    lookup: () => null,
  });
  return new Map(
    folder.settings.flatMap(({ file, body }) =>
      [...body.attributes].map(([name, { value }]) => [name, once(() => evaluate(value, scope(file)), `var.${name}`)] as const),
    ),
  );
}

/** Paths of expressions start at the module by `path.module`, else at the root module. */
function fileText(path: string, folder: string, root: string, files: ReadonlyMap<string, string>): string | null {
  for (const candidate of [joinPath("", path), joinPath(root, path), joinPath(folder, path)]) {
    const text = candidate === null ? undefined : files.get(candidate);
    if (text !== undefined) return text;
  }
  return null;
}

function blocksOf(module: Instance): Placed[] {
  const own = [...blocksIn(module.folder, "resource"), ...blocksIn(module.folder, "module")].flatMap(({ block, file }) => {
    const address = module.prefix + (block.type === "module" ? `module.${block.labels[0] ?? ""}` : block.labels.join("."));
    return eachOf(block.body, module.scopeOf(file)).map((names) => ({
      block,
      file,
      scope: module.scopeOf(file, names),
      address,
      root: module.root,
    }));
  });
  return [...own, ...module.children.flatMap(blocksOf)];
}

/** `each` for every instance of a block; none where `count` is 0. */
function eachOf(body: Body, scope: Scope): ReadonlyMap<string, TerraformValue>[] {
  const over = body.attributes.get("for_each");
  const count = body.attributes.get("count");
  if (count && scalarOf(evaluate(count.value, scope)) === "0") return [];
  if (!over) return [new Map()];
  const value = evaluate(over.value, scope);
  if (isUnresolved(value) || value === null) return [new Map()];
  return itemsOf(value)
    .slice(0, 100)
    .map(({ key, value: item, place }) => {
      const name = typeof key === "number" ? item : key;
      const entries = new Map([
        ["key", name],
        ["value", item],
      ]);
      return new Map([["each", { kind: "map", entries, lineOf: () => place ?? { file: scope.file, line: over.line } }]]);
    });
}
