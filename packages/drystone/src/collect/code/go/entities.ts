import { plural, snakeCase } from "../common/table-names.js";
import type { Detector } from "../detector.js";
import { argumentText, goCalls, importsAny } from "./names.js";
import { goStructs } from "./structs.js";

const name = /^[\w$-]{1,120}$/;

/** Models of gorm, bun, go-pg, xorm and ent. */
export const entities: Detector = {
  name: "go/entities",
  languages: ["go"],
  words: ["gorm", "bun", "xorm", "pg:", "ent.Schema", "TableName()"],
  detect(source, emit) {
    const given = tableNames(source.bare, (at) => source.stringAt(at)?.value ?? null);
    for (const { name: type, start, fields, embedded } of goStructs(source)) {
      const isGorm =
        embedded.some((one) => /(?:^|\.)gorm\.Model$|^gorm\.Model/.test(one)) || fields.some(({ tags }) => tags.has("gorm"));
      const isXorm = fields.some(({ tags }) => tags.has("xorm"));
      const isEnt = embedded.includes("ent.Schema");
      const tag =
        [...fields].flatMap(({ tags }) => /table:([\w.]{1,100})/.exec(tags.get("bun") ?? "")?.[1] ?? []).at(0) ??
        fields
          .find(({ name: field }) => field === "tableName")
          ?.tags.get("pg")
          ?.split(",")[0];
      const text =
        given.get(type) ??
        tag ??
        (isEnt
          ? entTable(source.code, type)
          : isGorm && !type.endsWith("Config")
            ? plural(snakeCase(type))
            : isXorm
              ? snakeCase(type)
              : null);
      if (text === null || !(isGorm || isXorm || isEnt || tag !== undefined || given.has(type))) continue;
      const [table = "", schema = null] = text
        .replace(/^["`]|["`]$/g, "")
        .split(".")
        .reverse();
      if (name.test(table))
        emit(start, {
          kind: "table",
          name: table,
          schema: schema === "public" ? null : schema,
          access: "map",
          technology: null,
          entity: type,
        });
    }
  },
};

/** `func (Order) TableName() string { return "orders" }`. */
function tableNames(bare: string, textAt: (at: number) => string | null): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of bare.matchAll(
    /func[ \t]{1,3}\((?:\w{1,40}[ \t]{1,3})?\*?(\w{1,80})\)[ \t]{1,3}TableName\(\)[ \t]{1,3}string[ \t]{0,3}\{\s{0,60}return[ \t]{1,3}/g,
  )) {
    const text = textAt(match.index + match[0].length);
    if (match[1] !== undefined && text !== null) found.set(match[1], text);
  }
  return found;
}

function entTable(code: string, type: string): string {
  return /entsql\.Annotation\{\s{0,40}Table:\s{0,20}"([\w.]{1,100})"/.exec(code)?.[1] ?? plural(snakeCase(type));
}

const writing =
  /^(?:Create|CreateInBatches|Save|Update|Updates|UpdateColumn|UpdateColumns|Delete|FirstOrCreate|Insert|NewInsert|NewUpdate|NewDelete|InsertOne)$/;
const reading = /^(?:First|Find|Last|Take|Where|Preload|Joins|Scan|Count|Pluck|Get|FirstOrInit|NewSelect|FindInBatches)$/;

/** `db.Create(&models.Order{…})`, `db.Model(&Order{}).Where(…)`. */
export const entityUses: Detector = {
  name: "go/entity-uses",
  languages: ["go"],
  words: ["gorm", "bun", "xorm"],
  detect(source, emit) {
    if (!importsAny(source, "gorm.io", "github.com/jinzhu/gorm", "github.com/uptrace/bun", "xorm.io")) return;
    for (const { name: method, open, close, start } of goCalls(source)) {
      if (!writing.test(method) && !reading.test(method) && method !== "Model") continue;
      const entity = /^\(\s{0,20}(?:\(\*|&|new\()\[?\]?(?:\w{1,40}\.)?([A-Z]\w{0,80})(?=[{)])/.exec(
        source.bare.slice(open, open + 160),
      )?.[1];
      if (entity === undefined) continue;
      const chain =
        /^(?:\s{0,40}\.\s{0,40}\w{1,40}\([^()]{0,300}\)){0,6}/.exec(source.bare.slice(close, close + 1200))?.[0] ?? "";
      const isWrite = writing.test(method) || /\.\s{0,40}(?:Create|Save|Updates?|UpdateColumns?|Delete)\(/.test(chain);
      emit(start, { kind: "entity-use", entity, access: isWrite ? "write" : "read" });
    }
  },
};

/** Collections of MongoDB, tables of squirrel and goqu, `db.Table("x")` of gorm, DynamoDB. */
export const tables: Detector = {
  name: "go/tables",
  languages: ["go"],
  words: ["Collection(", ".C(", "squirrel", "goqu", "gorm", "TableName:"],
  detect(source, emit) {
    const isMongo = importsAny(source, "go.mongodb.org/mongo-driver", "gopkg.in/mgo", "github.com/globalsign/mgo");
    const isBuilder = importsAny(source, "github.com/Masterminds/squirrel", "github.com/doug-martin/goqu");
    const isGorm = importsAny(source, "gorm.io", "github.com/jinzhu/gorm");
    for (const { name: method, open, start, full } of goCalls(source)) {
      const text = () => argumentText(source, open, 0);
      const put = (access: "read" | "write" | "map", technology: string | null) => {
        const [table = "", schema = null] = (text() ?? "").split(/\s/)[0]?.split(".").reverse() ?? [];
        if (/^[\w$-]{1,120}$|^\$\{[\w:.]{1,100}\}$/.test(table))
          emit(start, {
            kind: "table",
            name: table,
            schema: schema === "public" ? null : schema,
            access,
            technology,
            entity: null,
          });
      };
      if (isMongo && (method === "Collection" || method === "C")) put("map", "mongodb");
      else if (isMongo && (method === "Database" || method === "DB")) {
        const database = text();
        if (database !== null && /^[\w$-]{1,80}$|^\$\{/.test(database))
          emit(start, { kind: "store-client", technology: "mongodb", library: "mongo-driver", database });
      } else if (isGorm && method === "Table") put("map", null);
      else if (isBuilder && method === "From") put("read", null);
      else if (isBuilder && /^(?:Insert|Update|Delete)$/.test(method) && /squirrel|goqu|^(?:sq|psql|builder|qb)\./i.test(full))
        put("write", null);
      else if (isBuilder && method === "Into") put("write", null);
    }
    if (!importsAny(source, "github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go-v2")) return;
    for (const match of source.bare.matchAll(
      /dynamodb\.(Get|Put|Update|Delete|Query|Scan|BatchGet)(?:Item)?Input\{[^{}]{0,400}?TableName:\s{0,20}(?:aws\.String\()?/g,
    )) {
      const value = source.stringAt(match.index + match[0].length)?.value;
      if (value !== undefined)
        emit(match.index, {
          kind: "table",
          name: value,
          schema: null,
          access: /Get|Query|Scan/.test(match[1] ?? "") ? "read" : "write",
          technology: "dynamodb",
          entity: null,
        });
    }
  },
};
