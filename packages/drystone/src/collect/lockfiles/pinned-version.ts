/** Versions that a build file alone makes exact. */

/** The version, when what is written allows only one; else null. What `1.2.3` means differs: exact for npm, the least one for Cargo. */
export function pinnedVersion(ecosystem: string | null, written: string): string | null {
  const text = written.trim().slice(0, 200);
  const pattern = ecosystem === null ? undefined : patterns.get(ecosystem);
  return pattern?.exec(text)?.[1] ?? null;
}

const patterns: ReadonlyMap<string, RegExp> = new Map([
  ["npm", /^(?:npm:[^\s]{1,200}@)?[=v]{0,2}(\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,80})?)$/],
  ["maven", /^(?![^\s]{0,80}-SNAPSHOT$)(\d[\w.-]{0,80})(?:!!)?$/],
  ["go", /^(v\d{1,9}\.\d{1,9}\.\d{1,9}[\w.+-]{0,100})$/],
  // The least version that is allowed is the one that NuGet takes.
  ["nuget", /^\[?(\d[\w.+-]{0,60})\]?$/],
  ["pypi", /^={0,3}\s{0,3}(\d{1,9}(?:\.\w{1,20}){1,6})$/],
  ["cargo", /^=\s{0,3}(\d[\w.+-]{0,60})$/],
  ["rubygems", /^=?\s{0,3}(\d{1,9}(?:\.\w{1,20}){1,6})$/],
  ["packagist", /^v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-.]\w{1,40}){0,3})$/],
]);
