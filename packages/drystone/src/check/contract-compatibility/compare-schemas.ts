/**
 * The compatibility of two schemas, in one direction. Whoever sends keeps to one of them, whoever receives expects the other:
 * in requests consumers send by the old contract and the provider reads by the new one, in responses and events it is the other way round.
 * A gap is something that may be sent and is not expected. Both sides are compared structure by structure; what cannot be decided is a warning.
 */
import { accepts, areDisjoint } from "./accepts.js";
import type { Place } from "./change.js";
import { compareArrays } from "./compare-arrays.js";
import { compareDiscriminators } from "./compare-discriminators.js";
import { compareObjects } from "./compare-objects.js";
import { compareScalars } from "./compare-scalars.js";
import { isFine, weightOf } from "./comparison.js";
import {
  type BranchGroup,
  type Conjunction,
  isAnything,
  isReferenceOnly,
  type JsonType,
  jsonTypes,
  keyOf,
  type NormalSchema,
  normaliser,
  part,
} from "./normal-schema.js";
import { sameness } from "./same-schema.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";
import { canonical, shown } from "./values.js";
import type { Comparison, SchemaDirection, Walk } from "./walk.js";

export interface SchemaComparer {
  /** Compares the schemas of the old and the new version. */
  compare(direction: SchemaDirection, old: SchemaNode, next: SchemaNode): Comparison;
}

const maxDepth = 100;
const maxPairs = 60_000;
const maxAlternatives = 64;

export function schemaComparer(oldReader: SchemaReader, newReader: SchemaReader): SchemaComparer {
  const known = new Map<string, Comparison>();
  const oldNormal = normaliser(oldReader);
  const newNormal = normaliser(newReader);
  const only = { old: typeNodes(oldReader), new: typeNodes(newReader) };
  const isSame = sameness(oldReader, newReader);
  const isUnchanged = (old: Conjunction, next: Conjunction): boolean =>
    old.length === next.length && old.every((one, index) => one.bare === next[index]?.bare && isSame(one.node, next[index].node));

  // Pairs that are known and not compared yet. A long chain of schemas costs no stack: only what has to be decided at once is nested.
  const waiting = new Map<Comparison, () => void>();
  const running = new Set<Comparison>();
  const finished = new Set<Comparison>();
  const comparison = (direction: SchemaDirection, given: Conjunction, expected: Conjunction, depth: number): Comparison => {
    const request = direction === "request";
    const sender = followed(given, request ? oldReader : newReader);
    const receiver = followed(expected, request ? newReader : oldReader);
    const key = `${direction} ${keyOf(sender)} ${keyOf(receiver)}`;
    const before = known.get(key);
    // A pair that is still open is taken to be fine: what is wrong with it is found where it was opened.
    if (before) return before;
    const made: Comparison = { gaps: [], parts: [] };
    known.set(key, made);
    waiting.set(made, () => fill(made, direction, sender, receiver, depth));
    return made;
  };
  const fill = (
    made: Comparison,
    direction: SchemaDirection,
    sender: Conjunction,
    receiver: Conjunction,
    depth: number,
  ): void => {
    const request = direction === "request";
    if (isUnchanged(request ? sender : receiver, request ? receiver : sender)) return;
    const walk: Walk = {
      direction,
      into: made,
      sender: request ? oldNormal : newNormal,
      receiver: request ? newNormal : oldNormal,
      inner: (s, r, label) => void made.parts.push({ label, comparison: comparison(direction, s, r, depth) }),
      trial: (s, r) => settled(comparison(direction, s, r, depth + 1)),
      gap: (draft, s, r) =>
        void made.gaps.push({ at: null, ...draft, sender: placeOf(s, draft.at), receiver: placeOf(r, draft.at) }),
    };
    const s = walk.sender(sender);
    const r = walk.receiver(receiver);
    if (depth > maxDepth || known.size > maxPairs) walk.gap(tooLarge, s, r);
    else compareAlternatives(walk, s, r, only[request ? "old" : "new"]);
  };
  /** With all that it leads to. */
  const settled = (start: Comparison): Comparison => {
    const reached = new Set<Comparison>([start]);
    for (const here of reached) {
      if (finished.has(here)) continue;
      const job = waiting.get(here);
      if (job !== undefined) {
        waiting.delete(here);
        running.add(here);
        job();
        running.delete(here);
      }
      for (const { comparison: inner } of here.parts) reached.add(inner);
    }
    for (const here of reached) if (!running.has(here)) finished.add(here);
    return start;
  };
  return {
    compare: (direction, old, next) =>
      settled(
        direction === "request"
          ? comparison(direction, [part(old)], [part(next)], 0)
          : comparison(direction, [part(next)], [part(old)], 0),
      ),
  };
}

