/** Classes of a file with what stands before and in them. */
import { closeOf } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface ClassSite {
  readonly name: string;
  /** `Base` and `Of` of `extends Base<Of>`; "" when there is none. */
  readonly base: string;
  readonly baseOf: string;
  readonly start: number;
  /** Offset of the opening brace. */
  readonly open: number;
  /** Offset behind the closing brace, or of the next class. */
  readonly end: number;
  readonly decorators: readonly Decorator[];
}

export interface Decorator {
  readonly name: string;
  readonly start: number;
  /** Offset of the opening bracket; null for `@Name` without. */
  readonly open: number | null;
}

const maxClasses = 500;

export const classesOf = perSource((source: Source): readonly ClassSite[] => {
  const { bare } = source;
  const pattern =
    /(?<![\w$.@])class\s{1,9}([A-Za-z_$][\w$]{0,100})(?:<[^{}()]{1,200}?>)?(?:\s{1,20}extends\s{1,20}([\w$.]{1,100})(?:<\s{0,9}([\w$.]{1,100})[^{}]{0,200}?>)?)?[^{};]{0,300}\{/g;
  const heads: { readonly match: RegExpExecArray; readonly open: number }[] = [];
  for (let match = pattern.exec(bare); match !== null && heads.length < maxClasses; match = pattern.exec(bare))
    heads.push({ match, open: pattern.lastIndex - 1 });
  return heads.map(({ match, open }, index) => ({
    name: match[1] ?? "",
    base: match[2]?.split(".").at(-1) ?? "",
    baseOf: match[3]?.split(".").at(-1) ?? "",
    start: match.index,
    open,
    end: heads[index + 1]?.match.index ?? bare.length,
    decorators: decoratorsBefore(source, match.index, index === 0 ? 0 : (heads[index - 1]?.open ?? 0)),
  }));
});

export function decoratorOf(site: { readonly decorators: readonly Decorator[] }, ...names: readonly string[]): Decorator | null {
  return site.decorators.find(({ name }) => names.includes(name)) ?? null;
}

/** Decorators of the whole file, in order. */
const decoratorsOf = perSource((source: Source): readonly Decorator[] => {
  const found: Decorator[] = [];
  const pattern = /(?<![\w$)\]])@([A-Za-z_$][\w$.]{0,80})(\s?\()?/g;
  for (let match = pattern.exec(source.bare); match !== null && found.length < 5000; match = pattern.exec(source.bare))
    found.push({ name: match[1] ?? "", start: match.index, open: match[2] === undefined ? null : pattern.lastIndex - 1 });
  return found;
});

/** Decorators that are written inside of a range and start a member. */
export function decoratorsIn(source: Source, from: number, to: number): readonly Decorator[] {
  return decoratorsOf(source).filter(({ start }) => start >= from && start < to);
}

function decoratorsBefore(source: Source, classAt: number, floor: number): Decorator[] {
  const found: Decorator[] = [];
  let next = classAt;
  for (const decorator of decoratorsIn(source, floor, classAt).toReversed()) {
    const end = decorator.open === null ? decorator.start + 1 + decorator.name.length : closeOf(source, decorator.open);
    if (!/^\s{0,400}(?:export\s{1,9})?(?:default\s{1,9})?(?:abstract\s{1,9})?$/.test(source.bare.slice(end, next))) break;
    found.unshift(decorator);
    next = decorator.start;
  }
  return found;
}

/** Name of the member that the decorator stands before; null when there is none near. */
export function memberAfter(source: Source, { start, name, open }: Decorator): string | null {
  let at = open === null ? start + 1 + name.length : closeOf(source, open);
  for (let count = 0; count < 30; count++) {
    const next = /\s{0,400}@[A-Za-z_$][\w$.]{0,80}(\s?\()?/y;
    next.lastIndex = at;
    const found = next.exec(source.bare);
    if (found === null) break;
    at = found[1] === undefined ? next.lastIndex : closeOf(source, next.lastIndex - 1);
  }
  const member =
    /\s{0,400}(?:(?:public|private|protected|static|readonly|async|override|declare)\s{1,9}){0,4}\*?([A-Za-z_$][\w$]{0,100})/y;
  member.lastIndex = at;
  return member.exec(source.bare)?.[1] ?? null;
}
