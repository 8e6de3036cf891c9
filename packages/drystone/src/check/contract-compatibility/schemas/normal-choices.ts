/** What a schema offers to choose from, and what it asks for under a condition. */

import { list, own, text } from "../values.js";
import { type BranchGroup, type Condition, constrains, isReferenceOnly } from "./normal-schema.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";

export function groupsOf(node: SchemaNode, reader: SchemaReader): BranchGroup[] {
  return (["anyOf", "oneOf"] as const).flatMap((kind): BranchGroup[] => {
    const branches = list(own(node.value, kind));
    if (branches.length === 0) return [];
    const nodes = branches.map((inner, index) => reader.below(node, inner, kind, String(index)));
    return [{ kind, node, branches: nodes.flatMap((branch) => spread(kind, branch, reader, new Set())) }];
  });
}

/** A branch that is nothing but such a choice again stands for its own branches. */
function spread(kind: BranchGroup["kind"], branch: SchemaNode, reader: SchemaReader, around: ReadonlySet<number>): SchemaNode[] {
  let node = branch;
  for (let step = 0; step < 20 && isReferenceOnly(node); step++) {
    const found = reader.follow(text(own(node.value, "$ref")), node);
    if (found === null) return [branch];
    node = found;
  }
  const inner = list(own(node.value, kind));
  const says = (word: string) => word !== kind && (word === "discriminator" || constrains(word, false));
  if (inner.length === 0 || around.size > 20 || Object.keys(node.value).some(says)) return [branch];
  if (around.has(node.id)) return [];
  const within = new Set([...around, node.id]);
  return inner.flatMap((value, index) => spread(kind, reader.below(node, value, kind, String(index)), reader, within));
}

export function conditionsOf(node: SchemaNode, reader: SchemaReader): Condition[] {
  const inner = (word: string) => {
    const value = own(node.value, word);
    return value === undefined ? null : reader.below(node, value, word);
  };
  const condition = inner("if");
  const holds = inner("then");
  const fails = inner("else");
  return condition === null || (holds === null && fails === null) ? [] : [{ condition, holds, fails }];
}
