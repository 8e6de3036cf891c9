/** A receiver that offers a choice (`anyOf`, `oneOf`): which of its branches expects what is sent. */

import { shown } from "../values.js";
import { areDisjoint } from "./accepts.js";
import { warningWeight, weightOf } from "./comparison.js";
import { matchedTwice } from "./matched-twice.js";
import { type BranchGroup, type Conjunction, type NormalSchema, part, type TypeNodes } from "./normal-schema.js";
import { referenceName, type SchemaNode } from "./schema-reader.js";
import type { Comparison, Walk } from "./walk.js";

export function compareGroup(
  walk: Walk,
  sender: NormalSchema,
  receiver: NormalSchema,
  group: BranchGroup,
  types: TypeNodes,
): void {
  const names = new Set(sender.given.flatMap(({ node }) => referenceName(node) ?? []));
  const namesake = group.branches.find((branch) => names.has(referenceName(branch) ?? ""));
  const same = namesake === undefined ? null : bestBranch(walk, sender.parts, { ...group, branches: [namesake] });
  const best = same !== null && same.weight < warningWeight ? same : bestBranch(walk, sender.parts, group);
  if (best !== null && best.weight < warningWeight && (best.branch === namesake || resembles(walk, sender, best.branch))) {
    if (best.weight > 0) walk.into.parts.push({ label: "", comparison: best.comparison });
    matchedTwice(walk, sender, receiver, group, best.branch);
    return;
  }
  if (same !== null) return void walk.into.parts.push({ label: "", comparison: same.comparison });
  // A choice of types may be spread over the branches.
  const byType = [...sender.types].filter((type) => type !== "integer" || !sender.types.has("fraction"));
  if (byType.length < 2) return unmatched(walk, sender, receiver, group, best);
  for (const type of byType) {
    const node = types.get(type);
    const parts = node === undefined ? sender.parts : [...sender.parts, part(node)];
    const found = bestBranch(walk, parts, group);
    if (found === null || found.weight >= warningWeight) unmatched(walk, walk.sender(parts), receiver, group, found);
    else matchedTwice(walk, walk.sender(parts), receiver, group, found.branch);
  }
}

/** How many branches the sender could choose from; 0 when it is no choice of several. */
function choicesOf(sender: NormalSchema): number {
  const count = Math.max(0, ...sender.given.map(({ node, bare }) => (bare ? branchCount(node.value) : 0)));
  return count > 1 ? count : 0;
}

function branchCount(value: SchemaNode["value"]): number {
  const [any, one] = typeof value === "object" ? [value["anyOf"], value["oneOf"]] : [];
  return Math.max(Array.isArray(any) ? any.length : 0, Array.isArray(one) ? one.length : 0);
}

/** Objects that are open to other properties all look alike: what came from one named branch is another one only when both name the same properties. */
function resembles(walk: Walk, sender: NormalSchema, branch: SchemaNode): boolean {
  if (choicesOf(sender) === 0 || !sender.types.has("object")) return true;
  const expected = walk.receiver([part(branch)]);
  const names = [...sender.properties.keys()];
  const isNamed = sender.given.some(({ node, bare }) => !bare && referenceName(node) !== null) && referenceName(branch) !== null;
  if (isNamed && expected.properties.size !== names.length) return false;
  if (walk.direction === "request" && !isNamed) return true;
  return expected.additional !== null || names.every((name) => expected.properties.has(name));
}

interface Best {
  readonly branch: SchemaNode;
  readonly comparison: Comparison;
  readonly weight: number;
}

const maxBranches = 200;

/** The branch that expects it, else the one that comes nearest; null when none has anything in common with it. */
function bestBranch(walk: Walk, sender: Conjunction, group: BranchGroup): Best | null {
  let best: Best | null = null;
  for (const branch of group.branches.slice(0, maxBranches)) {
    const comparison = walk.trial(sender, [part(branch)]);
    const weight = weightOf(comparison);
    if (weight === 0) return { branch, comparison, weight };
    if (weight < (best?.weight ?? Number.POSITIVE_INFINITY)) best = { branch, comparison, weight };
  }
  return best;
}

function unmatched(walk: Walk, sender: NormalSchema, receiver: NormalSchema, group: BranchGroup, best: Best | null): void {
  const choices = choicesOf(sender);
  const named =
    sender.given.some(({ node }) => referenceName(node) !== null) &&
    group.branches.some((branch) => referenceName(branch) !== null);
  const gone = choices > 0 && (named || choices > group.branches.length || walk.direction === "response");
  // Branches that a fixed value tells apart: of the one that is left more can be told than that it does not fit.
  const possible = group.branches.filter(
    (branch) => !areDisjoint(sender, walk.receiver([part(branch)]), (parts) => walk.receiver(parts)),
  );
  const isTold = group.branches.length > 1 && possible.length === 1 && possible[0] === best?.branch;
  if (best !== null && best.weight < 1_000_000 && (!gone || isTold)) {
    walk.into.parts.push({ label: "", comparison: best.comparison });
    return;
  }
  stranger(walk, sender, receiver, group.kind);
}

/** What the other side has no branch for. */
export function stranger(walk: Walk, sender: NormalSchema, receiver: NormalSchema, kind: BranchGroup["kind"]): void {
  const branch = sender.given.findLast(({ bare }) => !bare)?.node ?? sender.node;
  const name = branch === null ? "" : branchName(branch);
  const isChoice = receiver.groups.length > 0;
  walk.gap(
    walk.direction === "request"
      ? {
          rule: `${kind.toLowerCase()}-branch-removed`,
          level: "error",
          message: isChoice
            ? `none of the branches of ${kind} accepts ${name || "it"} any more`
            : `${name || "it"} is no longer accepted`,
          fix: "keep the branch until nobody sends it",
        }
      : {
          rule: `${kind.toLowerCase()}-branch-added`,
          level: "error",
          message: `${name || "a value"} may come, which ${isChoice ? `none of the branches of ${kind} in the old contract expects` : "the old contract did not expect"}`,
          fix: "put the new kind of value into a new version, or tell consumers first",
        },
    sender,
    receiver,
  );
}

function branchName(node: SchemaNode): string {
  const title = typeof node.value === "object" && typeof node.value["title"] === "string" ? node.value["title"] : null;
  const last = node.place.pointer.at(-1) ?? "";
  const type = typeof node.value === "object" && Object.keys(node.value).length === 1 ? node.value["type"] : null;
  const own = typeof type === "string" ? type : shown(node.value);
  return referenceName(node) ?? title ?? (/^\d+$/.test(last) || last === "" ? own : last);
}