/** What many places refer to is compared once: where a schema is nothing but a reference, its target stands for it. */
function followed(parts: Conjunction, reader: SchemaReader): Conjunction {
  const [only, ...others] = parts;
  if (only === undefined || others.length > 0) return parts;
  let { node } = only;
  for (let step = 0; step < 20 && isReferenceOnly(node); step++) {
    const reference = typeof node.value === "object" ? node.value["$ref"] : null;
    const target = typeof reference === "string" ? reader.follow(reference, node) : null;
    if (target === null) break;
    node = target;
  }
  return [{ ...only, node }];
}

/** Of the property that is meant, else of the schema itself; null for what stands in no file. */
function placeOf(schema: NormalSchema, property: string | undefined): Place | null {
  const own = property === undefined ? undefined : schema.properties.get(property)?.[0]?.node;
  const place = (own ?? schema.parts.findLast(({ node }) => node.place.file !== "")?.node ?? schema.node)?.place;
  return place === undefined || place.file === "" ? null : place;
}

const tooLarge = {
  rule: "not-compared",
  level: "warning",
  message: "the schema is too large or too deep to be compared to its end",
  fix: "compare this part by hand, or split the contract",
} as const;

function typeNodes(reader: SchemaReader): ReadonlyMap<JsonType, SchemaNode> {
  return new Map(
    jsonTypes.map((type) => [type, reader.made({ type: type === "fraction" ? "number" : type }, { file: "", pointer: [] })]),
  );
}

type TypeNodes = ReadonlyMap<JsonType, SchemaNode>;

/** Whatever the sender may choose from has to be expected, each for itself. */
function compareAlternatives(walk: Walk, sender: NormalSchema, receiver: NormalSchema, types: TypeNodes): void {
  if (isAnything(receiver)) return;
  compareDiscriminators(walk, sender, receiver);
  const alternatives = alternativesOf(sender);
  if (alternatives === null) {
    if (groupsText(sender) !== groupsText(receiver)) walk.gap(tooLarge, sender, receiver);
    return;
  }
  if (sender.groups.length === 0) return compareFlat(walk, sender, receiver, types);
  const strangers = strangersIn(walk, alternatives, receiver);
  for (const alternative of alternatives) {
    if (strangers.has(alternative)) stranger(walk, walk.sender(alternative), receiver, sender.groups[0]?.kind ?? "anyOf");
    else walk.inner(alternative, receiver.given, "");
  }
}

const maxStrangers = 50;

/** Named kinds of objects beside the one that was there before the choice: that they come says more than which properties they lack. */
function strangersIn(walk: Walk, alternatives: readonly Conjunction[], receiver: NormalSchema): ReadonlySet<Conjunction> {
  if (receiver.groups.length > 0 || !receiver.types.has("object") || alternatives.length > maxStrangers) return new Set();
  const weights = alternatives.map((alternative) => weightOf(walk.trial(alternative, receiver.given)));
  const home = homeOf(receiver);
  const isKept = (alternative: Conjunction, index: number) =>
    (weights[index] ?? 0) < errorWeight || (home !== "" && homeOf(walk.sender(alternative)) === home);
  if (!alternatives.some(isKept)) return new Set();
  return new Set(
    alternatives.filter((alternative, index) => {
      const node = alternative.at(-1)?.node;
      const isNamed = node !== undefined && referenceName(node) !== null;
      const isObject = walk.sender(alternative).types.has("object");
      return isNamed && isObject && !isKept(alternative, index);
    }),
  );
}

