/** How Rails names tables after classes; Laravel does the same. */

/** `OrderItem` gives `order_items`, `Category` gives `categories`. */
export function tableOfClass(name: string): string {
  return plural(
    name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/([A-Z]{1,40})([A-Z][a-z])/g, "$1_$2")
      .toLowerCase(),
  );
}

const irregular: ReadonlyMap<string, string> = new Map([
  ["person", "people"],
  ["child", "children"],
  ["man", "men"],
  ["woman", "women"],
  ["mouse", "mice"],
]);

function plural(word: string): string {
  const cut = word.lastIndexOf("_") + 1;
  const last = word.slice(cut);
  const special = irregular.get(last);
  if (special !== undefined) return word.slice(0, cut) + special;
  if (/^(?:equipment|information|money|news|series|species|fish|sheep|metadata|data|media|feedback|rice|police)$/.test(last))
    return word;
  // As Rails has it: what ends in s is taken for a plural, apart from a few endings.
  if (/(?:ss|x|z|ch|sh|alias|status|bus|virus|campus|address)$/.test(last)) return `${word}es`;
  if (/[^s]sis$/.test(last)) return word.replace(/is$/, "es");
  if (last.endsWith("s")) return word;
  if (/[^aeiou]y$/.test(last)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}
