/** Rows about what the provider promises and to whom: 2, 3, 6 and 8. */
import { type ApiView, fields, list, text } from "./api-view.js";
import type { Row } from "./row.js";

const most = 20;

export function versioned({ info }: ApiView): Row {
  const version = text(info["version"]);
  const isSemantic = /^v?\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+][\w.+-]{1,60})?$/.test(version);
  return {
    id: "versioned",
    met: isSemantic,
    why:
      version === ""
        ? "info.version is missing"
        : isSemantic
          ? `version ${version}`
          : `info.version is ${JSON.stringify(version.slice(0, 40))}, which is no semantic version`,
    places: isSemantic ? [] : [["info", "version"]],
    fix: "use semantic versions; drystone contracts diff tells when the first number has to go up",
  };
}

export function authenticated({ root, operations, resolve }: ApiView): Row {
  const row: Pick<Row, "id" | "fix"> = {
    id: "authenticated",
    fix: "name security for every operation, with scopes; no password or key in clear",
  };
  if (operations.length === 0) return { ...row, met: null, why: "it has no operation", places: [] };
  const open = operations.filter(({ value }) => {
    const ways = list(value["security"] ?? root["security"]);
    return ways.length === 0 || ways.some((way) => Object.keys(fields(way)).length === 0);
  });
  if (open.length > 0)
    return {
      ...row,
      met: false,
      why: `${open.length} of ${operations.length} operations ask for no authentication`,
      places: open.slice(0, most).map(({ pointer }) => pointer),
    };
  const schemes = Object.entries(fields(fields(root["components"])["securitySchemes"] ?? root["securityDefinitions"])).map(
    ([name, scheme]) => [name, resolve(scheme)] as const,
  );
  const weak = schemes.filter(
    ([, scheme]) =>
      scheme["type"] === "basic" ||
      text(scheme["scheme"]).toLowerCase() === "basic" ||
      (scheme["type"] === "apiKey" && scheme["in"] === "query"),
  );
  const place = "components" in root ? ["components", "securitySchemes"] : ["securityDefinitions"];
  return {
    ...row,
    met: weak.length === 0,
    why:
      weak.length === 0
        ? "every operation asks for it"
        : `${weak.map(([name]) => name).join(", ")} sends a password or a key in clear`,
    places: weak.map(([name]) => [...place, name]),
  };
}

export function evolution({ operations, resolve }: ApiView): Row {
  const row: Pick<Row, "id" | "fix"> = {
    id: "evolution",
    fix: "give each deprecated operation a date (x-sunset, or Sunset and Deprecation headers)",
  };
  const ended = operations.filter(({ value }) => value["deprecated"] === true);
  if (ended.length === 0) return { ...row, met: null, why: "nothing is deprecated, so nothing shows how things end", places: [] };
  const undated = ended.filter(
    ({ value, responses }) =>
      text(value["x-sunset"]) === "" &&
      !responses.some(([, response]) =>
        Object.keys(fields(resolve(response)["headers"])).some((name) => /^(?:sunset|deprecation)$/i.test(name)),
      ),
  );
  return {
    ...row,
    met: undated.length === 0,
    why:
      undated.length === 0
        ? `all ${ended.length} deprecated operations have a date`
        : `${undated.length} of ${ended.length} deprecated operations have no date`,
    places: undated.slice(0, most).map(({ pointer }) => pointer),
  };
}

/** @param owner ref of the team that owns the provider. */
export function audience({ root, info }: ApiView, owner: string | null): Row {
  const said = text(info["x-audience"]) || text(root["x-audience"]);
  const contact = Object.keys(fields(info["contact"])).length > 0;
  const lacks = [
    ...(said === "" ? ["it does not say for whom it is (x-audience)"] : []),
    ...(owner === null && !contact ? ["nobody is named who answers for it"] : []),
  ];
  return {
    id: "audience",
    met: lacks.length === 0,
    why: lacks.length === 0 ? `${said}, ${owner ?? "info.contact"}` : lacks.join("; "),
    places: lacks.length === 0 ? [] : [["info"]],
    fix: "write x-audience and contact into info, and declare the owner of the service",
  };
}
