/** The change sets of a part against those of the rest. */
import type { ChangeSet } from "../change-sets/index.js";
import type { Estate } from "../estate/index.js";
import type { FileView, SourceFile } from "../files/index.js";
import { isTestPath } from "../files/index.js";
import type { Part } from "./part.js";
import { publicEntries } from "./public-entries.js";

export interface PartChanges {
  /** Touch a file of the part. */
  readonly inside: readonly ChangeSet[];
  /** Touch a file outside of the part. */
  readonly outside: readonly ChangeSet[];
  /** Touch the part and nothing that counts outside. */
  readonly alone: readonly ChangeSet[];
  /** Touch both. */
  readonly both: readonly ChangeSet[];
  /** Of `inside`, those that leave the contracts of the part as they are, with whether they touch others too. */
  readonly internal: readonly { readonly set: ChangeSet; readonly isShared: boolean }[];
}

/** Tests count as inside of what they stand in and never as another part that had to change. */
export function changesInside(estate: Estate, view: FileView, part: Part): PartChanges {
  const contracts = contractFiles(estate, view, part);
  const found = { inside: [] as ChangeSet[], outside: [] as ChangeSet[], alone: [] as ChangeSet[], both: [] as ChangeSet[] };
  const internal: { set: ChangeSet; isShared: boolean }[] = [];
  for (const { set, files } of view.changes) {
    const touches = files.some((file) => part.files.has(file));
    const others = files.some((file) => !part.files.has(file) && isCode(view.files[file]));
    if (others) found.outside.push(set);
    if (!touches) continue;
    found.inside.push(set);
    (others ? found.both : found.alone).push(set);
    if (!files.some((file) => contracts.has(file))) internal.push({ set, isShared: others });
  }
  return { ...found, internal };
}

function isCode(file: SourceFile | undefined): boolean {
  return file !== undefined && !isTestPath(file.path);
}

/** Files with operations of a contract, and the public entry of the part: changing them is changing what others rely on. */
function contractFiles(estate: Estate, view: FileView, part: Part): Set<number> {
  const { contracts } = estate.facts;
  return new Set([
    ...contracts.map(({ repository, file }) => view.find(repository, file)).filter((file) => file >= 0),
    ...publicEntries(estate, view, part),
  ]);
}
