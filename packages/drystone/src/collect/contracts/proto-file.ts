/** A .proto file as a value. The library parses its text and nothing else: no import is followed, no file is opened. */
import protobuf from "protobufjs";
import type { ProtoEnum, ProtoField, ProtoFile, ProtoMessage, ProtoReserved, ProtoService } from "#model/contract-source.js";
import type { Problem } from "#model/facts.js";

export interface ReadProtoFile {
  readonly file: ProtoFile | null;
  /** As written. */
  readonly imports: readonly string[];
  readonly problems: readonly Problem[];
}

const maxBytes = 2 * 1024 * 1024;

/** Never throws. */
export function readProtoFile(file: string, text: string): ReadProtoFile {
  const refused = (line: number | null, what: string): ReadProtoFile => ({
    file: null,
    imports: [],
    problems: [
      {
        path: file,
        line,
        message: `${line === null ? file : `${file}:${line}`} ${what}`,
        hint: "correct it; nothing was read from it",
      },
    ],
  });
  if (text.length > maxBytes) return refused(null, "is larger than 2 MB");
  if (nesting(text) > maxNesting) return refused(null, `is nested deeper than ${maxNesting} levels`);
  let parsed: protobuf.IParserResult;
  try {
    parsed = protobuf.parse(text, new protobuf.Root(), { keepCase: true, alternateCommentMode: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const line = Number(/line (\d{1,9})/.exec(message)?.[1] ?? Number.NaN);
    return refused(Number.isNaN(line) ? null : line, "is not a protocol buffer file");
  }
  const scope: Scope = { package: parsed.package ?? "", lines: declarationLines(text), messages: [], enums: [], services: [] };
  walk(parsed.root, "", scope, 0);
  return {
    file: {
      file,
      package: scope.package,
      syntax: /^\s{0,100}(?:syntax|edition)\s{0,20}=\s{0,20}["']([\w.]{1,20})["']/m.exec(text)?.[1] ?? "proto2",
      messages: scope.messages,
      enums: scope.enums,
      services: scope.services,
    },
    imports: [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])],
    problems: [],
  };
}

const maxNesting = 60;

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 60 || code === 91 || code === 40) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 62 || code === 93 || code === 41) depth--;
  }
  return deepest;
}

interface Scope {
  readonly package: string;
  readonly lines: ReadonlyMap<string, number>;
  readonly messages: ProtoMessage[];
  readonly enums: ProtoEnum[];
  readonly services: ProtoService[];
}

function walk(namespace: protobuf.NamespaceBase, prefix: string, scope: Scope, depth: number): void {
  if (depth > maxNesting) return;
  for (const item of namespace.nestedArray) {
    const name = prefix === "" ? item.name : `${prefix}.${item.name}`;
    const line = scope.lines.get(item.name) ?? 1;
    if (item instanceof protobuf.Type) {
      scope.messages.push({
        name,
        line,
        fields: item.fieldsArray.map((field) => fieldOf(field, scope, line)),
        reserved: reservedOf(item.reserved),
      });
      walk(item, name, scope, depth + 1);
    } else if (item instanceof protobuf.Enum) scope.enums.push(enumOf(item, name, line));
    else if (item instanceof protobuf.Service) scope.services.push(serviceOf(item, name, line, scope));
    else if (item instanceof protobuf.Namespace) walk(item, name, scope, depth + 1);
  }
}

function fieldOf(field: protobuf.Field, scope: Scope, fallback: number): ProtoField {
  const synthetic = field.options?.["proto3_optional"] === true;
  return {
    name: field.name,
    jsonName: typeof field.options?.["json_name"] === "string" ? field.options["json_name"] : camelCase(field.name),
    number: field.id,
    type: field.type.replace(/^\./, ""),
    keyType: field instanceof protobuf.MapField ? field.keyType : null,
    label:
      field.rule === "repeated" || field.repeated
        ? "repeated"
        : field.rule === "required"
          ? "required"
          : synthetic || field.rule === "optional"
            ? "optional"
            : "singular",
    defaultValue: defaultOf(field),
    oneof: synthetic ? null : (field.partOf?.name ?? null),
    line:
      scope.lines.get(`${field.parent?.name ?? ""} ${field.name}=${field.id}`) ??
      scope.lines.get(`${field.name}=${field.id}`) ??
      fallback,
  };
}

function defaultOf(field: protobuf.Field): string | null {
  const value: unknown = field.options?.["default"];
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return null;
  return field.type === "string" || field.type === "bytes" ? JSON.stringify(value) : value;
}

function camelCase(name: string): string {
  return name.replace(/_{1,50}([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function enumOf(item: protobuf.Enum, name: string, line: number): ProtoEnum {
  return {
    name,
    line,
    values: Object.entries(item.values).map(([value, number]) => ({ name: value, number })),
    reserved: reservedOf(item.reserved),
  };
}

function reservedOf(reserved: readonly (number[] | string)[] | null | undefined): ProtoReserved {
  const all = reserved ?? [];
  return {
    ranges: all.flatMap((one): [number, number][] => (typeof one === "string" ? [] : [[one[0] ?? 0, one[1] ?? one[0] ?? 0]])),
    names: all.filter((one): one is string => typeof one === "string"),
  };
}

function serviceOf(item: protobuf.Service, name: string, line: number, scope: Scope): ProtoService {
  return {
    name,
    line,
    methods: item.methodsArray.map((method) => ({
      name: method.name,
      request: method.requestType.replace(/^\./, ""),
      response: method.responseType.replace(/^\./, ""),
      requestStream: method.requestStream === true,
      responseStream: method.responseStream === true,
      line: scope.lines.get(`rpc ${method.name}`) ?? line,
    })),
  };
}

/** Lines of declarations by name, of methods by `rpc name`, of fields by `Message name=number` and `name=number`; the first of each. */
function declarationLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const note = (key: string, line: number) => {
    if (!lines.has(key)) lines.set(key, line);
  };
  let message = "";
  for (const [index, line] of text.split("\n").entries()) {
    const short = line.slice(0, 400);
    const declared = /^\s{0,200}(message|enum|service|rpc)\s{1,20}(\w{1,200})/.exec(short);
    if (declared) note(declared[1] === "rpc" ? `rpc ${declared[2]}` : (declared[2] ?? ""), index + 1);
    if (declared?.[1] === "message") message = declared[2] ?? "";
    for (const [, name, number] of short.matchAll(/\b(\w{1,200})\s{0,20}=\s{0,20}(\d{1,10})/g)) {
      note(`${message} ${name}=${number}`, index + 1);
      note(`${name}=${number}`, index + 1);
    }
  }
  return lines;
}
