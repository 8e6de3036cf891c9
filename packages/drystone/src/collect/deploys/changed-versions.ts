/** Versions that a commit changes in manifests, from its diff: images, their tags in values of charts and in kustomizations, versions of charts. */
import { imageName } from "#collect/inventory/index.js";

export interface ChangedVersion {
  /** Names of what gets the new version, the most telling first; none of them may be known. */
  readonly names: readonly string[];
  readonly version: string;
  readonly file: string;
}

/** Null where the commit changes anything but versions. @param lines of `git diff-tree -p` with enough context to see what a version belongs to */
export function changedVersions(lines: readonly string[]): ChangedVersion[] | null {
  const changed: ChangedVersion[] = [];
  let file: string | null = null;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (/^(?:new|deleted) file mode |^rename |^Binary files |^GIT binary/.test(line)) return null;
    if (line.startsWith("+++ ")) file = line.startsWith("+++ b/") ? line.slice(6).replace(/\t$/, "") : null;
    if (!line.startsWith("@@ ")) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && /^[ +\-\\]/.test(lines[end] ?? "")) end++;
    const found = file === null ? null : inHunk(file, lines.slice(at + 1, end));
    if (found === null) return null;
    changed.push(...found);
    at = end;
  }
  return changed;
}

interface Line {
  /** Column of the key. */
  readonly indent: number;
  /** Null for comments, blank lines and plain values. */
  readonly key: string | null;
  readonly value: string;
  /** Begins an element of a list. */
  readonly isItem: boolean;
}

function inHunk(file: string, diff: readonly string[]): ChangedVersion[] | null {
  const now: Line[] = [];
  const changed: { readonly at: number; readonly before: Line }[] = [];
  for (let at = 0; at < diff.length; ) {
    const removed: Line[] = [];
    const added: Line[] = [];
    while (diff[at]?.startsWith("-") === true) removed.push(lineOf(diff[at++] ?? ""));
    while (diff[at]?.startsWith("+") === true) added.push(lineOf(diff[at++] ?? ""));
    const [before, after] = [removed.filter(isSaying), added.filter(isSaying)];
    if (before.length !== after.length) return null;
    for (const [index, line] of after.entries()) {
      const old = before[index];
      if (old === undefined || old.key !== line.key) return null;
      if (isStamp(line.key)) continue;
      changed.push({ at: now.length + added.indexOf(line), before: old });
    }
    now.push(...added);
    if (removed.length === 0 && added.length === 0) {
      // `\ No newline at end of file` is no line.
      if (diff[at]?.startsWith(" ") === true) now.push(lineOf(diff[at] ?? ""));
      at++;
    }
  }
  const versions = changed.map(({ at, before }) => versionAt(file, now, at, before));
  return versions.every((one) => one !== null) ? versions : null;
}