/** Where a schema stands that has a place of its own, apart from the file; "" for others. */
function homeOf({ parts }: NormalSchema): string {
  const pointer = parts.at(-1)?.node.place.pointer ?? [];
  return ["schemas", "definitions", "$defs"].includes(pointer.at(-2) ?? "") ? pointer.join("/") : "";
}

/** Each choice of one branch of every group; null when there are too many. */
function alternativesOf(schema: NormalSchema): Conjunction[] | null {
  if (schema.groups.length === 0) return [schema.parts];
  const count = schema.groups.reduce((product, { branches }) => product * branches.length, 1);
  if (count > maxAlternatives) return null;
  const base = schema.parts.map(({ node }) => ({ node, bare: true }));
  return schema.groups.reduce<Conjunction[]>(
    (chosen, { branches }) => chosen.flatMap((parts) => branches.map((branch) => [...parts, part(branch)])),
    [base],
  );
}

function groupsText({ groups }: NormalSchema): string {
  return canonical(groups.map(({ kind, branches }) => [kind, branches.map(({ value }) => value)]));
}

function compareFlat(walk: Walk, sender: NormalSchema, receiver: NormalSchema, types: TypeNodes): void {
  if (sender.never) return;
  if (receiver.never) {
    walk.gap(
      {
        rule: "nothing-allowed",
        level: "error",
        message:
          walk.direction === "request" ? "nothing is accepted here any more" : "something may come where nothing was allowed",
        fix: "allow it again, or put the change into a new version",
      },
      sender,
      receiver,
    );
    return;
  }
  compareExtensible(walk, sender, receiver);
  if (sender.values !== null && compareValues(walk, sender, receiver)) return;
  if (!compareTypes(walk, sender, receiver)) return;
  if (sender.values === null && receiver.values !== null) becameClosed(walk, sender, receiver);
  if (sender.values === null) {
    compareScalars(walk, sender, receiver);
    if (sender.types.has("array") && receiver.types.has("array")) compareArrays(walk, sender, receiver);
    if (sender.types.has("object") && receiver.types.has("object")) compareObjects(walk, sender, receiver);
  }
  for (const group of receiver.groups) compareGroup(walk, sender, receiver, group, types);
  compareNots(walk, sender, receiver);
  compareConditions(walk, sender, receiver);
}

/** An open list still names what is accepted today. */
function compareExtensible(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  if (walk.direction === "response" || sender.extensible === null || receiver.extensible === null) return;
  const kept = new Set(receiver.extensible.map((value) => canonical(value)));
  const gone = sender.extensible.filter((value) => !kept.has(canonical(value)));
  if (gone.length === 0) return;
  walk.gap(
    {
      rule: "enum-value-removed",
      level: "error",
      message: `${gone.slice(0, 5).map(shown).join(", ")} ${gone.length === 1 ? "is" : "are"} no longer accepted`,
      fix: "keep accepting what consumers send today; mark it as deprecated first",
    },
    sender,
    receiver,
  );
}

/** Each value for itself. True when that settles all. */
function compareValues(walk: Walk, sender: NormalSchema, receiver: NormalSchema): boolean {
  // What other words of the sender refuse is never sent.
  const values = (sender.values ?? []).filter((value) => accepts(sender, value, (parts) => walk.sender(parts)) !== false);
  const answers = values.slice(0, 1000).map((value) => accepts(receiver, value, (parts) => walk.receiver(parts)));
  const refused = values.filter((_, index) => answers[index] === false);
  const open = receiver.extensible !== null || sender.extensible !== null;
  if (refused.length > 0 && !(walk.direction === "response" && open)) {
    const listed = `${refused.slice(0, 5).map(shown).join(", ")}${refused.length > 5 ? ` and ${refused.length - 5} more` : ""}`;
    const fixed = receiver.isConst || receiver.values === null;
    walk.gap(
      walk.direction === "request"
        ? {
            rule: fixed ? "value-refused" : "enum-value-removed",
            level: "error",
            message: `${values.length === refused.length && fixed ? "" : "the value "}${listed} ${refused.length === 1 ? "is" : "are"} no longer accepted`,
            fix: "keep accepting what consumers send today; mark it as deprecated first",
          }
        : {
            rule: fixed ? "value-unexpected" : "enum-value-added",
            level: fixed ? "error" : "warning",
            message: `${listed} may come, which the old contract did not name`,
            fix: "tell consumers first, or declare the list as open with x-extensible-enum",
          },
      sender,
      receiver,
    );
    return true;
  }
  return !answers.includes(null) && values.length <= 1000;
}

