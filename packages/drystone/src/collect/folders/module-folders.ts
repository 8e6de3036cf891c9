/** Folders of a program that is deployed as one, by what it is about: the first level of folders that says more than `src`. Both the map of a system and `drystone check` take them for modules. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { isInside, languageOf } from "./folders.js";

export interface ModuleFolder {
  readonly folder: string;
  readonly files: number;
  /** A file in it, for evidence. */
  readonly example: string;
  /** What a framework lays out for every application, or a team runs beside its code: no part of the business. */
  readonly isScaffold: boolean;
}

/** Folders that only hold others: their name says nothing about what is in them. */
const containers =
  /^(?:src|lib|libs|app|apps|source|sources|main|java|kotlin|scala|python|internal|pkg|packages|package|crates|modules|components|features|domains?|com|org|net|io|de|fr|uk|nl|server|backend|code|php|cmd|projects|plugins|engines|activities)$/i;

/** Folders at the top that hold no part of the business: what a team runs beside its code, and what a framework lays out for every application. */
const everywhere = /^(?:scripts?|tools?|hack|docs?|examples?|samples?|fixtures|benchmarks?)$/;
const scaffolds = [
  { sign: "artisan", folders: /^(?:bootstrap|config|database|lang|public|resources|routes|storage)$/ },
  { sign: "config/application.rb", folders: /^(?:bin|config|db|public|vendor|swagger)$/ },
  { sign: "bin/console", folders: /^(?:bin|config|migrations|public|templates|translations|assets)$/ },
  { sign: "mix.exs", folders: /^(?:config|priv|assets|rel)$/ },
];

/** @param paths of the repository. @param root folder of the program. */
export function moduleFolders(paths: readonly string[], root: string): ModuleFolder[] {
  const code = paths.filter((path) => isInside(path, root) && languageOf(path) !== null);
  const top = root === "" ? 0 : root.length + 1;
  const scaffold = scaffolds.filter(({ sign }) => paths.includes(`${root === "" ? "" : `${root}/`}${sign}`));
  const isScaffold = (name: string) => everywhere.test(name) || scaffold.some(({ folders }) => folders.test(name));
  return level(code, root, 0)
    .map((module) => ({ ...module, isScaffold: isScaffold(module.folder.slice(top)) }))
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Folders in which frameworks and habits sort a program by kind of class. */
const kindsOfClasses =
  /^(?:apis?|assets|attributes?|builders?|casts|channels|clients?|commands?|components|concerns|configs?|configuration|console|constants?|constraints|controllers?|converters?|decorators?|dtos?|entit(?:y|ies)|enums?|events?|exceptions?|facades|factories|filters?|form(?:s|_objects)?|graphql|handlers?|helpers?|hooks|http|interceptors?|interfaces|jobs?|json_schemas|listeners?|mail(?:ers?|s)?|mappers?|middlewares?|models?|notifications?|observers?|pdfs|policies|presenters?|providers?|queries|reflexes|repositor(?:y|ies)|requests?|resolvers?|resources?|responses?|routes?|rules|serializers?|services?|tasks?|traits|types?|uploaders|utils?|validations?|validators?|values|views?|workers?)$/i;
const fewestKinds = 4;

/** True for the name of a folder that tells what kind of class is in it and not what it is about. */
export function isKindOfClass(name: string): boolean {
  return kindsOfClasses.test(name);
}

/** Are there folders for kinds of classes, and hardly any others? They are layers of one module. */
export function isSortedByKind(names: readonly string[]): boolean {
  const kinds = names.filter(isKindOfClass).length;
  return kinds >= fewestKinds && kinds * 2 > names.length;
}

type Folder = Omit<ModuleFolder, "isScaffold">;

/** What has more files of its own is about something itself. */
const mostOwnFiles = 3;

/** Goes down while one folder holds nearly all code; then opens containers among the folders it stops at. */
function level(code: readonly string[], folder: string, depth: number): Folder[] {
  const children = childrenOf(code, folder);
  const [largest, second] = children.toSorted((a, b) => b.files - a.files);
  if (!largest || depth > 12 || isSortedByKind(children.map((child) => lastPart(child.folder)))) return [];
  const share = largest.files / code.length;
  const isContainer = containers.test(lastPart(largest.folder));
  if ((share >= 0.6 && isContainer) || (second === undefined && share > 0.5) || share >= 0.9) {
    const inner = level(filesIn(code, largest.folder), largest.folder, depth + 1);
    if (inner.length >= 3 || !second) return inner;
  }
  return children.flatMap((child) => {
    const own = filesIn(code, child.folder);
    const isOpened =
      containers.test(lastPart(child.folder)) && own.filter((path) => folderOf(path) === child.folder).length <= mostOwnFiles;
    const inner = isOpened ? level(own, child.folder, depth + 1) : [];
    return inner.length >= 2 ? inner : [child];
  });
}

function childrenOf(code: readonly string[], folder: string): Folder[] {
  const start = folder === "" ? 0 : folder.length + 1;
  const children = new Map<string, string[]>();
  for (const path of code) {
    const slash = path.indexOf("/", start);
    if (slash < 0) continue;
    const child = path.slice(0, slash);
    const files = children.get(child);
    if (files) files.push(path);
    else children.set(child, [path]);
  }
  return [...children].map(([child, files]) => ({
    folder: child,
    files: files.length,
    example: files.toSorted((a, b) => folderOf(a).length - folderOf(b).length)[0] ?? child,
  }));
}

function filesIn(code: readonly string[], folder: string): string[] {
  return code.filter((path) => isInside(path, folder));
}
