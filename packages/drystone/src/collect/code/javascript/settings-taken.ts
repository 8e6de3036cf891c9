import type { Detector } from "../detector.js";
import { templateAt } from "../expression.js";
import { imports } from "./imports.js";
import { takenSettings } from "./taken-settings.js";

/** `const { ORDERS_URL = "…" } = process.env`. */
export const settingsTaken: Detector = {
  name: "javascript/settings-taken",
  languages: ["javascript"],
  words: ["process.env", "import.meta.env", "window."],
  detect(source, emit) {
    for (const { key, fallbackAt, offset } of takenSettings(source).values())
      emit(offset, { kind: "setting", key, fallback: fallbackAt === null ? null : templateAt(source, fallbackAt) });
  },
};

/** Schemas that the whole environment is checked by: `z.object({ ORDERS_URL: z.string() }).parse(process.env)`; other files read it from their result. */
export const settingSchemas: Detector = {
  name: "javascript/setting-schemas",
  languages: ["javascript"],
  words: ["process.env", "validationSchema", "createEnv"],
  detect(source, emit) {
    const isChecked =
      /(?:parse|safeParse|validate|cleanEnv|validateSync|plainToClass|plainToInstance)\s?\(\s{0,9}(?:\w{1,60},\s{0,9})?process\.env(?![\w.[])|validationSchema\s{0,3}:|(?<![\w$])createEnv\s?\(/.test(
        source.bare,
      );
    if (!isChecked || !imports(source, "zod", "joi", "@hapi/joi", "envalid", "yup", "@t3-oss/*", "valibot", "@nestjs/config"))
      return;
    const key =
      /(?<=[{,]\s{0,40})([A-Z][A-Z0-9_]{2,100})\s{0,3}:\s{0,9}(?:[zyv]|Joi|joi|yup)\s{0,40}\.|(?<=[{,]\s{0,40})([A-Z][A-Z0-9_]{2,100})\s{0,3}:\s{0,9}(?:str|url|num|port|host|bool|json|email)\(/g;
    let count = 0;
    for (const match of source.bare.matchAll(key)) {
      if (count++ >= 200) break;
      const name = match[1] ?? match[2] ?? "";
      emit(match.index, { kind: "setting", key: name, fallback: null });
      emit(match.index, { kind: "constant", name, value: `\${${name}}` });
    }
  },
};
