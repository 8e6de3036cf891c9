import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { assignedName, callsNamed, callsOf } from "./calls-of.js";
import { classesOf, decoratorsIn } from "./classes.js";
import { bindingsOf, imports, isRelative } from "./imports.js";
import { declaredTypes } from "./types-of.js";
import { argumentAt } from "./values.js";

const reads = new Set(
  "find findOne findOneBy findOneOrFail findOneByOrFail findBy findById findByIds findByPk findAll findAndCount findAndCountAll findAndCountBy findMany findUnique findUniqueOrThrow findFirst findFirstOrThrow count countBy countDocuments estimatedDocumentCount exists exist existsBy aggregate distinct createQueryBuilder groupBy paginate max min sum average query lean where findOneById findLean watch".split(
    " ",
  ),
);
const writes = new Set(
  "save insert insertOne insertMany update updateOne updateMany delete deleteOne deleteMany remove create createMany createManyAndReturn bulkCreate bulkWrite upsert destroy findOneAndUpdate findByIdAndUpdate findOneAndDelete findByIdAndDelete findOneAndRemove findByIdAndRemove findOneAndReplace replaceOne softDelete softRemove restore recover increment decrement findOrCreate persist persistAndFlush removeAndFlush truncate clear nativeInsert nativeUpdate nativeDelete insertGraph patch".split(
    " ",
  ),
);

export function accessOf(method: string): "read" | "write" | null {
  return reads.has(method) ? "read" : writes.has(method) ? "write" : null;
}

/** Reads and writes through repositories, models and Prisma. */
export const entityUses: Detector = {
  name: "javascript/entity-uses",
  languages: ["javascript"],
  words: ["Repository", "Model", "model", "prisma", "entit", "getRepository", "EntityManager"],
  detect(source, emit) {
    const entities = entityNames(source);
    for (const call of callsOf(source)) {
      if (call.isNew) continue;
      const known = accessOf(call.name);
      const prisma = prismaModel(call.path);
      if (prisma !== undefined && known !== null && /prisma/i.test(source.text)) {
        emit(call.start, { kind: "entity-use", entity: prisma, access: known });
        continue;
      }
      const entity = entities.get(call.receiver);
      // `create` of a repository of a library only makes an object.
      if (entity === undefined || (entity.through === "repository" && (call.name === "create" || call.name === "query")))
        continue;
      const access = known ?? (entity.through === "own" ? ownAccess(call.name) : null);
      if (access !== null) emit(call.start, { kind: "entity-use", entity: entity.name, access });
    }
  },
};

/** `Order` of `this.prisma.order.findMany`. */
function prismaModel(path: string): string | undefined {
  const name = /(?:^|\.)(?:\w{0,20}[pP]risma\w{0,20}|tx)\.([a-z]\w{0,80})\.\w{1,40}$/.exec(path)?.[1];
  return name === undefined ? undefined : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

interface EntityName {
  readonly name: string;
  /** How methods say whether they read or write. */
  readonly through: "repository" | "model" | "own";
}

/** Methods of repositories that somebody wrote: `findUserByEmail`, `createUser`. */
function ownAccess(method: string): "read" | "write" | null {
  if (/^(?:find|get|list|count|search|fetch|load|exists|has|read|query|paginate)(?:$|[A-Z])/.test(method)) return "read";
  return /^(?:create|save|insert|update|upsert|delete|remove|add|store|persist|bulk|increment|decrement|mark|set|soft[A-Z])(?:$|[A-Z]|[a-z]{0,10}[A-Z])/.test(
    method,
  )
    ? "write"
    : null;
}

const libraryRepository = /^(?:Repository|MongoRepository|TreeRepository|EntityRepository|SqlEntityRepository|BaseRepository)$/;

/** What stands for an entity: a repository of it, an injected model, a model of another file. */
function entityNames(source: Source): ReadonlyMap<string, EntityName> {
  const found = new Map<string, EntityName>();
  for (const { name, type, of } of declaredTypes(source)) {
    const isNamed = /^[A-Z]\w/.test(of) && !/^T(?:_|[A-Z])/.test(of);
    const custom = /^I?([A-Z][a-z]\w{0,80})(?:Repository|Dao|DAO)$/.exec(type)?.[1];
    if (libraryRepository.test(type)) {
      if (isNamed) found.set(name, { name: of, through: "repository" });
    } else if (/^(?:Model|SoftDeleteModel|PaginateModel|ReturnModelType)$/.test(type)) {
      if (isNamed) found.set(name, { name: of.replace(/(?<=\w)Document$/, ""), through: "model" });
    } else if (custom !== undefined) found.set(name, { name: custom, through: "own" });
  }
  for (const site of classesOf(source))
    for (const { name, open } of decoratorsIn(source, site.open, site.end)) {
      if (!/^Inject(?:Model|Repository)$/.test(name) || open === null) continue;
      const at = argumentAt(source, open, 0);
      const entity =
        at === null
          ? undefined
          : (/^([A-Z][\w$]{0,80})(?:\.name)?\s{0,9}[,)]/.exec(source.bare.slice(at, at + 100))?.[1] ??
            source.stringAt(at)?.value);
      const field = /\)\s{0,60}(?:(?:private|public|protected|readonly)\s{1,9}){0,3}([A-Za-z_$][\w$]{0,80})/.exec(
        source.bare.slice(open, open + 300),
      )?.[1];
      if (entity !== undefined && field !== undefined)
        found.set(field, { name: entity, through: name === "InjectRepository" ? "repository" : "model" });
    }
  for (const call of callsNamed(source, "getRepository", "getMongoRepository", "getCustomRepository")) {
    const at = argumentAt(source, call.open, 0);
    const entity = at === null ? undefined : /^([A-Z][\w$]{0,80})\s{0,9}\)/.exec(source.bare.slice(at, at + 100))?.[1];
    const name = assignedName(source, call);
    if (entity !== undefined && name !== null) found.set(name, { name: entity, through: "repository" });
  }
  for (const { local, imported, module } of bindingsOf(source)) {
    const isModel =
      isRelative(module) &&
      /(?:^|[/._-])(?:models?|entit(?:y|ies)|schemas?|dal|db)(?:$|[/._-])|Model$|Entity$|Schema$/i.test(module);
    if (
      isModel &&
      /^[A-Z][a-zA-Z]/.test(local) &&
      !/^[A-Z_]+$/.test(local) &&
      !/(?:Dto|DTO|Schema|Service|Repository|Enum|Type|Error)$/.test(local)
    )
      found.set(local, {
        name: imported === "default" || imported === "*" ? local.replace(/(?<=[a-z])Model$/, "") : imported,
        through: "model",
      });
  }
  if (imports(source, "mongoose", "sequelize", "typeorm", "sequelize-typescript"))
    for (const call of callsNamed(source, "model", "define")) {
      const [name, first] = [assignedName(source, call), argumentAt(source, call.open, 0)];
      const entity = first === null ? undefined : source.stringAt(first)?.value;
      if (name !== null && entity !== undefined && /^[\w$]{1,80}$/.test(entity))
        found.set(name, { name: entity, through: "model" });
    }
  return found;
}
