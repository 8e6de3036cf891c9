/** Did you mean …: words that are spelled like another one. */

/** At most five of `candidates` that are spelled like `text`, as a whole or by the part behind the last `/`, the closest first. */
export function closestWords(candidates: readonly string[], text: string): string[] {
  const wanted = text.toLowerCase().slice(0, 64);
  return [...new Set(candidates)]
    .slice(0, 5000)
    .map((candidate) => ({ candidate, edits: editsTo(candidate.toLowerCase(), wanted) }))
    .filter(({ edits }) => edits <= Math.max(2, wanted.length / 3))
    .toSorted((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 5)
    .map(({ candidate }) => candidate);
}

function editsTo(candidate: string, wanted: string): number {
  const slash = candidate.lastIndexOf("/");
  const whole = distance(candidate.slice(0, 64), wanted);
  return slash < 0 ? whole : Math.min(whole, distance(candidate.slice(slash + 1, slash + 65), wanted));
}

// Levenshtein; a word that holds the other whole is close, because names are often given in part.
function distance(a: string, b: string): number {
  if (b.length >= 3 && a.includes(b)) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
