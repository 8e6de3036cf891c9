/** GraphQL schemas in their own language. Files of queries only are documents of clients and no contract. */
import { type FoundOperation, type FoundSchema, isGenerated, maxItems, plainContract, type ReadContract } from "./contract.js";
import { type Token, type Tokens, tokensOf } from "./tokens.js";

/** Null when the file declares no type. Never throws. */
export function readGraphql(path: string, text: string): ReadContract | null {
  const tokens = tokensOf(text, "#");
  const types: TypeOf[] = [];
  let roots: ReadonlyMap<string, string> = new Map([
    ["Query", "QUERY"],
    ["Mutation", "MUTATION"],
    ["Subscription", "SUBSCRIPTION"],
  ]);
  for (let at = 0; at < tokens.list.length; ) {
    const word = tokens.list[at]?.text ?? "";
    const open = declares.test(word) ? openingOf(tokens, at) : null;
    if (word === "schema" && open !== null) {
      const named = rootTypes(tokens.list.slice(open, behind(tokens, open)));
      if (named.size > 0) roots = named;
    } else if (/^(?:type|input|interface)$/.test(word) && open !== null && types.length < maxItems)
      types.push(typeAt(tokens, at, open));
    at = open === null ? at + 1 : behind(tokens, open);
  }
  if (types.length === 0) return null;
  const operations = types.flatMap((type): FoundOperation[] => {
    const method = roots.get(type.name);
    return method === undefined
      ? []
      : type.fields.map((field) => ({ id: `${method} ${field.name}`, method, path: field.name, line: field.line }));
  });
  const schemas = types
    .filter((type) => !roots.has(type.name))
    .map(({ name, fields, line }): FoundSchema => ({ name, fields: fields.map((field) => field.name), line }));
  return {
    ...plainContract("graphql", ""),
    line: types[0]?.line ?? 1,
    operations: [...new Map(operations.map((operation) => [operation.id, operation])).values()].slice(0, maxItems),
    schemas,
    generated: isGenerated(path, text),
  };
}

const declares = /^(?:schema|type|input|interface|enum|query|mutation|subscription|fragment)$/;

interface TypeOf {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly line: number }[];
  readonly line: number;
}

/** The `{` of a declaration; null when the next declaration starts before. */
function openingOf(tokens: Tokens, at: number): number | null {
  for (let index = at + 1; index < Math.min(tokens.list.length, at + 300); index++) {
    const text = tokens.list[index]?.text ?? "";
    if (text === "{") return index;
    if (text === "(") index = behind(tokens, index) - 1;
    else if (text === "}" || (index > at + 1 && /^(?:type|input|enum|scalar|extend|schema|directive)$/.test(text))) return null;
  }
  return null;
}

/** `schema { query: RootQuery }`. */
function rootTypes(tokens: readonly Token[]): Map<string, string> {
  const roots = new Map<string, string>();
  for (const [index, token] of tokens.entries()) {
    if (/^(?:query|mutation|subscription)$/.test(token.text) && tokens[index + 1]?.text === ":")
      roots.set(tokens[index + 2]?.text ?? "", token.text.toUpperCase());
  }
  return roots;
}

function behind(tokens: Tokens, opening: number): number {
  return tokens.behind[opening] ?? tokens.list.length;
}

function typeAt(tokens: Tokens, at: number, open: number): TypeOf {
  const end = behind(tokens, open) - 1;
  const fields: { name: string; line: number }[] = [];
  for (let index = open + 1; index < end; index++) {
    const token = tokens.list[index];
    if (!token) break;
    if (/^[([{]$/.test(token.text)) index = behind(tokens, index) - 1;
    else if (
      /^[A-Za-z_]/.test(token.text) &&
      /^[:(]$/.test(tokens.list[index + 1]?.text ?? "") &&
      tokens.list[index - 1]?.text !== "@"
    ) {
      if (fields.length < maxItems) fields.push({ name: token.text, line: token.line });
      // Behind the arguments and the colon stands the type, which is no field.
      if (tokens.list[index + 1]?.text === "(") index = behind(tokens, index + 1) - 1;
    }
  }
  return { name: tokens.list[at + 1]?.text ?? "", fields, line: tokens.list[at]?.line ?? 1 };
}
