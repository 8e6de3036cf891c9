import { isNameLike } from "../common/name-like.js";
import type { Detector } from "../detector.js";
import { functionText, textFunctions } from "./names.js";
import { type GoStruct, goStructs } from "./structs.js";

/** Environment variables and configuration keys that tags of a struct name: envconfig, env, cleanenv, viper, koanf, yaml. */
export const structSettings: Detector = {
  name: "go/struct-settings",
  languages: ["go"],
  words: ["env:", "envconfig:", "mapstructure:", "koanf:", "yaml:", "toml:"],
  detect(source, emit) {
    const structs = goStructs(source);
    const byName = new Map(structs.map((one) => [one.name, one]));
    const used = new Set(structs.flatMap(({ fields, embedded }) => [...fields.map(({ type }) => type), ...embedded]));
    const seen = { left: 2000 };
    for (const one of structs) {
      for (const { tags, at } of one.fields) {
        const key = (tags.get("env") ?? tags.get("envconfig"))?.split(",")[0] ?? "";
        const fallback = tags.get("env-default") ?? tags.get("envDefault") ?? tags.get("default") ?? null;
        if (/^[A-Za-z]\w{1,100}$/.test(key)) emit(at, { kind: "setting", key, fallback });
      }
      if (!used.has(one.name))
        walk(one, "", byName, 0, seen, (at, key, fallback) => emit(at, { kind: "setting", key, fallback }));
    }
  },
};

/** Keys of nested structs, joined by dots. */
function walk(
  type: GoStruct,
  prefix: string,
  byName: ReadonlyMap<string, GoStruct>,
  depth: number,
  seen: { left: number },
  put: (at: number, key: string, fallback: string | null) => void,
): void {
  for (const { type: inner, tags, at } of type.fields) {
    const key = (tags.get("mapstructure") ?? tags.get("koanf") ?? tags.get("yaml") ?? tags.get("toml"))?.split(",")[0] ?? "";
    if (!/^[A-Za-z][\w-]{0,60}$/.test(key) || seen.left-- <= 0) continue;
    const whole = prefix === "" ? key : `${prefix}.${key}`;
    const next = byName.get(inner.split(".").at(-1) ?? inner);
    if (next !== undefined && depth < 4) walk(next, whole, byName, depth + 1, seen, put);
    else if (whole.includes(".") || /url|uri|host|addr|dsn|endpoint|broker|server/i.test(key))
      put(at, whole, tags.get("env-default") ?? null);
  }
}

/** `const OrdersTopic = "orders"`, `var Topic = topicOrDefault()`: in a block or alone, typed or not. */
export const constants: Detector = {
  name: "go/constants",
  languages: ["go"],
  words: ["const", "var", "string {"],
  detect(source, emit) {
    const own = /^package[ \t]{1,4}(\w{1,80})/m.exec(source.bare)?.[1];
    const put = (at: number, name: string, valueAt: number) =>
      putValue(at, name, source.stringAt(valueAt)?.value ?? functionText(source, valueAt));
    const putValue = (at: number, name: string, value: string | null) => {
      // Other packages call it by the package: `topics.Orders`.
      if (value !== null && (isNameLike(value) || /^\$\{\w{1,100}(?::-[\w./-]{1,200})?\}$/.test(value)))
        emit(at, { kind: "constant", name: own === undefined || own === "main" ? name : `${own}.${name}`, value });
    };
    for (const [name, value] of textFunctions(source)) putValue(source.bare.indexOf(`func ${name}(`), name, value);
    for (const match of source.bare.matchAll(
      /^[ \t]{0,8}(?:const|var)[ \t]{1,4}(\w{1,80})(?:[ \t]{1,4}[\w.]{1,60})?[ \t]{0,9}=[ \t]{0,9}(?=_{3}|\w{1,80}\(\)[ \t]{0,9}$)/gm,
    ))
      put(match.index, match[1] ?? "", match.index + match[0].length);
    for (const block of source.bare.matchAll(/^(?:const|var)[ \t]{0,4}\(((?:[^()]|\(\)){0,20000})\)/gm)) {
      const from = block.index + block[0].indexOf("(") + 1;
      for (const one of (block[1] ?? "").matchAll(
        /\n[ \t]{1,16}(\w{1,80})(?:[ \t]{1,30}[\w.]{1,60})?[ \t]{0,60}=[ \t]{0,9}(?=_{3}|\w{1,80}\(\)[ \t]{0,9}\n)/g,
      ))
        put(from + one.index + 1, one[1] ?? "", from + one.index + one[0].length);
    }
  },
};

/** Exported structs that are written as JSON or to a store. */
export const models: Detector = {
  name: "go/models",
  languages: ["go"],
  words: ["struct"],
  detect(source, emit) {
    for (const { name, start, fields } of goStructs(source)) {
      if (
        !/^[A-Z]/.test(name) ||
        /(?:Config|Configuration|Settings|Options|Opts|Client|Server|Handler|Repository|Service|Suite)$/.test(name)
      )
        continue;
      const named = fields.flatMap(({ name: field, tags }) => {
        const written = (tags.get("json") ?? tags.get("bson") ?? tags.get("db") ?? tags.get("gorm") ?? tags.get("avro"))?.split(
          ",",
        )[0];
        return /^[A-Z]/.test(field) && written !== "-" ? [{ field, isTagged: written !== undefined }] : [];
      });
      const isEvent =
        /(?:Event|Created|Updated|Deleted|Cancelled|Completed|Command|Placed|Ordered|DTO|Dto|Request|Response|Entity|Model|Message)$/.test(
          name,
        );
      const isGenerated = fields.some(({ name: field }) => field === "HTTPResponse");
      if (named.length >= 3 && !isGenerated && (isEvent || named.some(({ isTagged }) => isTagged)))
        emit(start, { kind: "model", name, fields: named.map(({ field }) => field).slice(0, 100) });
    }
  },
};
