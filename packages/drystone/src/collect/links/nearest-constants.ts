/** Constants of which classes of one name say different things: each use takes the one that stands nearest. */
import type { Cue } from "#collect/code/index.js";

interface Placed {
  readonly repository: string;
  readonly cue: Cue;
}

interface Declared {
  readonly value: string;
  readonly place: string;
}

/** `ApiConstants.NAME` of three libraries is three names; a use in one of them means its own. */
export function withNearestConstants<Found extends Placed>(cues: readonly Found[]): readonly Found[] {
  const ambiguous = ambiguousConstants(cues);
  if (ambiguous.size === 0) return cues;
  return cues.map((found) => {
    const text = JSON.stringify(found.cue);
    if (!text.includes("${const:")) return found;
    const put = text.replace(/\$\{const:([\w.]{1,200})\}/g, (whole, name: string) => {
      const declared = ambiguous.get(name);
      return declared === undefined ? whole : JSON.stringify(nearestTo(placeOf(found), declared)).slice(1, -1);
    });
    return put === text ? found : { ...found, cue: JSON.parse(put) as Cue };
  });
}

function ambiguousConstants(cues: readonly Placed[]): ReadonlyMap<string, readonly Declared[]> {
  const all = new Map<string, Declared[]>();
  for (const found of cues) {
    if (found.cue.kind !== "constant") continue;
    const known = all.get(found.cue.name);
    const one = { value: found.cue.value, place: placeOf(found) };
    if (known === undefined) all.set(found.cue.name, [one]);
    else known.push(one);
  }
  return new Map([...all].filter(([, declared]) => declared.some(({ value }) => value !== declared[0]?.value)));
}

function placeOf({ repository, cue }: Placed): string {
  return `${repository}/${cue.file}`;
}

/** Of equally near ones the first. */
function nearestTo(place: string, declared: readonly Declared[]): string {
  const ranked = declared.map(({ value, place: other }) => ({ value, near: commonFolders(place, other) }));
  return ranked.reduce((best, one) => (one.near > best.near ? one : best)).value;
}

function commonFolders(place: string, other: string): number {
  const [own, theirs] = [place.split("/"), other.split("/")];
  const differ = own.findIndex((name, at) => name !== theirs[at]);
  return differ < 0 ? own.length : differ;
}
