/** Dockerfiles: from what an image is made, which folders go into it, and how it is started. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { commandTarget } from "./command-target.js";
import { shellWords } from "./command-words.js";
import type { EnvironmentEntry } from "./deployed.js";
import { type Instruction, instructionsOf } from "./dockerfile-instructions.js";
import { interpolate, interpolateKnown } from "./interpolate.js";

export interface Dockerfile {
  readonly path: string;
  readonly folder: string;
  /** Image of the last stage, stage names followed; null when it is a variable without default or `scratch`. */
  readonly base: string | null;
  readonly baseLine: number;
  /** Sources of COPY and ADD from the build context, as written. */
  readonly copies: readonly { readonly path: string; readonly line: number }[];
  readonly ports: readonly number[];
  /** ENV of the last stage and of the stages it starts from, in order; build arguments have their defaults. */
  readonly environment: readonly EnvironmentEntry[];
  /** ENTRYPOINT and CMD as words. */
  readonly command: readonly string[];
  readonly workdir: string | null;
  /** HEALTHCHECK of the last stage; null without one. */
  readonly healthcheck: { readonly target: string; readonly line: number } | null;
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

/** What one stage adds up to. */
interface Stage {
  readonly base: string | null;
  readonly environment: readonly EnvironmentEntry[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** A shell form takes no arguments from CMD. */
  readonly closed: boolean;
  readonly workdir: string | null;
  readonly healthcheck: Dockerfile["healthcheck"];
}

const emptyStage: Stage = {
  base: null,
  environment: [],
  entrypoint: [],
  command: [],
  closed: false,
  workdir: null,
  healthcheck: null,
};
const maxEntries = 1000;

/** Reads a Dockerfile, of a very long one the first part. Never throws. */
export function readDockerfile(path: string, text: string): Dockerfile {
  const stages = new Map<string, Stage>();
  const args = new Map<string, string>();
  const copies: { path: string; line: number }[] = [];
  const ports: number[] = [];
  let stage = emptyStage;
  let stageName = "";
  let baseLine = 1;
  for (const instruction of instructionsOf(text)) {
    const { name, words, line } = instruction;
    const values = words.filter((word) => !word.startsWith("--"));
    switch (name) {
      case "FROM": {
        if (stageName !== "") stages.set(stageName, stage);
        stage = startOf(values[0] ?? "", args, stages, stage.base);
        stageName = (values[2] ?? "").toLowerCase();
        if (stageName !== "") stages.set(stageName, stage);
        baseLine = line;
        break;
      }
      case "ARG":
        for (const word of values) addArgument(args, word);
        break;
      case "COPY":
      case "ADD":
        if (!words.some((word) => word.startsWith("--from=")))
          for (const source of values.slice(0, -1)) copies.push({ path: source, line });
        break;
      case "EXPOSE":
        for (const value of values) if (/^\d{1,5}/.test(value)) ports.push(Number.parseInt(value, 10));
        break;
      case "ENV":
        if (stage.environment.length < maxEntries)
          stage = { ...stage, environment: [...stage.environment, ...environmentOf(path, instruction, stage, args)] };
        break;
      case "WORKDIR":
        stage = { ...stage, workdir: values[0] ?? null };
        break;
      case "ENTRYPOINT": {
        const { words: entrypoint, shell } = startedBy(instruction);
        stage = { ...stage, entrypoint, closed: shell, command: [] };
        break;
      }
      case "CMD":
        stage = { ...stage, command: startedBy(instruction).words };
        break;
      case "HEALTHCHECK":
        stage = { ...stage, healthcheck: healthcheckOf(instruction) };
        break;
      default:
    }
  }
  return {
    path,
    folder: folderOf(path),
    base: stage.base,
    baseLine,
    copies: copies.slice(0, 200),
    ports: ports.slice(0, 200),
    environment: lastOfEach(stage.environment),
    command: stage.closed ? stage.entrypoint : [...stage.entrypoint, ...stage.command],
    workdir: stage.workdir,
    healthcheck: stage.healthcheck,
  };
}

/** @param previous base of the stage before: a stage chosen by a variable is one of those before; they mostly share their base. */
function startOf(
  written: string,
  args: ReadonlyMap<string, string>,
  stages: ReadonlyMap<string, Stage>,
  previous: string | null,
): Stage {
  const image = interpolate(written, args);
  const known = stages.get(image.toLowerCase());
  if (known) return known;
  if (image === "" || /[-/:]$/.test(image)) return { ...emptyStage, base: previous };
  return { ...emptyStage, base: image === "scratch" ? null : image };
}

function addArgument(args: Map<string, string>, word: string): void {
  const [key = "", value] = word.split("=", 2);
  // `ARG NAME` in a stage takes over what stands before the first one.
  if (value !== undefined) args.set(key, value.replace(/["']/g, ""));
}

function environmentOf(
  file: string,
  { rest, line, lines }: Instruction,
  stage: Stage,
  args: ReadonlyMap<string, string>,
): EnvironmentEntry[] {
  const lineOf = (key: string) => lines.slice(0, maxEntries).find(({ text }) => text.includes(`${key}=`))?.line ?? line;
  const known = new Map([
    ...args,
    ...stage.environment.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])),
  ]);
  return pairsOf(rest)
    .slice(0, maxEntries)
    .map(({ key, value }) => ({ key, value: interpolateKnown(value, known), file, line: lineOf(key), from: "own" }));
}

/** `ENV A=1 B="2 3"` and the old `ENV A 1 and more`. */
function pairsOf(rest: string): { key: string; value: string }[] {
  const old = /^([\w.-]{1,200})\s{1,20}(?!=)(.{0,5000})$/.exec(rest.trim());
  if (old?.[1] !== undefined) return [{ key: old[1], value: (old[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2") }];
  return shellWords(rest).flatMap((word) => {
    const equals = word.indexOf("=");
    return equals < 1 ? [] : [{ key: word.slice(0, equals), value: word.slice(equals + 1) }];
  });
}

/** `HEALTHCHECK [options] CMD …`; NONE takes away that of the base. */
function healthcheckOf({ rest, line }: Instruction): Dockerfile["healthcheck"] {
  const command = /\bCMD\s{1,20}(\S.{0,1000})$/s.exec(rest.slice(0, 2000))?.[1];
  return command === undefined
    ? null
    : { target: commandTarget(startedBy({ name: "CMD", words: [], rest: command, line, lines: [] }).words), line };
}

/** Words of the JSON form, else those of the shell. */
function startedBy({ rest }: Instruction): { words: string[]; shell: boolean } {
  if (rest.trimStart().startsWith("[")) {
    try {
      const words: unknown = JSON.parse(rest);
      if (Array.isArray(words) && words.every((word) => typeof word === "string")) return { words, shell: false };
    } catch {
      // Not JSON: Docker takes it as a command line, too.
    }
  }
  return { words: shellWords(rest), shell: true };
}

function lastOfEach(entries: readonly EnvironmentEntry[]): EnvironmentEntry[] {
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return entries.filter((entry) => last.get(entry.key) === entry);
}
