/** Two versions of an enum. */
import type { ProtoEnum } from "#model/contract-source.js";
import { inNew, lineIn, type Placed, type ProtoComparison, type Spot, tell } from "./proto-comparison.js";
import { compareReserved, isReservedName, isReservedNumber } from "./proto-reserved.js";

export function compareProtoEnum(comparison: ProtoComparison, old: Placed<ProtoEnum>): void {
  const next = comparison.new.enums.get(inNew(old.value.name, comparison));
  const before = lineIn(old.file, old.value.line);
  if (next === undefined)
    return tell(
      comparison,
      {
        rule: "enum-removed",
        level: "note",
        message: "the enum is gone; what still uses it is told on its own",
        fix: "keep it until nobody uses it",
      },
      { subject: old.value.name, old: before, new: null },
    );
  const spot: Spot = { subject: old.value.name, old: before, new: lineIn(next.file, next.value.line) };
  for (const number of new Set(old.value.values.map((value) => value.number))) {
    const names = namesOf(old.value, number);
    const now = namesOf(next.value, number);
    if (now.length === 0) valueRemoved(comparison, next.value, number, names, spot);
    else if (!comparison.options.wireOnly && !names.some((name) => now.includes(name)))
      tell(
        comparison,
        {
          rule: "enum-value-renamed",
          level: "error",
          message: `value ${number} is called ${now.join(", ")} now, not ${names.join(", ")}: JSON writes the name`,
          fix: "keep the name",
        },
        spot,
      );
  }
  compareReserved(comparison, old, next, new Set(next.value.values.map((value) => value.number)), spot);
}

function namesOf({ values }: ProtoEnum, number: number): string[] {
  return values.filter((value) => value.number === number).map(({ name }) => name);
}

function valueRemoved(
  comparison: ProtoComparison,
  { reserved }: ProtoEnum,
  number: number,
  names: readonly string[],
  spot: Spot,
): void {
  const isKept =
    isReservedNumber(reserved, number) && (comparison.options.wireOnly || names.every((name) => isReservedName(reserved, name)));
  if (isKept && number !== 0) return;
  tell(
    comparison,
    {
      rule: "enum-value-removed",
      level: "error",
      message: `value ${number} (${names.join(", ")}) is gone${number === 0 ? ", which is what a field that was not set reads as" : " and not reserved"}`,
      fix: number === 0 ? "keep it" : `reserved ${number}; reserved "${names[0] ?? ""}";`,
    },
    spot,
  );
}
