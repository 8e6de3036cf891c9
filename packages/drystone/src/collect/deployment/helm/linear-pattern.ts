/** Patterns of a chart that cannot run away: those of templates are written by strangers. */

/** The pattern when it is a row of single signs and sets of signs with one repetition at most; null for others. */
export function linearPattern(pattern: string, flags = ""): RegExp | null {
  if (pattern.length > 100) return null;
  const rest = pattern.replace(/^\^/, "").replace(/\$$/, "");
  const atoms = rest.match(/\\.|\[[^\]]{1,60}\]|[^\\[]/g) ?? [];
  const repeats = atoms.filter((atom) => /^[*+?{]$/.test(atom)).length;
  if (atoms.join("") !== rest || repeats > 1 || atoms.some((atom) => /^[(){}|]$/.test(atom))) return null;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}
