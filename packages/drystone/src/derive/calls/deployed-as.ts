/** Modules and libraries act as the deployable that holds them: who calls and who stores is asked of what runs. */
import type { Facts } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/** More nesting than this is a cycle in the input. */
const maxNesting = 8;

/** The outermost component that a component is part of; a ref that is no component stays as it is. */
export function deployedAs({ components }: Pick<Facts, "components">): (ref: Ref) => Ref {
  const wholes = new Map(components.flatMap(({ ref, partOf }) => (partOf === null ? [] : [[ref, partOf] as const])));
  return (ref) => {
    let current = ref;
    for (let depth = 0; depth < maxNesting; depth++) {
      const whole = wholes.get(current);
      if (whole === undefined || whole === current) return current;
      current = whole;
    }
    return current;
  };
}
