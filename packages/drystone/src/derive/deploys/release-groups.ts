/** Services that can only be given a new version together: one version expression, or one written version, for several images (metrics.md A2, structural). */
import type { DeploymentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface ReleaseGroup {
  /** Sorted. */
  readonly services: readonly Ref[];
  /** As written: `${TAG}`, `v0.10.6`. */
  readonly version: string;
  /** False where each image repeats the version: then a text has to be edited in many places, and only habit keeps them alike. */
  readonly isExpression: boolean;
  readonly format: DeploymentFact["format"];
  readonly places: readonly DeploymentFact[];
}

/** A literal version has to stand at this many images to be no coincidence: ours, no source. */
const minLiteral = 3;

export interface ReleaseStructure {
  readonly groups: readonly ReleaseGroup[];
  /** Services whose version is written anywhere in the manifests that count. */
  readonly versioned: readonly Ref[];
}

/** What runs in a cluster counts before what a developer starts: compose says nothing about a service that has a version of its own there. @param services built here */
export function releaseStructure(deployments: readonly DeploymentFact[], services: ReadonlySet<Ref>): ReleaseStructure {
  const versioned = deployments.flatMap((fact): Versioned[] => {
    const version = services.has(fact.subject) ? versionOf(fact.imageExpression ?? fact.image) : null;
    return version === null ? [] : [{ fact, version }];
  });
  const inCluster = versioned.filter(({ fact }) => fact.format !== "compose");
  const ofCluster = groupsOf(inCluster);
  const grouped = new Set(ofCluster.flatMap((group) => group.services));
  const separate = new Set(inCluster.map(({ fact }) => fact.subject).filter((service) => !grouped.has(service)));
  const counting = versioned.filter(({ fact }) => fact.format !== "compose" || !separate.has(fact.subject));
  const groups = groupsOf(counting);
  return { groups: distinct(groups), versioned: [...new Set(counting.map(({ fact }) => fact.subject))].sort() };
}

/** Large groups first, what is an expression before what is only written alike. */
function groupsOf(versioned: readonly Versioned[]): ReleaseGroup[] {
  const units = new Map<string, Versioned[]>();
  for (const one of versioned) {
    const key = unitOf(one);
    const known = units.get(key);
    if (known) known.push(one);
    else units.set(key, [one]);
  }
  return [...units.values()]
    .flatMap((unit) => groupOf(unit))
    .sort(
      (a, b) =>
        Number(b.isExpression) - Number(a.isExpression) || b.services.length - a.services.length || order(keyOf(a), keyOf(b)),
    );
}

interface Version {
  readonly text: string;
  readonly isExpression: boolean;
}

interface Versioned {
  readonly fact: DeploymentFact;
  readonly version: Version;
}

/** The part of an image behind its name: its variables, or a literal with a digit in it. Null for none, for `latest`, and for what each turn of a loop may fill in otherwise. */
export function versionOf(image: string | null): Version | null {
  if (image === null) return null;
  const variables: string[] = [];
  const plain = image
    .replace(/@sha256:[0-9a-f]*$/i, "")
    .replace(/\$\{[^{}]{0,200}\}|\{\{[^{}]{0,300}\}\}|\$\([^()]{0,200}\)|\$[A-Za-z_]\w{0,60}/g, (variable) => {
      variables.push(variable);
      return `\u0001${variables.length - 1}\u0002`;
    });
  const colon = plain.indexOf(":", plain.lastIndexOf("/") + 1);
  if (colon < 0) return null;
  const tag = plain.slice(colon + 1);
  const inTag = [...tag.matchAll(/\u0001(\d+)\u0002/g)].map(([, index]) => variables[Number(index)] ?? "");
  if (inTag.length > 0) {
    const own = inTag.map(normalised);
    return own.every(isShared) ? { text: own.join(" "), isExpression: true } : null;
  }
  return /\d/.test(tag) && !/^(?:latest|stable|main|master|dev|edge|nightly)$/i.test(tag)
    ? { text: tag, isExpression: false }
    : null;
}

/** Without defaults and spaces: `${TAG:-latest}` is `${TAG}`. */
function normalised(variable: string): string {
  if (variable.startsWith("{{")) return `{{ ${variable.slice(2, -2).replace(/^-|-$/g, "").trim().replace(/\s+/g, " ")} }}`;
  return `\${${variable.replace(/^\$[{(]?|[})]$/g, "").replace(/:?[-?+=].*$/s, "")}}`;
}

/** A template may go over a list and take the version of each element; settings of the whole chart are the same for all. */
function isShared(variable: string): boolean {
  if (!variable.startsWith("{{")) return true;
  return (
    /\.(?:Values|Chart)\./.test(variable) &&
    !/\$(?!\.)\w/.test(variable) &&
    !/(?:^|[\s(|])\.(?!Values\.|Chart\.|Release\.)[A-Za-z]/.test(variable)
  );
}

/** A chart, the compose files of a folder, or one file. */
function unitOf({ fact, version }: Versioned): string {
  const chart = /^(.*?)\/?templates\//.exec(fact.file)?.[1];
  const folder = fact.file.slice(0, Math.max(0, fact.file.lastIndexOf("/")));
  const unit = fact.format === "helm" && chart !== undefined ? chart : version.isExpression ? folder : fact.file;
  return [fact.repository, fact.format, unit, version.isExpression ? version.text : ""].join("\0");
}

function groupOf(unit: readonly Versioned[]): ReleaseGroup[] {
  const [first] = unit;
  if (first === undefined) return [];
  const services = [...new Set(unit.map(({ fact }) => fact.subject))].sort();
  // One place for several services is a chart that is installed once for each, with values of its own.
  const places = new Set(unit.map(({ fact }) => `${fact.file}:${fact.line}`));
  if (services.length < 2 || places.size < services.length) return [];
  const texts = new Set(unit.map(({ version }) => version.text));
  if (!first.version.isExpression && (services.length < minLiteral || texts.size > 1)) return [];
  return [
    {
      services,
      version: first.version.text,
      isExpression: first.version.isExpression,
      format: first.fact.format,
      places: unit.map(({ fact }) => fact),
    },
  ];
}

/** A group whose services another one holds says nothing new. */
function distinct(groups: readonly ReleaseGroup[]): ReleaseGroup[] {
  return groups.filter(
    (group, index) =>
      !groups.slice(0, index).some(({ services }) => group.services.every((service) => services.includes(service))),
  );
}

function keyOf({ format, version, places }: ReleaseGroup): string {
  return [format === "compose" ? 1 : 0, version, places[0]?.file].join("\0");
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
