/** Kustomizations: what stands in their files, nothing built. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { readYaml, record, texts } from "../yaml/index.js";
import { located, placeOf } from "./kubernetes-places.js";

export interface Kustomization {
  readonly file: string;
  readonly folder: string;
  readonly component: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  /** Files of objects and folders of other kustomizations that it takes. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly problems: readonly Problem[];
}

export function isKustomization(path: string): boolean {
  return /^kustomization\.ya?ml$|^Kustomization$/.test(lastPart(path));
}

/**
 * Kustomizations by folder. Addresses of other repositories are passed over; paths that lead nowhere are problems.
 * @param paths all of the repository; none when that is not known.
 */
export function readKustomizations(files: ReadonlyMap<string, string>, paths: readonly string[]): Map<string, Kustomization> {
  const own = [...files.keys()].filter(isKustomization);
  const known: Known = { files, folders: new Set(own.map(folderOf)), paths: foldersAndFiles(paths) };
  return new Map(
    own.flatMap((file) => {
      const text = files.get(file) ?? "";
      const document = text.includes("{{") ? undefined : readYaml(file, text).documents[0];
      if (!document) return [];
      const value = record(located(document.value, (path) => ({ file, line: document.lineOf(path) })));
      return [[folderOf(file), kustomization(file, value, known)] as const];
    }),
  );
}

interface Known {
  readonly files: ReadonlyMap<string, string>;
  /** Those of kustomizations. */
  readonly folders: ReadonlySet<string>;
  /** Everything that exists; empty when that is not known. */
  readonly paths: ReadonlySet<string>;
}

function foldersAndFiles(paths: readonly string[]): ReadonlySet<string> {
  const all = new Set(paths);
  for (const path of paths) for (let at = folderOf(path); at !== "" && !all.has(at); at = folderOf(at)) all.add(at);
  return all;
}

function kustomization(file: string, value: Readonly<Record<string, unknown>>, { files, folders, paths }: Known): Kustomization {
  const folder = folderOf(file);
  const found = { files: [] as string[], folders: [] as string[] };
  const problems: Problem[] = [];
  for (const field of ["resources", "bases", "components"]) {
    const list = value[field];
    for (const [index, written] of texts(list).slice(0, 1000).entries()) {
      if (isRemote(written)) continue;
      const path = joinPath(folder, written);
      const line = placeOf(list, index)?.line ?? 1;
      if (path === null) problems.push(leadsNowhere(file, line, written, "is outside of the repository"));
      else if (folders.has(path)) found.folders.push(path);
      else if (files.has(path)) found.files.push(path);
      else if (paths.size > 0 && !paths.has(path)) problems.push(leadsNowhere(file, line, written, "does not exist"));
    }
  }
  return { file, folder, component: value["kind"] === "Component", value, ...found, problems };
}

function isRemote(path: string): boolean {
  return /^[a-z+]{2,10}:\/\/|^git@|[?&]ref=|^(?:github|gitlab|bitbucket)\.[a-z]{2,5}[/:]/.test(path);
}

function leadsNowhere(file: string, line: number, written: string, what: string): Problem {
  return {
    path: file,
    line,
    message: `${file}:${line} names ${written.slice(0, 200)}, which ${what}`,
    hint: "what stands there is missing",
  };
}
