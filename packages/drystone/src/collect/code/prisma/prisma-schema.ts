import type { Detector, Emit } from "../detector.js";
import { closeOf } from "../expression.js";
import type { Source } from "../source.js";

const technologies = new Map([
  ["postgresql", "postgresql"],
  ["postgres", "postgresql"],
  ["mysql", "mysql"],
  ["mongodb", "mongodb"],
  ["sqlserver", "sqlserver"],
  ["cockroachdb", "cockroachdb"],
  ["sqlite", "sqlite"],
]);
const maxBlocks = 1000;

/** Prisma schema: the database of `datasource`, tables and fields of `model`. */
export const prismaSchema: Detector = {
  name: "prisma/schema",
  languages: ["prisma"],
  words: ["datasource", "model ", "view "],
  detect(source, emit) {
    const technology = datasource(source, emit);
    let count = 0;
    for (const match of source.bare.matchAll(/(?:^|\n)[ \t]{0,9}(model|view)\s{1,9}([A-Za-z]\w{0,100})\s{0,9}\{/g)) {
      if (count++ >= maxBlocks) return;
      const open = match.index + match[0].length - 1;
      const body = source.code.slice(open + 1, closeOf(source, open) - 1);
      const entity = match[2] ?? "";
      const at = match.index + match[0].indexOf(match[1] ?? "");
      const name = /@@map\(\s{0,9}(?:name\s{0,3}:\s{0,3})?"([^"\n]{1,120})"/.exec(body)?.[1] ?? entity;
      const schema = /@@schema\(\s{0,9}"([^"\n]{1,120})"/.exec(body)?.[1] ?? null;
      emit(at, { kind: "table", name, schema, access: "map", technology, entity });
      const fields = [...body.matchAll(/(?:^|\n)[ \t]{0,20}([A-Za-z]\w{0,100})[ \t]{1,60}[A-Za-z]/g)].map(
        (field) => field[1] ?? "",
      );
      if (fields.length >= 3) emit(at, { kind: "model", name: entity, fields: fields.slice(0, 60) });
    }
  },
};

/** `datasource db { provider = "postgresql" url = env("DATABASE_URL") }`; its technology. */
function datasource(source: Source, emit: Emit): string | null {
  const head = /(?:^|\n)[ \t]{0,9}datasource\s{1,9}\w{1,60}\s{0,9}\{/.exec(source.bare);
  if (head === null) return null;
  const open = head.index + head[0].length - 1;
  const at = head.index + head[0].indexOf("datasource");
  const body = source.code.slice(open, closeOf(source, open));
  const technology = technologies.get(/(?:^|\n)[ \t]{0,20}provider\s{0,20}=\s{0,9}"(\w{1,40})"/.exec(body)?.[1] ?? "") ?? null;
  const url = /(?:^|\n)[ \t]{0,20}url\s{0,20}=\s{0,9}(?:env\(\s{0,9}"([\w.-]{1,120})"\s{0,9}\)|"([^"\n]{1,500})")/.exec(body);
  const [, key, text] = url ?? [];
  if (key !== undefined) emit(at, { kind: "setting", key, fallback: null });
  const value = key === undefined ? text : `\${${key}}`;
  if (technology === null) return null;
  if (value !== undefined && technology !== "sqlite") emit(at, { kind: "address", value, technology, use: "client" });
  const database = text === undefined ? null : (/^[a-z+]{3,20}:\/\/[^/]{1,300}\/([\w-]{1,100})/.exec(text)?.[1] ?? null);
  emit(at, { kind: "store-client", technology, library: "prisma", database });
  return technology;
}
