/** Rows about what the contract says and shows: 1, 4, 5, 7 and 9. */
import { type ApiView, fields, list, type OperationView, type Placed, text } from "./api-view.js";
import type { Row } from "./row.js";

const most = 20;

export function documented({ operations }: ApiView): Row {
  const row: Pick<Row, "id" | "fix"> = {
    id: "documented",
    fix: "give each operation a summary and say what its errors are (4xx, application/problem+json)",
  };
  if (operations.length === 0) return { ...row, met: null, why: "it has no operation", places: [] };
  const silent = operations.filter(({ value }) => text(value["summary"]) === "" && text(value["description"]) === "");
  const noErrors = operations.filter(({ responses }) => !responses.some(([status]) => /^(?:4|default)/i.test(status)));
  const problem = operations.some(({ responses }) =>
    responses.some(([, response]) => Object.keys(fields(response["content"])).some((type) => type.includes("problem+json"))),
  );
  const why =
    silent.length > 0
      ? `${silent.length} of ${operations.length} operations have neither summary nor description`
      : noErrors.length > 0
        ? `${noErrors.length} of ${operations.length} operations say nothing about errors`
        : `all ${operations.length} operations are described with their errors${problem ? ", as problem+json" : "; none as problem+json"}`;
  return { ...row, met: silent.length + noErrors.length === 0, why, places: placesOf([...silent, ...noErrors]) };
}

export function rateLimited({ operations, resolve }: ApiView): Row {
  const row: Pick<Row, "id" | "fix"> = { id: "rate-limited", fix: "document 429 with Retry-After or RateLimit headers" };
  if (operations.length === 0) return { ...row, met: null, why: "it has no operation", places: [] };
  const without = operations.filter(
    ({ responses }) => !responses.some(([status]) => status === "429" || status.toUpperCase() === "4XX"),
  );
  if (without.length > 0)
    return {
      ...row,
      met: false,
      why: `${without.length} of ${operations.length} operations do not document 429`,
      places: placesOf(without),
    };
  const bare = operations.filter(({ responses }) =>
    responses.some(
      ([status, response]) =>
        status === "429" &&
        !Object.keys(fields(resolve(response)["headers"])).some((name) => /^(?:retry-after|(?:x-)?ratelimit)/i.test(name)),
    ),
  );
  return {
    ...row,
    met: bare.length === 0,
    why:
      bare.length === 0
        ? "429 is documented with its headers"
        : `${bare.length} operations document 429 without Retry-After or RateLimit headers`,
    places: placesOf(bare),
  };
}

const internalHost =
  /(?:\.svc(?:\.cluster\.local)?|\.internal|\.local|\.lan|\.corp|\.intranet)(?:[:/]|$)|\/\/(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|\/\/[a-z0-9-]{1,60}(?::\d{1,5})?(?:\/|$)/i;
const traceName = /^(?:stack_?trace|exception_?(?:class|message|type)?|debug_?info)$/i;

/** Signs, not proofs: addresses of the inside, names of stack traces, numbers that count up. */
export function leaks(view: ApiView): Row {
  const servers = list(view.root["servers"]).map((server, index): Placed & { readonly url: string } => ({
    url: text(fields(server)["url"]),
    value: fields(server),
    pointer: ["servers", String(index), "url"],
  }));
  const inside = servers.filter(({ url }) => internalHost.test(url.slice(0, 300)));
  const traces = view.objects.flatMap(({ value, pointer }) =>
    pointer.at(-1) === "properties"
      ? Object.keys(value)
          .filter((name) => traceName.test(name))
          .map((name) => [...pointer, name])
      : [],
  );
  const counted = view.operations.filter(({ parameters }) =>
    parameters.some(
      (one) => one["in"] === "path" && /(?:^|_)id$/i.test(text(one["name"]).replace(/([a-z])Id$/, "$1_id")) && isWhole(view, one),
    ),
  );
  const signs = [
    ...(inside.length > 0 ? [`an address of the inside (${inside[0]?.url.slice(0, 80)})`] : []),
    ...(traces.length > 0 ? [`a property ${traces[0]?.at(-1) ?? ""}`] : []),
    ...(counted.length > 0 ? [`numbers as ids in ${counted.length} ${counted.length === 1 ? "path" : "paths"}`] : []),
  ];
  return {
    id: "leaks",
    met: signs.length === 0,
    why: signs.length === 0 ? "no internal address, stack trace or counting id was seen" : signs.join(", "),
    places: [...inside.map(({ pointer }) => pointer), ...traces, ...counted.map(({ pointer }) => pointer)].slice(0, most),
    fix: "use addresses of the outside, errors without traces, and ids that nobody can guess",
  };
}

function isWhole(view: ApiView, parameter: Readonly<Record<string, unknown>>): boolean {
  const schema = parameter["schema"] === undefined ? parameter : view.resolve(parameter["schema"]);
  return schema["type"] === "integer";
}

/** Whatever answers hold should be able to grow. */
export function robust({ objects }: ApiView): Row {
  const responses = objects.filter(
    ({ pointer }) => pointer.includes("responses") || pointer.includes("schemas") || pointer[0] === "definitions",
  );
  const closed = responses.filter(({ value }) => value["additionalProperties"] === false);
  return {
    id: "robust",
    met: closed.length === 0,
    why:
      closed.length === 0
        ? "no answer is closed to new properties"
        : `${closed.length} ${closed.length === 1 ? "schema is" : "schemas are"} closed (additionalProperties: false), so that no answer can grow`,
    places: closed.map(({ pointer }) => [...pointer, "additionalProperties"]).slice(0, most),
    fix: "leave answers open, and ask readers to ignore what they do not know",
  };
}

export function paginated({ operations, resolve }: ApiView): Row {
  const lists = operations.filter((operation) => operation.method === "get" && answersList(operation, resolve));
  const whole = lists.filter(
    ({ parameters }) =>
      !parameters.some((one) =>
        /^(?:limit|offset|page|cursor|per_?page|page_?(?:size|token|number)|size|skip|take|after|before|starting_after)$/i.test(
          text(one["name"])
            .replace(/^.*[[.]/, "")
            .replace("]", ""),
        ),
      ),
  );
  const row: Pick<Row, "id" | "fix" | "places"> = {
    id: "paginated",
    fix: "give lists a limit and a cursor",
    places: placesOf(whole),
  };
  if (lists.length === 0) return { ...row, met: null, why: "no operation answers with a list" };
  return {
    ...row,
    met: whole.length === 0,
    why: whole.length === 0 ? `all ${lists.length} lists come in pages` : `${whole.length} of ${lists.length} lists come whole`,
  };
}

function answersList({ responses }: OperationView, resolve: ApiView["resolve"]): boolean {
  return responses.some(([status, response]) => {
    if (!status.startsWith("2")) return false;
    const media = Object.values(fields(response["content"]));
    return [...media.map((one) => resolve(fields(one)["schema"])), resolve(response["schema"])].some(
      (schema) => schema["type"] === "array",
    );
  });
}

function placesOf(operations: readonly Placed[]): (readonly string[])[] {
  return operations.slice(0, most).map(({ pointer }) => pointer);
}
