/**
 * The same program text where names stand for what they are given elsewhere in the file, so that templates of expressions see through
 * `@Value` fields, small methods (`url("orders")`), URI builders and typed settings (`props.getOrderUrl()`).
 *
 * Offsets up to the length of the original are the same; what was added stands behind it as `name = expression;`, with `q0$1` for what has no name.
 */
import { perSource } from "../per-source.js";
import { readSource, type Source } from "../source.js";
import { argumentTexts, attributeText } from "./arguments.js";
import { type Call, chainAt } from "./chain.js";
import { springExpression } from "./placeholders.js";
import { type Declaration, structureOf } from "./structure.js";

export const expanded = perSource(expand);

interface Change {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

const maxChanges = 400;
const maxPasses = 3;

/** What is put in may hold more to see through: `fromHttpUrl(props.getUrl()).path("/x")`. */
function expand(source: Source, pass = 0): Source {
  const changes = [
    ...choices(source),
    ...uriBuilders(source),
    ...escapedTexts(source),
    ...smallCalls(source),
    ...settingGetters(source),
  ];
  const fields = pass === 0 ? settingFields(source) : [];
  if (changes.length === 0 && fields.length === 0) return source;
  changes.sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: string[] = [];
  const tail: string[] = [...fields];
  let at = 0;
  for (const [index, { start, end, expression }] of changes.slice(0, maxChanges).entries()) {
    const name = `q${pass}$${index}`;
    if (start < at || end - start < name.length) continue;
    pieces.push(source.code.slice(at, start), name.padEnd(end - start));
    tail.push(`${name} = ${expression};`);
    at = end;
  }
  pieces.push(source.code.slice(at));
  const made = readSource(source.path, `${pieces.join("")}\n${tail.join("\n")}\n`, source.language);
  return changes.length > 0 && pass + 1 < maxPasses && made.code.length < 2 * source.code.length + 20_000
    ? expand(made, pass + 1)
    : made;
}

/** `name = System.getenv("key", "default");` for fields and parameters that a framework fills. */
function settingFields(source: Source): string[] {
  const found: string[] = [];
  for (const { name, annotations } of structureOf(source).annotated) {
    for (const annotation of annotations) {
      const expression = settingExpression(source, annotation);
      if (expression !== null) found.push(`${name} = ${expression};`);
    }
  }
  return found.slice(0, maxChanges);
}

/** What the annotation injects, as an expression; null when it injects no setting. */
export function settingExpression(source: Source, annotation: Declaration["annotations"][number]): string | null {
  if (annotation.name === "Value") {
    const text = attributeText(source, annotation, "value");
    return text?.includes("${") ? springExpression(text) : null;
  }
  if (annotation.name !== "ConfigProperty" && annotation.name !== "Property") return null;
  const key = attributeText(source, annotation, "name");
  if (key === null || !/^[\w.%-]{1,160}$/.test(key)) return null;
  const fallback = attributeText(source, annotation, "defaultValue");
  return springExpression(fallback === null ? `\${${key}}` : `\${${key}:${fallback}}`);
}

/** `System.getenv("A") == null ? "b" : System.getenv("A")` and `Optional.ofNullable(System.getenv("A")).orElse("b")` as one reading with its default. */
function choices({ code }: Source): Change[] {
  const found: Change[] = [];
  const read = String.raw`System\s{0,3}\.\s{0,3}(?:getenv|getProperty)\(\s{0,9}"([\w.-]{1,120})"\s{0,9}\)`;
  const text = String.raw`("[^"\n]{0,300}"|[A-Za-z_][\w.]{0,80})`;
  const forms = [
    new RegExp(
      String.raw`${read}\s{0,9}==\s{0,9}null\s{0,30}\?\s{0,30}${text}\s{0,30}:\s{0,30}System\s{0,3}\.\s{0,3}get(?:env|Property)\([^()]{0,140}\)`,
      "g",
    ),
    new RegExp(
      String.raw`${read}\s{0,9}!=\s{0,9}null\s{0,30}\?\s{0,30}System\s{0,3}\.\s{0,3}get(?:env|Property)\([^()]{0,140}\)\s{0,30}:\s{0,30}${text}`,
      "g",
    ),
    new RegExp(
      String.raw`Optional\s{0,3}\.\s{0,3}ofNullable\(\s{0,9}${read}\s{0,9}\)\s{0,30}\.\s{0,3}orElse\(\s{0,9}${text}\s{0,9}\)`,
      "g",
    ),
  ];
  for (const form of forms)
    for (const match of code.matchAll(form))
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        expression: `System.getenv("${match[1] ?? ""}", ${match[2] ?? '""'})`,
      });
  return found.slice(0, maxChanges);
}

