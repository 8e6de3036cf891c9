/** Blocks of resources with their values. */
import { evaluate, itemsOf } from "./evaluate.js";
import type { Block, Body } from "./hcl.js";
import type { Scope } from "./scope.js";
import { scalarOf, type TerraformValue } from "./value.js";

/** A block that may be nested, with what names mean inside of it. */
export interface Nested {
  readonly body: Body;
  readonly scope: Scope;
  readonly line: number;
}

/** Blocks of that type, dynamic ones once for each of their items. */
export function nestedBlocks({ body, scope }: Nested, type: string): Nested[] {
  return body.blocks.flatMap((block) => {
    if (block.type === type) return [{ body: block.body, scope, line: block.line }];
    return block.type === "dynamic" && block.labels[0] === type ? dynamicBlocks(block, scope) : [];
  });
}

function dynamicBlocks(block: Block, scope: Scope): Nested[] {
  const content = block.body.blocks.find((inner) => inner.type === "content");
  const over = block.body.attributes.get("for_each");
  const iterator = block.body.attributes.get("iterator")?.value;
  if (!content || !over) return [];
  const name = iterator?.kind === "path" && typeof iterator.base === "string" ? iterator.base : (block.labels[0] ?? "");
  return itemsOf(evaluate(over.value, scope))
    .slice(0, 500)
    .map(({ key, value, place }) => {
      const entries = new Map([
        ["key", typeof key === "number" ? value : key],
        ["value", value],
      ]);
      const item: TerraformValue = { kind: "map", entries, lineOf: () => place ?? { file: scope.file, line: block.line } };
      return {
        body: content.body,
        scope: { ...scope, names: new Map([...scope.names, [name, item]]) },
        line: place?.line ?? block.line,
      };
    });
}

/** The block at a path of types; null when one is missing. */
export function blockAt(nested: Nested, ...types: readonly string[]): Nested | null {
  let found: Nested | null = nested;
  for (const type of types) found = found === null ? null : (nestedBlocks(found, type)[0] ?? null);
  return found;
}

export function valueOf({ body, scope }: Nested, name: string): TerraformValue {
  const attribute = body.attributes.get(name);
  return attribute ? evaluate(attribute.value, scope) : null;
}

export function textOfAttribute(nested: Nested | null, name: string): string | null {
  return nested === null ? null : scalarOf(valueOf(nested, name));
}

export function lineOfAttribute(nested: Nested, name: string): number {
  return nested.body.attributes.get(name)?.line ?? nested.line;
}
