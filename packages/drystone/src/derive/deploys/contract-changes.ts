/** When the contracts of components changed, by the history of their files. */
import type { Facts } from "#model/facts.js";
import { commitCount } from "#model/history.js";
import type { Ref } from "#model/refs.js";

/** Times of commits that touch a contract of a provider, in seconds, rising. */
export function contractChanges({
  contracts,
  histories,
}: Pick<Facts, "contracts" | "histories">): ReadonlyMap<Ref, readonly number[]> {
  const times = new Map<Ref, number[]>();
  for (const history of histories) {
    const providers = new Map(
      contracts.flatMap(({ repository, file, provider }) =>
        repository === history.repository && provider !== null ? [[file, provider] as const] : [],
      ),
    );
    if (providers.size === 0) continue;
    const ofPath = history.paths.map((path) => providers.get(path) ?? null);
    for (let commit = 0; commit < commitCount(history); commit++) {
      const touched = new Set<Ref>();
      for (let at = history.fileOffsets[commit] ?? 0; at < (history.fileOffsets[commit + 1] ?? 0); at++) {
        const provider = ofPath[history.files[at] ?? -1] ?? null;
        if (provider !== null) touched.add(provider);
      }
      for (const provider of touched) {
        const own = times.get(provider) ?? [];
        times.set(provider, own);
        own.push(history.committerTimes[commit] ?? 0);
      }
    }
  }
  return new Map([...times].map(([provider, own]) => [provider, own.sort((a, b) => a - b)]));
}

/** For each deploy, whether one of the changes is in it: after the deploy before it, and not after itself. Both rise. */
export function shipsChange(deploys: readonly number[], changes: readonly number[]): boolean[] {
  let at = 0;
  return deploys.map((deploy) => {
    const first = at;
    while (at < changes.length && (changes[at] ?? 0) <= deploy) at++;
    return at > first;
  });
}
