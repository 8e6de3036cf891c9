import { isNameLike } from "../common/name-like.js";
import type { Detector } from "../detector.js";
import { fieldsOf, pythonClasses } from "./classes.js";

/** Types of data: pydantic, dataclasses, attrs, named tuples, typed dicts, entities. */
export const models: Detector = {
  name: "python/models",
  languages: ["python"],
  words: ["class "],
  detect(source, emit) {
    for (const type of pythonClasses(source)) {
      if (type.bases.some((base) => /^(?:Enum|IntEnum|StrEnum|BaseSettings|TestCase|Exception|Protocol|ABC)$/.test(base)))
        continue;
      const isData =
        type.decorators.some((name) => /(?:^|\.)(?:dataclass|define|frozen|attrs|s|dataclass_json|attrib)$/.test(name)) ||
        type.bases.some((base) =>
          /^(?:BaseModel|SQLModel|NamedTuple|TypedDict|Struct|Schema|Model|Document|Base|Record|EmbeddedDocument|DeclarativeBase|\w{1,40}Base|Serializer|ModelSchema|Event|Command)$/.test(
            base,
          ),
        );
      if (!isData) continue;
      const fields = fieldsOf(source, type).flatMap(({ name, type: written }) =>
        name.startsWith("_") || /^(?:ClassVar|model_config|meta|objects)/.test(written || name) ? [] : [name],
      );
      if (fields.length >= 3) emit(type.start, { kind: "model", name: type.name, fields: fields.slice(0, 100) });
    }
  },
};

/** `ORDERS_TOPIC = "orders"`, members of enums and of classes of constants. */
export const constants: Detector = {
  name: "python/constants",
  languages: ["python"],
  words: ["="],
  detect(source, emit) {
    const put = (offset: number, name: string, at: number) => {
      const value = source.stringAt(at)?.value;
      if (value !== undefined && isNameLike(value)) emit(offset, { kind: "constant", name, value });
    };
    for (const match of source.bare.matchAll(
      /^([A-Z][A-Z0-9_]{2,80})(?:[ \t]{0,3}:[ \t]{0,3}[\w[\]. ]{1,40})?[ \t]{0,9}=[ \t]{0,9}(?=[rbuf]?_{2})/gm,
    ))
      put(match.index, match[1] ?? "", match.index + match[0].length);
    for (const type of pythonClasses(source))
      for (const { name, valueAt } of fieldsOf(source, type))
        if (valueAt !== null && /^[A-Z][A-Z0-9_]{1,80}$/.test(name)) put(valueAt, `${type.name}.${name}`, valueAt);
  },
};
