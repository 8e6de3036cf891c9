/** Claims of the places in the source where a program starts. */

import { isInside } from "#collect/folders/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { groupBy } from "#util/group-by.js";
import { type Claim, emptyClaim } from "./claim.js";
import type { EntryPoint } from "./entry-points.js";
import type { Gathered } from "./gather.js";

/** A Go module with one command is that command; with several, each is its own folder, or the one around its `cmd`. */
export function entryClaims(repository: Gathered): { folder: string; claim: Claim }[] {
  const mains = groupBy(
    repository.entries.filter((entry) => entry.file.endsWith(".go")),
    (entry) => entry.manifest?.path ?? "",
  );
  return repository.entries.flatMap((entry) => {
    const claim: Claim = {
      ...emptyClaim,
      repository: repository.repository,
      source: "entry",
      name: null,
      weak: !entry.serves,
      tool: !entry.mayServe,
      says: entry.reason,
      file: entry.file,
      line: entry.line,
      uses: entry.imports,
    };
    const siblings = mains.get(entry.manifest?.path ?? "") ?? [];
    if (!entry.file.endsWith(".go") || !entry.manifest)
      return entry.manifest || entry.serves ? [{ folder: entry.folder, claim }] : [];
    const around = siblings.length === 1 ? null : aroundCommand(entry, siblings);
    if (around !== null) return [{ folder: around, claim }];
    const alone = siblings.length === 1 || lastPart(entry.folder) === "cmd";
    return [{ folder: alone ? entry.manifest.folder : entry.folder, claim: alone ? { ...claim, uses: [] } : claim }];
  });
}

/** `orders/cmd/main.go` and `orders/cmd/server/main.go` start the program in `orders`, where it is the only one there; null when it is the module itself. */
function aroundCommand(entry: EntryPoint, siblings: readonly EntryPoint[]): string | null {
  const around = /^(.{1,500})\/cmd(?:\/[^/]{1,200})?$/.exec(entry.folder)?.[1];
  const module = entry.manifest?.folder ?? "";
  if (around === undefined || around === module || !isInside(around, module)) return null;
  return siblings.filter(({ folder }) => isInside(folder, around)).length === 1 ? around : null;
}
