/** Which bracket closes which, in text whose literals and comments are blanked; a missing one ends the inner ones too. */
export function bracketPairs(bare: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < bare.length; at++) {
    const char = bare.charCodeAt(at);
    if (char === 40 || char === 91 || char === 123) open.push(at);
    else if (char === 41 || char === 93 || char === 125) {
      // A bracket of another kind means that one is missing: the inner ones end here too.
      const wanted = char === 41 ? 40 : char - 2;
      let from = open.length - 1;
      while (from >= 0 && from > open.length - 6 && bare.charCodeAt(open[from] ?? 0) !== wanted) from--;
      if (from < 0 || bare.charCodeAt(open[from] ?? 0) !== wanted) continue;
      for (const start of open.splice(from)) pairs.set(start, at);
    }
  }
  return pairs;
}