function becameClosed(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const values = (receiver.values ?? []).slice(0, 5).map(shown).join(", ");
  const onlyFinite = [...sender.types].every((type) => type === "boolean" || type === "null");
  const all = [true, false, null].filter((value) => sender.types.has(value === null ? "null" : "boolean"));
  if (onlyFinite && all.every((value) => receiver.values?.includes(value))) return;
  if (walk.direction === "response" && receiver.extensible !== null) return;
  walk.gap(
    walk.direction === "request"
      ? {
          rule: receiver.isConst ? "const-added" : "became-enum",
          level: "error",
          message: `only ${values} ${receiver.values?.length === 1 ? "is" : "are"} accepted from now on`,
          fix: "keep accepting other values, or put the change into a new version",
        }
      : {
          rule: receiver.isConst ? "const-removed" : "enum-opened",
          level: "error",
          message: `anything may come where it was ${receiver.values?.length === 1 ? "always" : "one of"} ${values}`,
          fix: "keep the list of values, or put the change into a new version",
        },
    sender,
    receiver,
  );
}

/** False when the types have nothing in common, so that there is nothing more to compare. */
function compareTypes(walk: Walk, sender: NormalSchema, receiver: NormalSchema): boolean {
  const refused = [...sender.types].filter((type) => !receiver.types.has(type));
  const shared = [...sender.types].some((type) => receiver.types.has(type));
  if (refused.length === 0) return shared;
  const guessed = !sender.typed && sender.implied.size > 0 && [...sender.implied].every((type) => receiver.types.has(type));
  if (refused.length === 1 && refused[0] === "null") {
    const request = walk.direction === "request";
    walk.gap(
      {
        rule: request ? "became-not-nullable" : "became-nullable",
        level: guessed ? "note" : "error",
        message: request ? "null is no longer accepted" : "null may come from now on",
        fix: request ? "keep accepting null" : "leave the value out instead, or put the change into a new version",
      },
      sender,
      receiver,
    );
    return shared;
  }
  const [before, after] = walk.direction === "request" ? [sender, receiver] : [receiver, sender];
  walk.gap(
    guessed
      ? {
          rule: "type-named",
          level: "note",
          message: `the type ${typesText(receiver)} is named now; what else it says spoke of that type already`,
          fix: "nothing, if nobody sends anything else",
        }
      : {
          rule: "type-changed",
          level: "error",
          message: `the type changed from ${typesText(before)} to ${typesText(after)}`,
          fix: "add a new property or operation with the new type and keep the old one until nobody uses it",
        },
    sender,
    receiver,
  );
  return shared;
}

function typesText({ types, typed }: NormalSchema): string {
  if (!typed || types.size === jsonTypes.length) return "anything";
  const names = [...types].flatMap((type) =>
    type === "fraction" ? "number" : type === "integer" && types.has("fraction") ? [] : type,
  );
  return names.sort().join(" or ");
}

