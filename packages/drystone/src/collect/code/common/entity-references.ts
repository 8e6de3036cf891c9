import type { Detector } from "../detector.js";
import type { Source } from "../source.js";

/** A class of data that refers to another one: the foreign keys that object mappers make. Each counts as a read of the other table; what stands for no table is dropped when tables are told. */
export const entityReferences: Detector = {
  name: "common/entity-references",
  languages: ["php", "python", "java", "kotlin", "csharp", "javascript"],
  words: [
    "hasMany",
    "hasOne",
    "belongsTo",
    "morph",
    "targetEntity",
    "ForeignKey",
    "OneToOne",
    "ManyToMany",
    "ManyToOne",
    "OneToMany",
    "relationship(",
    "HasOne<",
    "HasMany<",
    "ICollection<",
    "List<",
    "virtual",
  ],
  detect(source, emit) {
    for (const { text, pattern } of patternsOf(source)) {
      let count = 0;
      for (const match of source[text].matchAll(pattern)) {
        if (++count > mostReferences) break;
        emit(match.index, { kind: "entity-use", entity: match[1] ?? "", access: "read" });
      }
    }
  },
};

const mostReferences = 300;

interface Pattern {
  readonly text: "code" | "bare";
  readonly pattern: RegExp;
}

function patternsOf({ language, path }: Source): readonly Pattern[] {
  switch (language) {
    case "php":
      return [eloquentRelations, doctrineTargets];
    case "python":
      return [djangoRelations, alchemyKeys];
    case "java":
    case "kotlin":
      return [jpaRelations];
    case "csharp":
      return modelFolder.test(path) ? [fluentRelations, navigationProperties] : [fluentRelations];
    default:
      return [typeOrmRelations, sequelizeRelations];
  }
}

const modelFolder = /(?:^|[/.])(?:models?|entit(?:y|ies)|domain)[/.]/i;

const eloquentRelations: Pattern = {
  text: "bare",
  pattern:
    /->(?:hasMany|hasOne|belongsTo|belongsToMany|hasManyThrough|hasOneThrough|morphMany|morphOne|morphToMany|morphedByMany)\(\s{0,40}\\?(?:\w{1,60}\\){0,8}([A-Z]\w{0,80})::class/g,
};
const doctrineTargets: Pattern = {
  text: "bare",
  pattern: /\btargetEntity\s{0,3}:\s{0,3}\\?(?:\w{1,60}\\){0,8}([A-Z]\w{0,80})::class/g,
};
/** Also `relationship("User")` of SQLAlchemy. */
const djangoRelations: Pattern = {
  text: "code",
  pattern:
    /\b(?:ForeignKey|OneToOneField|ManyToManyField|relationship)\(\s{0,40}(?:to\s{0,3}=\s{0,3})?["']?(?:\w{1,60}\.){0,5}([A-Z]\w{0,80})/g,
};
/** `ForeignKey("users.id")`: the table by its own name. */
const alchemyKeys: Pattern = {
  text: "code",
  pattern: /\bForeignKey\(\s{0,40}["'](?:\w{1,60}\.)?([a-z]\w{0,80})\.[a-z]\w{0,60}["']/g,
};
const jpaRelations: Pattern = {
  text: "bare",
  pattern:
    /@(?:ManyToOne|OneToOne|OneToMany|ManyToMany)\b(?:\([^()]{0,300}\))?(?:\s{1,40}@\w{1,40}(?:\([^()]{0,300}\))?){0,5}\s{1,40}(?:(?:private|protected|public|final)\s{1,9}){0,3}(?:\w{1,40}<\s{0,5})?([A-Z]\w{0,80})/g,
};
const fluentRelations: Pattern = {
  text: "bare",
  pattern: /\.Has(?:One|Many)<\s{0,5}(?:\w{1,60}\.){0,8}([A-Z]\w{0,80})\s{0,5}>/g,
};
const navigationProperties: Pattern = {
  text: "bare",
  pattern:
    /\bpublic\s{1,9}(?:(?:virtual|required)\s{1,9}){0,2}(?:(?:ICollection|IList|List|IEnumerable|HashSet|ISet)<\s{0,5})?([A-Z]\w{0,80})\s{0,5}>?\??\s{1,9}[A-Z]\w{0,80}\s{0,20}\{\s{0,20}get\b/g,
};
const typeOrmRelations: Pattern = {
  text: "bare",
  pattern:
    /@(?:ManyToOne|OneToOne|OneToMany|ManyToMany)\(\s{0,40}(?:\(\s{0,5}\w{0,20}\s{0,5}\)|\w{1,20})\s{0,5}=>\s{0,20}([A-Z]\w{0,80})/g,
};
const sequelizeRelations: Pattern = {
  text: "bare",
  pattern: /\.(?:belongsTo|hasMany|hasOne|belongsToMany)\(\s{0,20}(?:\w{1,40}\.)?([A-Z]\w{0,80})/g,
};
