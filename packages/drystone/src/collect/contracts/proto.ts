/** Protocol buffers: package, imports, services with their methods, messages with their fields. Options are skipped. */
import { lastPart } from "#collect/manifests/index.js";
import {
  type FoundOperation,
  type FoundSchema,
  type FoundService,
  isGenerated,
  maxItems,
  plainContract,
  type ReadContract,
} from "./contract.js";
import { type Token, type Tokens, tokensOf } from "./tokens.js";

export interface ReadProto {
  readonly package: string;
  /** As written. */
  readonly imports: readonly string[];
  readonly contract: ReadContract;
}

/** Null when the file declares nothing. Never throws. */
export function readProto(path: string, text: string): ReadProto | null {
  const tokens = tokensOf(text, "//");
  const file: Parts = { package: "", imports: [], services: [], operations: [], schemas: [] };
  for (let at = 0; at < tokens.list.length; ) at = statement(tokens, at, "", file, 0);
  if (file.services.length === 0 && file.schemas.length === 0) return null;
  const contract: ReadContract = {
    ...plainContract("grpc", file.package === "" ? lastPart(path).replace(/\.proto$/, "") : file.package),
    version: /(?:^|\.)(v\d{1,4}(?:(?:alpha|beta)\d{0,4})?)$/.exec(file.package)?.[1] ?? null,
    line: file.services[0]?.line ?? file.schemas[0]?.line ?? 1,
    services: file.services,
    operations: file.operations,
    schemas: file.schemas,
    generated: isGenerated(path, text),
  };
  return { package: file.package, imports: file.imports, contract };
}

interface Parts {
  package: string;
  readonly imports: string[];
  readonly services: FoundService[];
  readonly operations: FoundOperation[];
  readonly schemas: FoundSchema[];
}

const maxDepth = 32;

/** Reads one statement at file or message level; the index behind it. */
function statement(tokens: Tokens, at: number, outer: string, file: Parts, depth: number): number {
  const word = tokens.list[at]?.text ?? "";
  const name = tokens.list[at + 1];
  const opens = tokens.list[at + 2]?.text === "{";
  if (word === "package" && depth === 0 && name) file.package = name.text;
  if (word === "import") file.imports.push(importOf(tokens, at));
  if (word === "service" && name && opens && depth === 0) return service(tokens, at, file);
  if (word === "message" && name && opens && depth < maxDepth) return message(tokens, at, outer, file, depth);
  return skipStatement(tokens, at);
}

function importOf(tokens: Tokens, at: number): string {
  const text = tokens.list.slice(at + 1, at + 3).find((token) => /^["']/.test(token.text))?.text ?? "";
  return text.slice(1, -1);
}

/** Behind the next `;` or block. */
function skipStatement(tokens: Tokens, at: number): number {
  for (let index = at; index < tokens.list.length; index++) {
    const text = tokens.list[index]?.text;
    if (text === ";" || text === "}") return index + 1;
    if (text === "{") return behind(tokens, index);
  }
  return tokens.list.length;
}

function behind(tokens: Tokens, opening: number): number {
  return tokens.behind[opening] ?? tokens.list.length;
}

function service(tokens: Tokens, at: number, file: Parts): number {
  const end = behind(tokens, at + 2);
  const short = tokens.list[at + 1]?.text ?? "";
  const name = file.package === "" ? short : `${file.package}.${short}`;
  const methods: string[] = [];
  for (let index = at + 3; index < end - 1; index = skipStatement(tokens, index)) {
    const method = tokens.list[index]?.text === "rpc" ? tokens.list[index + 1] : undefined;
    if (!method || methods.length >= maxItems) continue;
    methods.push(method.text);
    file.operations.push({ id: `${name}/${method.text}`, method: "RPC", path: `/${name}/${method.text}`, line: method.line });
  }
  if (file.services.length < maxItems) file.services.push({ name, methods, line: tokens.list[at]?.line ?? 1 });
  return end;
}

/** Inner messages are named after the outer one. */
function message(tokens: Tokens, at: number, outer: string, file: Parts, depth: number): number {
  const end = behind(tokens, at + 2);
  const name = `${outer}${tokens.list[at + 1]?.text ?? ""}`;
  const fields: string[] = [];
  if (file.schemas.length < maxItems) file.schemas.push({ name, fields, line: tokens.list[at]?.line ?? 1 });
  fieldsIn(tokens, at + 3, end - 1, { name, fields, file, depth });
  return end;
}

interface Body {
  readonly name: string;
  readonly fields: string[];
  readonly file: Parts;
  readonly depth: number;
}

function fieldsIn(tokens: Tokens, from: number, to: number, body: Body): void {
  for (let index = from; index < to; ) {
    const word = tokens.list[index]?.text ?? "";
    const opens = tokens.list[index + 2]?.text === "{";
    if (word === "oneof" && opens) {
      const end = behind(tokens, index + 2);
      if (body.depth < maxDepth) fieldsIn(tokens, index + 3, end - 1, { ...body, depth: body.depth + 1 });
      index = end;
    } else if (word === "message" && opens) index = statement(tokens, index, `${body.name}.`, body.file, body.depth + 1);
    else {
      const end = skipStatement(tokens, index);
      const field = /^(?:enum|option|reserved|extensions|extend|;)$/.test(word) ? null : fieldName(tokens.list.slice(index, end));
      if (field !== null && body.fields.length < maxItems) body.fields.push(field);
      index = end;
    }
  }
}

/** `repeated shop.Item items = 1 [deprecated = true];`: the word before the first `=`. */
function fieldName(tokens: readonly Token[]): string | null {
  const equals = tokens.findIndex((token) => token.text === "=");
  return equals < 2 ? null : (tokens[equals - 1]?.text ?? null);
}
