/** Names of classes with their modules, as Ruby writes them: `Shop::Order`. Names without `::`, as of other languages, are left as they are. */

/** What code may call a class, `Shop::Order` and, within `Shop`, `Order`; a class outside of all modules is `::Order` too. */
export function namesOfClass(name: string): string[] {
  const parts = name.split("::");
  const names = parts.map((_, at) => parts.slice(at).join("::"));
  return parts.length === 1 ? [name, `::${name}`] : names;
}

/**
 * The name by which a class is among the known ones; null where it is another one: `Stripe::Order` is not the `Order` outside of all modules. A class
 * whose module nobody saw may be the only one of its name.
 */
export function knownName(known: ReadonlyMap<string, unknown>, written: string): string | null {
  if (known.has(written)) return written;
  const plain = written.split("::").at(-1) ?? written;
  return plain !== written && known.has(`::${plain}`) ? null : plain;
}
