/** Expressions as templates, with what only JavaScript has. */
import type { Template } from "../cue.js";
import { templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { bindingsOf, isRelative } from "./imports.js";
import { environmentNames, takenSettings } from "./taken-settings.js";

/**
 * As `templateAt`; settings that were taken out of `process.env` by name are settings, and members of what another file exports (`config.ordersUrl`) are constants:
 * the last two parts of their names.
 */
export function textAt(source: Source, offset: number | null | undefined): Template | null {
  if (offset === null || offset === undefined) return null;
  const template = templateAt(source, offset);
  const literal = source.stringAt(offset);
  const text =
    literal === null
      ? withName(source, offset, template)
      : literal.holes === "${}"
        ? filledLiteral(source, literal.start, literal.end, template)
        : template;
  return text?.replaceAll(":-{}}", "}") ?? null;
}

/** A name that begins the expression: what `templateAt` makes of it is the fallback of a setting, a hole or nothing. */
function withName(source: Source, offset: number, template: Template | null): Template | null {
  const taken = takenAt(source, offset);
  if (taken !== null) {
    const front =
      [taken.fallback, `\${const:${taken.name}}`, "{}"].find((one) => one !== null && template?.startsWith(one)) ?? null;
    return template === null || front === null ? taken.template : taken.template + template.slice(front.length);
  }
  if (template !== null && !template.startsWith("{}")) return template;
  const member = memberAt(source, offset) ?? importedAt(source, offset);
  return member === null || template === null ? member : member + template.slice(2);
}

/** The holes of a literal that are such names; the literal as it was when there are none, or when more is joined to it. */
function filledLiteral(source: Source, start: number, end: number, template: Template | null): Template | null {
  const raw = source.text.slice(start + 1, end - 1);
  const holes = [...raw.matchAll(/\$\{([^{}]{0,300})\}/g)].map(({ index }) => start + 1 + index + 2);
  const names = holes.map((at) => takenAt(source, at)?.template ?? memberAt(source, at));
  const isPlain =
    !/[`\\]/.test(raw) && raw.split("${").length === holes.length + 1 && !/^\s{0,60}\+/.test(source.code.slice(end, end + 70));
  if (!isPlain || names.every((name) => name === null)) return template;
  let index = 0;
  return raw.replace(/\$\{\s{0,20}([^{}]{0,300})\}/g, (whole, expression: string) => {
    const at = (holes[index] ?? 0) + whole.indexOf(expression, 2) - 2;
    return names[index++] ?? templateAt(source, at) ?? "{}";
  });
}

interface Taken {
  readonly name: string;
  readonly template: Template;
  readonly fallback: Template | null;
}

/** A name alone that was taken out of the environment. */
function takenAt(source: Source, offset: number): Taken | null {
  const pattern = /\s{0,20}([A-Za-z_$][\w$]{0,100})(?![\w$.(?[]|\s{0,3}\()/y;
  pattern.lastIndex = offset;
  const name = pattern.exec(source.code)?.[1];
  const setting = name === undefined ? undefined : takenSettings(source).get(name);
  if (name === undefined || setting === undefined) return null;
  const fallback = setting.fallbackAt === null ? null : templateAt(source, setting.fallbackAt);
  return { name, fallback, template: fallback === null ? `\${${setting.key}}` : `\${${setting.key}:-${fallback}}` };
}

/** `config.api.url` of something that is imported from this component, or a member in capitals of anything; not a call. */
function memberAt(source: Source, offset: number): Template | null {
  const pattern = /\s{0,20}(?:this\.)?([A-Za-z_$][\w$]{0,80})((?:[?!]?\.[A-Za-z_$][\w$]{0,80}){1,5})(?![\w$(.?]|\s{0,3}\()/y;
  pattern.lastIndex = offset;
  const found = pattern.exec(source.code);
  const [, root = "", rest = ""] = found ?? [];
  const parts = [root, ...rest.split(/[?!]?\./).filter((part) => part !== "")];
  if (parts.length < 2 || root === "process" || root === "import") return null;
  if (parts.length === 2 && environmentNames(source).has(root)) return `\${${parts[1] ?? ""}}`;
  const isShared = /^[A-Z][A-Z0-9_]{2,}$/.test(parts.at(-1) ?? "") || sharedNames(source).has(root);
  return isShared ? `\${const:${parts.slice(-2).join(".")}}` : null;
}

/** `cartUrl` that another file of this component exports, and whose name says that it names a place. */
function importedAt(source: Source, offset: number): Template | null {
  const pattern = /\s{0,20}([A-Za-z_$][\w$]{0,80})(?![\w$(.?[]|\s{0,3}\()/y;
  pattern.lastIndex = offset;
  const name = pattern.exec(source.code)?.[1] ?? "";
  return /url|uri|host|endpoint|baseapi|topic|queue|exchange|channel|subject/i.test(name) && importedNames(source).has(name)
    ? `\${const:${name}}`
    : null;
}

const importedNames = perSource(
  (source: Source): ReadonlySet<string> =>
    new Set(
      bindingsOf(source).flatMap(({ local, imported, module }) => (isRelative(module) && local === imported ? [local] : [])),
    ),
);

const sharedNames = perSource(
  (source: Source): ReadonlySet<string> =>
    new Set(
      bindingsOf(source).flatMap(({ local, module }) =>
        isRelative(module) || /config|constant|environment|setting/i.test(module) ? [local] : [],
      ),
    ),
);
