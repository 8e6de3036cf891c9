/** Types that names of a file are declared with. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface Declared {
  readonly name: string;
  /** `Repository`. */
  readonly type: string;
  /** `User` of `Repository<User>`, "" when there is none. */
  readonly of: string;
  readonly offset: number;
}

const maxDeclared = 5000;

/** `name: Type<Of>` of fields, parameters and variables, in order. */
export const declaredTypes = perSource((source: Source): readonly Declared[] => {
  const found: Declared[] = [];
  const pattern =
    /(?<![\w$])([A-Za-z_$][\w$]{0,80})[!?]?\s{0,3}:\s{0,9}(?:[a-z][\w]{0,40}\.)?([A-Z][\w$]{0,80})(?:<\s{0,9}(?:typeof\s{1,3})?([\w$.]{1,80}))?/g;
  for (let match = pattern.exec(source.bare); match !== null && found.length < maxDeclared; match = pattern.exec(source.bare)) {
    found.push({ name: match[1] ?? "", type: match[2] ?? "", of: match[3]?.split(".").at(-1) ?? "", offset: match.index });
  }
  return found;
});

/** Names that are declared with one of the types. */
export function namesOfType(source: Source, type: RegExp): ReadonlySet<string> {
  return new Set(declaredTypes(source).flatMap((one) => (type.test(one.type) ? [one.name] : [])));
}
