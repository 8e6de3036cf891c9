/** How object mappers name tables that nobody named. */

/** `OrderItem` is `order_item`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z]{1,40})([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

const uncountable = new Set("equipment information rice money species series fish sheep police news media data".split(" "));
const irregular = new Map([
  ["person", "people"],
  ["child", "children"],
  ["man", "men"],
  ["woman", "women"],
]);

/** English plural of the last word of a name in snake case. */
export function plural(name: string): string {
  const last = name.split("_").at(-1) ?? name;
  if (uncountable.has(last)) return name;
  const head = name.slice(0, name.length - last.length);
  const other = irregular.get(last);
  if (other !== undefined) return head + other;
  if (/[^aeiou]y$/.test(last)) return `${head}${last.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(last)) return `${name}es`;
  return `${name}s`;
}
