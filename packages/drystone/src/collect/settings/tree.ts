/** YAML and JSON, documents with profiles. */
import { lastPart } from "#collect/manifests/index.js";
import { readYaml, record, scalarText, type YamlDocument } from "#collect/yaml/index.js";
import type { RawEntry, RawFile } from "./raw-entry.js";
import { maxEntries } from "./settings-file.js";

/** Null when the documents are of another format: Kubernetes, compose, OpenAPI. */
export function readTree(path: string, text: string): RawFile | null {
  const name = lastPart(path);
  const isJson = /\.json$/i.test(name);
  const { documents, problems } = readYaml(path, isJson ? withoutComments(text) : withoutMarks(text));
  if (documents.some(({ value }) => isOther(record(value)))) return null;
  const separator = /^appsettings/i.test(name) ? ":" : ".";
  const entries = documents.flatMap((document) => entriesOf(document, separator));
  if (/^launchSettings\.json$/i.test(name)) return { entries: entries.flatMap(launched), problems };
  return { entries, problems };
}

function isOther(top: Readonly<Record<string, unknown>>): boolean {
  if ("apiVersion" in top && ("kind" in top || "metadata" in top || "datasources" in top || "providers" in top)) return true;
  if (["openapi", "swagger", "asyncapi"].some((name) => name in top) && ("paths" in top || "channels" in top || "info" in top))
    return true;
  if ("AWSTemplateFormatVersion" in top || "scrape_configs" in top) return true;
  if ("jobs" in top && ("on" in top || "true" in top)) return true;
  return (
    "services" in top &&
    Object.values(record(top["services"])).some((service) => "image" in record(service) || "build" in record(service))
  );
}

function entriesOf(document: YamlDocument, separator: string): RawEntry[] {
  const found: { key: string; value: string; path: (string | number)[] }[] = [];
  const walk = (value: unknown, key: string, path: (string | number)[]): void => {
    if (found.length >= maxEntries || path.length > 24) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.slice(0, 500).entries()) walk(item, `${key}[${index}]`, [...path, index]);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value))
        walk(item, key === "" ? name : `${key}${separator}${name}`, [...path, name]);
    } else if (key !== "") found.push({ key, value: scalarText(value), path });
  };
  walk(document.value, "", []);
  const profile = profileOf(found);
  return found.map(({ key, value, path }) => ({ key, value, line: document.lineOf(path), profile }));
}

/** The profile a document is for; null for that of the file. */
function profileOf(entries: readonly { key: string; value: string }[]): string | null {
  const names = entries
    .filter(({ key }) => /^spring\.(?:profiles|config\.activate\.on-profile)(?:\[\d+\])?$/.test(key))
    .map(({ value }) => value);
  return names.length === 0 ? null : names.join(",");
}

/** Variables that an IDE sets stand for themselves; the address is the program's own. */
function launched(entry: RawEntry): RawEntry[] {
  const variable = /^profiles\..{1,120}\.environmentVariables\.([\w.:-]{1,120})$/.exec(entry.key)?.[1];
  if (variable !== undefined) return [{ ...entry, key: variable, profile: "launch" }];
  return /\.applicationUrl$|^iisSettings\..*\.applicationUrl$/.test(entry.key) ? [{ ...entry, profile: "launch" }] : [];
}

/** Comments and tabs are allowed in the JSON of settings; lines stay where they are. */
function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
      part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
    )
    .replaceAll("\t", "  ");
}

/** `@project.version@` is put in by Maven; `{{ x }}` by templates. Neither may begin a value of YAML. */
function withoutMarks(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(
      /(:[ \t]{1,10})(@[\w.-]{1,80}@[^\n#]{0,80}|\{\{[^}\n]{0,120}\}\}[^\n#"]{0,80})$/gm,
      (_, colon: string, value: string) => `${colon}"${value.trim().replaceAll('"', "'")}"`,
    );
}
