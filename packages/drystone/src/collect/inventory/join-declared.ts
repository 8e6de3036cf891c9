/** What `drystone.yaml` declares wins: an inferred component of the same place or name becomes part of it. */

import { isInside } from "#collect/folders/index.js";
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { unique } from "#util/group-by.js";

/** @returns declared components first, then the inferred ones that are left. `renamed` leads from the refs of those that were taken over. */
export function joinDeclared(
  declared: readonly ComponentFact[],
  inferred: readonly ComponentFact[],
): { readonly components: readonly ComponentFact[]; readonly renamed: ReadonlyMap<Ref, Ref> } {
  const takenOver = new Map<ComponentFact, ComponentFact[]>();
  const renamed = new Map<Ref, Ref>();
  const rest: ComponentFact[] = [];
  const taken = new Set(inferred.map(({ name }) => name.toLowerCase()));
  for (const component of inferred) {
    const names = namesOf(component, taken);
    const owner = declared.find((one) => hasSameName(one, component, names)) ?? bestByFolder(declared, component);
    if (!owner) {
      rest.push(component);
      continue;
    }
    takenOver.set(owner, [...(takenOver.get(owner) ?? []), component]);
    renamed.set(component.ref, owner.ref);
  }
  return { components: [...declared.map((one) => withInferred(one, takenOver.get(one) ?? [])), ...rest], renamed };
}

/** Lower case. A name that it shares with others, and that one of them bears, means that one. */
function namesOf({ name, aliases }: ComponentFact, taken: ReadonlySet<string>): ReadonlySet<string> {
  const others = aliases.map((alias) => alias.toLowerCase()).filter((alias) => !taken.has(alias));
  return new Set([name.toLowerCase(), ...others]);
}

function hasSameName(declared: ComponentFact, inferred: ComponentFact, names: ReadonlySet<string>): boolean {
  return (
    declared.ref === inferred.ref ||
    ((inferred.repository === declared.repository || !inferred.built || declared.paths.length === 0) &&
      inferred.kind !== "module" &&
      [declared.name, ...declared.aliases].some((name) => names.has(name.toLowerCase())))
  );
}

/** The declared component with the deepest path around all paths of the inferred one. */
function bestByFolder(declared: readonly ComponentFact[], inferred: ComponentFact): ComponentFact | undefined {
  if (inferred.paths.length === 0) return undefined;
  const around = declared.flatMap((one) => {
    if (one.repository !== inferred.repository) return [];
    const depths = inferred.paths.map((path) =>
      Math.max(
        -1,
        ...one.paths.filter((pattern) => covers(pattern, path, inferred.kind === "module")).map((pattern) => pattern.length),
      ),
    );
    return depths.every((depth) => depth >= 0) ? [{ one, depth: Math.max(...depths) }] : [];
  });
  return around.toSorted((a, b) => b.depth - a.depth)[0]?.one;
}

/** Whether a declared path, a folder or a glob, holds a folder. The root holds only itself, or there would be nothing else; so does a deployable hold its modules. */
function covers(pattern: string, folder: string, exactly: boolean): boolean {
  const plain = pattern.replace(/\/(?:\*\*?)?$/, "");
  if (plain === "" || plain === "**" || plain === "." || exactly)
    return (plain === "**" || plain === "." ? "" : plain) === folder;
  if (!plain.includes("*")) return isInside(folder, plain);
  const parts = plain.split("/");
  return parts.filter((part) => part === "**").length <= 3 && matchesStart(parts, folder.split("/").slice(0, 40));
}

/** Segments of a glob against the first segments of a folder; `**` stands for any number. */
function matchesStart(pattern: readonly string[], folder: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return true;
  if (head === "**") return rest.length === 0 || folder.some((_, index) => matchesStart(rest, folder.slice(index)));
  const [first, ...below] = folder;
  return first !== undefined && matchesSegment(head, first) && matchesStart(rest, below);
}

function matchesSegment(pattern: string, segment: string): boolean {
  const [start = "", ...parts] = pattern.split("*");
  if (parts.length === 0) return pattern === segment;
  if (!segment.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) return segment.length - part.length >= at && segment.endsWith(part);
    const found = segment.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

function withInferred(declared: ComponentFact, inferred: readonly ComponentFact[]): ComponentFact {
  if (inferred.length === 0) return declared;
  const pathless = declared.paths.length === 0;
  return {
    ...declared,
    built: pathless ? inferred.some((one) => one.built) : declared.built,
    paths: pathless ? unique(inferred.flatMap((one) => one.paths)) : declared.paths,
    repository: pathless ? (inferred.find((one) => one.built)?.repository ?? declared.repository) : declared.repository,
    aliases: unique([...declared.aliases, ...inferred.flatMap((one) => [one.name, ...one.aliases])]).filter(
      (alias) => alias !== declared.name,
    ),
    technology: declared.technology ?? inferred.find((one) => one.technology)?.technology ?? null,
    declaredOwners: [...declared.declaredOwners, ...inferred.flatMap((one) => one.declaredOwners)],
    evidence: [...declared.evidence, ...inferred.flatMap((one) => one.evidence)].slice(0, 20),
  };
}
