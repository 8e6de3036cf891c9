/** The matches of a pattern, at most as many as a file that people wrote has. */
export function matches(text: string, pattern: RegExp, most = 500): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(match);
    if (found.length >= most) break;
  }
  return found;
}