const keyed = /^([ \t]{0,200})((?:-[ \t]{1,20}){0,4})["']?([A-Za-z_][\w./-]{0,100})["']?:(?:[ \t]+(.{0,500}))?$/;

function lineOf(diffLine: string): Line {
  const text = diffLine.slice(1).trimEnd();
  const match = keyed.exec(text);
  if (match === null) {
    const isEmpty = /^\s*(?:#|$)/.test(text);
    return { indent: text.search(/\S|$/), key: null, value: isEmpty ? "" : text, isItem: /^\s*-\s/.test(text) };
  }
  const [, space = "", dashes = "", key = "", value = ""] = match;
  return { indent: space.length + dashes.length, key, value: scalarOf(value), isItem: dashes !== "" };
}

/** Without quotes and a comment behind it. */
function scalarOf(text: string): string {
  const plain = text.trim();
  const quoted = /^"([^"]*)"|^'([^']*)'/.exec(plain);
  return quoted ? (quoted[1] ?? quoted[2] ?? "") : (plain.split(/\s#/)[0] ?? "").trim();
}

function isSaying({ key, value }: Line): boolean {
  return key !== null || value !== "";
}

/** What tools write beside a new version. */
function isStamp(key: string | null): boolean {
  return (
    key !== null &&
    /(?:timestamp|updated[-_]?at|deployed[-_]?at|last[-_]?updated|change-cause|build[-_]?(?:number|date|id))$/i.test(key)
  );
}

function versionAt(file: string, lines: readonly Line[], at: number, before: Line): ChangedVersion | null {
  const line = lines[at];
  if (line === undefined || line.key === null || line.value === "" || /[{}$]/.test(line.value)) return null;
  const { key, value } = line;
  const named = siblings(lines, at);
  if (key === "image") {
    const [name, old] = [imageName(value), imageName(before.value)];
    const version = tagOf(value);
    return name !== old || version === null
      ? null
      : { names: [name, ...named("name"), ...parents(lines, at).slice(0, 1)], version, file };
  }
  const base = file.slice(file.lastIndexOf("/") + 1);
  const isChart = /^(?:Chart|requirements)\.ya?ml$/.test(base);
  if (/^(?:app)?version$/i.test(key) && !isChart) return null;
  const parameter = key === "value" ? (named("name").find((name) => versionKey.test(name)) ?? null) : key;
  if (parameter === null || parameter === "apiVersion" || !versionKey.test(parameter)) return null;
  const images = [...named("newName"), ...named("repository"), ...named("image"), ...(key === "value" ? [] : named("name"))];
  const around = [...parents(lines, at), ...own(parameter)];
  const explicit = [...images.map(imageName), ...around];
  return { names: explicit.length > 0 ? explicit : namesInPath(file), version: value, file };
}

const versionKey = /(?:tag|version|digest|revision|sha)$/i;

/** `ordersTag`, `ORDERS_IMAGE_TAG` and `orders.image.tag` belong to orders. */
function own(key: string): string[] {
  const name = key.replace(
    /[._-]?(?:image)?[._-]?(?:new)?(?:tag|version|digest|target)?(?:tag|version|digest|revision|sha)$/i,
    "",
  );
  return name === "" || isGeneral(name) ? [] : [name];
}

/** Values of keys beside the line, in the same mapping. */
function siblings(lines: readonly Line[], at: number): (key: string) => string[] {
  const { indent } = lines[at] as Line;
  let first = at;
  while (first > 0 && !isNextItem(lines[first], indent) && isWithin(lines[first - 1], indent)) first--;
  let last = at;
  while (last + 1 < lines.length && isWithin(lines[last + 1], indent) && !isNextItem(lines[last + 1], indent)) last++;
  const beside = lines.slice(first, last + 1).filter((line) => line.indent === indent && line.value !== "");
  return (key) => beside.flatMap((line) => (line.key === key ? [line.value] : []));
}

function isWithin(line: Line | undefined, indent: number): boolean {
  return line !== undefined && line.value !== "---" && (line.indent >= indent || (line.key === null && line.value === ""));
}

function isNextItem(line: Line | undefined, indent: number): boolean {
  return line?.isItem === true && line.indent <= indent;
}

/** Keys that the line stands below, the closest first. */
function parents(lines: readonly Line[], at: number): string[] {
  const keys: string[] = [];
  let { indent } = lines[at] as Line;
  for (let above = at - 1; above >= 0 && indent > 0; above--) {
    const line = lines[above] as Line;
    if (line.value === "---") break;
    if (line.key === null || line.indent >= indent) continue;
    indent = line.indent;
    if (!isGeneral(line.key)) keys.push(line.key);
  }
  return keys;
}

/** Words of formats and of layouts, which name no service. */
function isGeneral(word: string): boolean {
  return /^(?:image|images|tag|tags|spec|template|containers?|initContainers?|services?|values|global|source|sources|helm|parameters|metadata|dependencies|deployment|app|apps|application|applications|charts?|overlays?|base|env|environments?|k8s|kubernetes|kustomize|manifests?|deploy|gitops|clusters?|releases?|infra|infrastructure|default)$/i.test(
    word,
  );
}

/** Folders from the inside out; those that name an environment are none. */
function namesInPath(file: string): string[] {
  const parts = file.split("/");
  const stem = (parts.pop() ?? "")
    .replace(/\.ya?ml$/, "")
    .replace(/^(?:values|kustomization|Chart|requirements)(?:[-.].*)?$/, "");
  return [stem, ...parts.toReversed()].filter((part) => part !== "" && !isGeneral(part) && environmentOf(part) === "");
}

const environments =
  /^(?:prod|production|prd|live|pre-?prod|staging|stage|stg|dev|development|develop|test|testing|qa|uat|int|integration|sandbox|preview|demo|local)(?:[-_.].*)?$/i;

/** The part of the path that names an environment: `overlays/prod/…`, `values-staging.yaml`; "" when none does. */
export function environmentOf(file: string): string {
  for (const part of file.split("/").toReversed()) {
    const plain = part.replace(/\.ya?ml$/, "").replace(/^(?:values|kustomization|docker-compose|compose)[-_.]/, "");
    if (environments.test(plain)) return plain;
  }
  return "";
}

function tagOf(image: string): string | null {
  const digest = /@(sha256:[0-9a-f]{6,64})$/i.exec(image)?.[1];
  const name = image.replace(/@.*$/, "");
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon < 0 ? (digest ?? null) : name.slice(colon + 1);
}
