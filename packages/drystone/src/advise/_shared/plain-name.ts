/** False for a name that a shell would not take as one word. */
export function isPlainName(name: string): boolean {
  return /^[\w./@-]{1,80}$/.test(name);
}