function compareGroup(walk: Walk, sender: NormalSchema, receiver: NormalSchema, group: BranchGroup, types: TypeNodes): void {
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

/** Notes weigh less. */
const warningWeight = 100;
const errorWeight = 10_000;

function referenceName({ value }: SchemaNode): string | null {
  const reference = typeof value === "object" ? value["$ref"] : null;
  return typeof reference === "string" ? (reference.split("/").at(-1) ?? null) : null;
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
function stranger(walk: Walk, sender: NormalSchema, receiver: NormalSchema, kind: BranchGroup["kind"]): void {
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

const witnesses: readonly unknown[] = [{}, [], "", 0, 1, true, null];

/** Of `oneOf` only one branch may match: a branch that came new or changed could make it two. */
function matchedTwice(walk: Walk, sender: NormalSchema, receiver: NormalSchema, group: BranchGroup, matched: SchemaNode): void {
  if (group.kind === "anyOf") return;
  const same = canonical(group.branches.map(({ value }) => value));
  if (sender.parts.some(({ node }) => typeof node.value === "object" && canonical(node.value["oneOf"] ?? []) === same)) return;
  const normalise = (parts: Conjunction) => walk.receiver(parts);
  const second = group.branches.find(
    (branch) => branch !== matched && !areDisjoint(sender, walk.receiver([part(branch)]), normalise),
  );
  if (second === undefined) return;
  const wasChoice = sender.given.some(({ node, bare }) => bare && typeof node.value === "object" && "oneOf" in node.value);
  const proof = wasChoice
    ? undefined
    : [...witnesses, smallObject(walk, sender, group)].find(
        (value) =>
          accepts(sender, value, (parts) => walk.sender(parts)) === true &&
          group.branches.filter((branch) => accepts(walk.receiver([part(branch)]), value, normalise) === true).length > 1,
      );
  walk.gap(
    {
      rule: proof === undefined ? "oneof-overlap" : "oneof-ambiguous",
      level: proof === undefined ? "note" : "error",
      message: `${proof === undefined ? "a value may match" : `${shown(proof)} matches`} more than one branch of oneOf, and then it is valid for none`,
      fix: "tell the branches apart by a property with a fixed value, or use anyOf",
    },
    walk.sender(sender.given.slice(0, 1)),
    receiver,
  );
}

/** An object with all that any branch requires. */
function smallObject(walk: Walk, sender: NormalSchema, group: BranchGroup): unknown {
  const names = new Set([...sender.required, ...group.branches.flatMap((branch) => [...walk.receiver([part(branch)]).required])]);
  return Object.fromEntries([...names].map((name) => [name, smallValue(walk.sender(sender.property(name)))]));
}

function smallValue({ values, types }: NormalSchema): unknown {
  if (values !== null) return values[0];
  if (types.has("string")) return "";
  if (types.has("integer")) return 0;
  return types.has("boolean") ? true : types.has("array") ? [] : types.has("object") ? {} : null;
}

function compareNots(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const not of receiver.nots) {
    const excluded = walk.receiver([part(not)]);
    const text = canonical(not.value);
    if (sender.nots.some((own) => canonical(own.value) === text && !text.includes('"$ref"'))) continue;
    if (areDisjoint(sender, excluded, (parts) => walk.receiver(parts))) continue;
    walk.gap(
      {
        rule: sender.nots.length > 0 ? "not-changed" : walk.direction === "request" ? "not-added" : "not-removed",
        level: "error",
        message:
          walk.direction === "request"
            ? `what \`not\` describes (${shown(not.value)}) is refused from now on`
            : `what \`not\` kept away (${shown(not.value)}) may come from now on`,
        fix: "keep the old rule, or put the change into a new version",
      },
      sender,
      receiver,
    );
  }
}

function compareConditions(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const condition of receiver.conditions) {
    const same = sender.conditions.find((own) => canonical(own.condition.value) === canonical(condition.condition.value));
    for (const [word, side] of [
      ["then", "holds"],
      ["else", "fails"],
    ] as const) {
      const wanted = condition[side];
      if (wanted === null) continue;
      const given = same?.[side] ?? null;
      const schema = walk.receiver([part(wanted)]);
      if (isAnything(schema)) continue;
      if (given !== null) walk.inner([...sender.parts, part(given)], [part(wanted)], "");
      else if (!isFine(walk.trial(sender.parts, [part(wanted)])))
        walk.gap(
          {
            rule: walk.direction === "request" ? `${same ? word : "if"}-added` : `${same ? word : "if"}-removed`,
            level: sender.conditions.length > 0 && same === undefined ? "warning" : "error",
            message:
              walk.direction === "request"
                ? `a condition (if/${word}) asks for more than before: ${shown(wanted.value)}`
                : `what a condition (if/${word}) promised is no longer promised: ${shown(wanted.value)}`,
            fix: "keep the old condition, or put the change into a new version",
          },
          sender,
          receiver,
        );
    }
  }
}
