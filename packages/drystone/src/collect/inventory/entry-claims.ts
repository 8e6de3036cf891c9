/** Claims of the places in the source where a program starts. */
import { lastPart } from "#collect/manifests/index.js";
import { type Claim, emptyClaim } from "./claim.js";
import type { Gathered } from "./gather.js";
import { groupBy } from "./group-by.js";

/** A Go module with one command is that command; with several, each is its own folder. */
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
      says: entry.reason,
      file: entry.file,
      line: entry.line,
      uses: entry.imports,
    };
    const siblings = mains.get(entry.manifest?.path ?? "") ?? [];
    if (!entry.file.endsWith(".go") || !entry.manifest)
      return entry.manifest || entry.serves ? [{ folder: entry.folder, claim }] : [];
    const alone = siblings.length === 1 || lastPart(entry.folder) === "cmd";
    return [{ folder: alone ? entry.manifest.folder : entry.folder, claim: alone ? { ...claim, uses: [] } : claim }];
  });
}
