/** Dockerfiles: from what an image is made and which folders go into it. */
import { folderOf, lastPart } from "./manifest.js";

export interface Dockerfile {
  readonly path: string;
  readonly folder: string;
  /** Image of the last stage, stage names followed; null when it is a variable without default or `scratch`. */
  readonly base: string | null;
  readonly baseLine: number;
  /** Sources of COPY and ADD from the build context, as written. */
  readonly copies: readonly { readonly path: string; readonly line: number }[];
  readonly ports: readonly number[];
}

/** `Dockerfile`, `Dockerfile.worker`, `Dockerfile-worker`, `worker.Dockerfile`, `Containerfile`. */
export function isDockerfile(path: string): boolean {
  return (
    /^(?:Dockerfile|Containerfile)(?:[.-][\w.-]{1,60})?$|^[\w.-]{1,60}[.-](?:Dockerfile|dockerfile)$|^dockerfile$/.test(
      lastPart(path),
    ) && !/\.(?:dockerignore|j2|tmpl|md|erb)$/.test(path)
  );
}

/** The part of the file name that tells one Dockerfile of a folder from the others: `worker`; "" for the plain one and for variants of the same image. */
export function dockerfileVariant(path: string): string {
  const name = lastPart(path);
  const part = /^(?:Dockerfile|Containerfile)[.-](.+)$/.exec(name)?.[1] ?? /^(.+)[.-][Dd]ockerfile$/.exec(name)?.[1] ?? "";
  const words = part.toLowerCase().split(/[.-]/);
  return words.every((word) => variants.test(word)) ? "" : part;
}

/** Words that name a variant of one image and not another program. */
const variants =
  /^(?:|dev|develop|development|prod|production|release|debug|test|tests|testing|ci|local|staging|e2e|alpine|debian|ubuntu|slim|distroless|arm|arm64|amd64|aarch64|x86|windows|nanoserver|linux|multi|multistage|multiarch|native|jvm|legacy|new|old|build|builder|base|template|docker|dockerfile|optimized|k8s|jvm|micro|\d+)$/;

/** Reads a Dockerfile. Never throws. */
export function readDockerfile(path: string, text: string): Dockerfile {
  const stages = new Map<string, string>();
  const args = new Map<string, string>();
  const copies: { path: string; line: number }[] = [];
  const ports: number[] = [];
  let base: string | null = null;
  let baseLine = 1;
  for (const { words, line } of instructions(text)) {
    const [name = "", ...rest] = words;
    const values = rest.filter((word) => !word.startsWith("--"));
    if (/^from$/i.test(name)) {
      const image = (values[0] ?? "").replace(/\$\{?(\w{1,60})[^}]*\}?/g, (_, key: string) => args.get(key) ?? "");
      // A stage chosen by a variable is one of those before; they mostly share their base.
      const known: string | null | undefined = stages.get(image) ?? (/[-/:]$/.test(image) || image === "" ? base : image);
      base = known === "scratch" ? null : known;
      baseLine = line;
      if (values[2] && base !== null) stages.set(values[2], base);
    } else if (/^arg$/i.test(name)) {
      const [key = "", value = ""] = (values[0] ?? "").split("=", 2);
      args.set(key, value.replace(/["']/g, ""));
    } else if (/^(?:copy|add)$/i.test(name)) {
      if (!rest.some((word) => word.startsWith("--from=")))
        for (const source of values.slice(0, -1)) copies.push({ path: source, line });
    } else if (/^expose$/i.test(name)) {
      for (const value of values) if (/^\d{1,5}/.test(value)) ports.push(Number.parseInt(value, 10));
    }
  }
  return { path, folder: folderOf(path), base, baseLine, copies: copies.slice(0, 200), ports };
}

/** Instructions with continued lines joined. */
function instructions(text: string): { words: string[]; line: number }[] {
  const found: { words: string[]; line: number }[] = [];
  let pending = "";
  let start = 0;
  for (const [index, raw] of text.slice(0, 200_000).split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (pending === "") start = index + 1;
    if (line.endsWith("\\")) {
      pending += `${line.slice(0, -1)} `;
      continue;
    }
    found.push({ words: (pending + line).split(/\s+/).filter(Boolean), line: start });
    pending = "";
  }
  return found;
}
