/** How object mappers name tables that nobody named. */

/** TypeORM and MikroORM: `OrderItem` is `order_item`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Mongoose: `OrderItem` is `orderitems`. */
export function mongooseCollection(model: string): string {
  return plural(model.toLowerCase());
}

const uncountable = new Set(
  "advice energy excretion digestion cooperation health justice labour machinery equipment information pollution sewage paper money species series rain rice fish sheep moose deer news expertise status media".split(
    " ",
  ),
);
/** The first that fits; as mongoose has them. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/(m)an$/i, "$1en"],
  [/(pe)rson$/i, "$1ople"],
  [/(child)$/i, "$1ren"],
  [/(ax|test)is$/i, "$1es"],
  [/(octop|vir)us$/i, "$1i"],
  [/(alias|status)$/i, "$1es"],
  [/(bu)s$/i, "$1ses"],
  [/(buffal|tomat|potat)o$/i, "$1oes"],
  [/([ti])um$/i, "$1a"],
  [/sis$/i, "ses"],
  [/([^f])fe$/i, "$1ves"],
  [/([lr])f$/i, "$1ves"],
  [/([^aeiouy]|qu)y$/i, "$1ies"],
  [/(x|ch|ss|sh)$/i, "$1es"],
  [/(matr|vert|ind)(?:ix|ex)$/i, "$1ices"],
  [/([ml])ouse$/i, "$1ice"],
  [/(quiz)$/i, "$1zes"],
  [/s$/i, "s"],
  [/([^a-z])$/i, "$1"],
  [/$/, "s"],
];

/** English plural of the last word; its case stays. */
export function plural(name: string): string {
  if (uncountable.has(name.toLowerCase())) return name;
  const [ending, replacement] = endings.find(([pattern]) => pattern.test(name)) ?? [/$/, "s"];
  return name.replace(ending, replacement);
}