/** Kotlin writes `"\${key}"` where it means the placeholder and not its own variable. */
function escapedTexts(source: Source): Change[] {
  if (source.language !== "kotlin") return [];
  return source.strings
    .filter(({ start, end }) => source.text.slice(start, end).includes("\\${"))
    .map(({ start, end, value }) => ({ start, end, expression: springExpression(value) }));
}

/** Calls of methods of this file that only return one expression. */
function smallCalls(source: Source): Change[] {
  const methods = smallMethods(source);
  if (methods.size === 0) return [];
  const found: Change[] = [];
  const call = /(?<![\w$.]|fun |new )(?:this\.)?([a-z_]\w{2,80})\(/g;
  for (let match = call.exec(source.bare); match !== null && found.length < maxChanges; match = call.exec(source.bare)) {
    const method = methods.get(match[1] ?? "");
    const open = call.lastIndex - 1;
    if (method === undefined || open === method.open) continue;
    const values = argumentTexts(source, open);
    if (values.length !== method.parameters.length) continue;
    let { expression } = method;
    for (const [index, name] of method.parameters.entries())
      expression = replacedWord(expression, name, `(${values[index] ?? ""})`);
    if (expression.length < 2000) found.push({ start: match.index, end: structureOf(source).closeOf(open) + 1, expression });
  }
  return found;
}

interface SmallMethod {
  readonly open: number;
  readonly parameters: readonly string[];
  readonly expression: string;
}

function smallMethods(source: Source): Map<string, SmallMethod> {
  const found = new Map<string, SmallMethod>();
  const { closeOf } = structureOf(source);
  const head = /(?:\bString\??|\bURI|\bfun)\s{1,9}([a-z_]\w{2,80})\s{0,3}\(/g;
  for (let match = head.exec(source.bare); match !== null && found.size < 60; match = head.exec(source.bare)) {
    const open = head.lastIndex - 1;
    const close = closeOf(open);
    const rest = source.code.slice(close + 1, close + 1600);
    const returned =
      /^[^{};=]{0,80}\{[^{}]{0,600}?\breturn\s{1,9}([^;{}]{1,400});?\s{0,60}\}/.exec(rest)?.[1] ??
      (source.language === "java"
        ? undefined
        : /^\s{0,5}(?::\s{0,3}\w{1,30}\??)?\s{0,5}=\s{0,60}([^{}\n]{1,400})/.exec(rest)?.[1]);
    // Own readers of the environment are known as such.
    if (returned === undefined || /env|propert/i.test(match[1] ?? "")) continue;
    const parameters = argumentTexts(source, open).map(parameterName);
    if (parameters.length <= 5) found.set(match[1] ?? "", { open, parameters, expression: returned.trim() });
  }
  return found;
}

/** `final String name`, `@PathVariable("x") String name`, `name: String = "x"`. */
function parameterName(text: string): string {
  return /^\s*(?:vararg\s+)?([a-z_]\w*)\s*:/.exec(text)?.[1] ?? /(\w{1,200})\s{0,200}$/.exec(text.slice(-200))?.[1] ?? "";
}

function replacedWord(text: string, name: string, value: string): string {
  return name === "" ? text : text.replace(new RegExp(`(?<![\\w."])${name.replace(/\W/g, "")}(?![\\w"(])`, "g"), () => value);
}

const settingNames =
  /(?:[uU]rl|URL|[uU]ri|URI|[hH]ost|[aA]ddress|[eE]ndpoint|[tT]opic|[qQ]ueue|[eE]xchange|[cC]hannel|[pP]ath|[sS]ervice|[rR]outingKey|[dD]estination|[bB]roker|[bB]ase)(?:Name)?$/;

/** `props.getOrderUrl()` and `props.orderUrl` of a typed variable as `Type.orderUrl`, a constant that another file may give. */
function settingGetters(source: Source): Change[] {
  const { typeOf } = structureOf(source);
  const found: Change[] = [];
  const getter = /(?<![\w$.])(?:this\.)?([a-z_]\w{0,60})\.(?:get([A-Z]\w{0,60})|([a-z]\w{0,60}))(\(\))?(?![\w(.])/g;
  for (let match = getter.exec(source.bare); match !== null && found.length < maxChanges; match = getter.exec(source.bare)) {
    const [whole, owner = "", got, plain, called] = match;
    if (got !== undefined && called === undefined) continue;
    const member = got === undefined ? (plain ?? "") : `${got[0]?.toLowerCase() ?? ""}${got.slice(1)}`;
    const type = typeOf.get(owner);
    const holdsSettings =
      type !== undefined && /(?:Config|Configuration|Properties|Props|Settings|Urls?|Endpoints|Destinations)$/.test(type);
    if (
      type === undefined ||
      !(settingNames.test(member) || holdsSettings) ||
      /^(?:String|Integer|URI|Request|Http\w*)$/.test(type)
    )
      continue;
    found.push({ start: match.index, end: match.index + whole.length, expression: `${type}.${member}` });
  }
  return found;
}

/** `UriComponentsBuilder.fromHttpUrl(base).path("/x").build()` as `base + "/x"`. */
function uriBuilders(source: Source): Change[] {
  const found: Change[] = [];
  const start =
    /(?:\b(?:UriComponentsBuilder|UriBuilder|ServletUriComponentsBuilder)\.\w{2,30}(?=\()|\bnew\s{1,9}(?:HttpUrl\.Builder|URIBuilder|DefaultUriBuilderFactory)(?=\()|\bURLBuilder(?=\())/g;
  for (let match = start.exec(source.bare); match !== null && found.length < maxChanges; match = start.exec(source.bare)) {
    const calls = chainAt(source, match.index + match[0].length);
    const last = calls.at(-1);
    const expression = uriExpression(source, calls);
    if (last !== undefined && expression !== null) found.push({ start: match.index, end: last.close + 1, expression });
  }
  return found;
}

/** The parts of a URI that calls of a builder give, joined; null when they give none. The first call is the constructor. */
function uriExpression(source: Source, calls: readonly Call[]): string | null {
  const [made, ...rest] = calls;
  const base = made === undefined ? undefined : argumentTexts(source, made.open)[0];
  const first = (...names: string[]): string | null => {
    const call = rest.find(({ name }) => names.includes(name));
    return call === undefined ? null : (argumentTexts(source, call.open)[0] ?? null);
  };
  const host = first("host", "setHost");
  const port = first("port", "setPort");
  const parts: string[] = [];
  if (base !== undefined && host === null) parts.push(`(${base})`);
  if (host !== null) parts.push(`(${first("scheme", "setScheme") ?? '"http"'}) + "://" + (${host})`);
  if (port !== null) parts.push(`":" + (${port})`);
  for (const { name, open } of rest) {
    const given = argumentTexts(source, open);
    if (
      name === "path" ||
      name === "setPath" ||
      name === "encodedPath" ||
      name === "replacePath" ||
      name === "appendEncodedPathSegments"
    )
      parts.push(...given.slice(0, 1).map((text) => `(${text})`));
    else if (/^(?:pathSegment|addPathSegments?|appendPathSegments?|appendPath|setPathSegments)$/.test(name))
      parts.push(...given.map((text) => `"/" + (${text})`));
  }
  return parts.length === 0 || parts.join("").length > 1500 ? null : parts.join(" + ");
}
