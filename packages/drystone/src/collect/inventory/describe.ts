/** Facts about what was found: name, kind, technology, evidence. */

import { isInside, languageOf } from "#collect/folders/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { ComponentFact, ResourceFact } from "#model/facts.js";
import { componentRef, resourceRef } from "#model/refs.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName, wordsOf } from "#util/words.js";
import { type Claim, manifestsAt, type Unbuilt } from "./claim.js";
import type { Deployable } from "./deployables.js";
import type { Gathered } from "./gather.js";
import { isRuntime, type KnownImage, knownImage } from "./images.js";
import { isLoadGenerator, kindOf } from "./kinds.js";
import { imageName, imagePath, isGeneric, isTrial, stemOf, withoutCommonPrefix, withoutTrack } from "./names.js";

const maxReasons = 10;

/** A fact with the claims that it is made from. */
export interface Described {
  readonly fact: ComponentFact | ResourceFact;
  readonly claims: readonly Claim[];
}

interface SystemView {
  /** Whether there are more repositories. */
  readonly several: boolean;
  /** Images that only one folder is built into. */
  readonly ownImages: ReadonlySet<string>;
}

/** A deployable as a component; as a resource where its image only dresses up a database or broker: then each that is started from it is one. */
export function describeDeployable(repository: Gathered, deployable: Deployable, system: SystemView): Described[] {
  if (baseOf(repository, deployable, deployable.claims)?.is !== "resource") return [describedOne(repository, deployable, system)];
  return instancesOf(deployable.claims).map((claims) => describedOne(repository, { ...deployable, claims }, system));
}

/** Servers that one file starts under several names from one image are as many servers. */
function instancesOf(claims: readonly Claim[]): Claim[][] {
  const perFile = groupBy(
    claims.filter((claim) => claim.source === "compose" && claim.name !== null),
    (claim) => `${claim.repository}\n${claim.file}`,
  );
  const names = [...perFile.values()]
    .map((group) => unique(group.map((claim) => plainName(claim.name ?? ""))))
    .toSorted((a, b) => b.length - a.length)[0];
  const [first] = names ?? [];
  if (names === undefined || names.length < 2) return [[...claims]];
  // What has no name, or another one, stands behind the first.
  const nameOfClaim = (claim: Claim) => {
    const plain = plainName(claim.name ?? "");
    return names.includes(plain) ? plain : first;
  };
  return names.map((name) => claims.filter((claim) => nameOfClaim(claim) === name || claim.source === "dockerfile"));
}

function describedOne(repository: Gathered, deployable: Deployable, system: SystemView): Described {
  const claims = deployable.claims.toSorted((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  const name = nameOf(repository, deployable, claims, system.several);
  const aliases = unique([
    ...claims.flatMap((claim) => [
      ...(claim.name === null || isTrial(claim.name) ? [] : [claim.name]),
      ...claim.aliases,
      ...(claim.image && system.ownImages.has(claim.image) ? [lastPart(claim.image)] : []),
    ]),
    ...manifestNames(repository, deployable.folder),
    ...(deployable.folder === "" ? [] : [lastPart(deployable.folder)]),
  ]).filter((alias) => alias !== name);
  const base = baseOf(repository, deployable, claims);
  if (base?.is === "resource") {
    const fact: ResourceFact = {
      ref: resourceRef(name),
      name,
      kind: base.kind as ResourceFact["kind"],
      partOf: null,
      technology: base.technology,
      aliases,
      evidence: evidenceOf(claims),
    };
    return { fact, claims };
  }
  const manifests = manifestsOf(repository, deployable.folder);
  const workloads = claims.filter(({ source }) => /^(?:compose|kubernetes|aspire)$/.test(source));
  const guessed = kindOf({
    names: unique([name, deployable.folder === "" ? name : lastPart(deployable.folder)]),
    dependencies: manifests.flatMap((manifest) =>
      manifest.dependencies.filter((dependency) => dependency.runtime).map((dependency) => dependency.name),
    ),
    isWeb: claims.some(({ source, says }) => source === "manifest" && says.endsWith("uses Microsoft.NET.Sdk.Web")),
    runsOnce: workloads.some((claim) => isNamedAfter(claim.name ?? "", name)) && workloads.every((claim) => claim.runsOnce),
  });
  const fact: ComponentFact = {
    ref: componentRef(name),
    name,
    kind: guessed === "service" ? kindByImage(repository, deployable, base, manifests.length > 0) : guessed,
    built: true,
    partOf: null,
    repository: repository.repository,
    paths: deployable.paths,
    aliases,
    technology:
      manifests[0]?.technology ??
      dominantLanguage(repository, deployable.folder) ??
      (base?.kind === "external" ? null : base?.technology) ??
      null,
    declaredOwners: [],
    declared: false,
    inferredFrom: unique(claims.map((claim) => claim.says)).slice(0, maxReasons),
    evidence: evidenceOf(claims),
  };
  return { fact, claims };
}

const order: readonly Claim["source"][] = [
  "compose",
  "kubernetes",
  "aspire",
  "serverless",
  "skaffold",
  "dockerfile",
  "manifest",
  "entry",
];

/** The name it is deployed under, unless that only makes sense in its own folder; then what its build file or folder says. */
function nameOf(repository: Gathered, deployable: Deployable, claims: readonly Claim[], several: boolean): string {
  const folderName = deployable.folder === "" ? repository.repository : lastPart(deployable.folder);
  if (deployable.folder === "" && several) return folderName;
  const deployed = claims.flatMap((claim) => {
    const local = deployable.folder !== "" && isInside(folderOf(claim.file), deployable.folder);
    return claim.name === null ||
      local ||
      isTrial(claim.name) ||
      (isGeneric(claim.name) && plainName(claim.name) !== plainName(folderName)) ||
      (claim.runsOnce && !isNamedAfter(claim.name, folderName))
      ? []
      : [claim.name];
  });
  if (deployable.folder === "") {
    return (
      manifestNames(repository, "").find((name) => !isGeneric(name)) ??
      deployed.find((name) => isAlike(name, folderName)) ??
      folderName
    );
  }
  const alike =
    deployed.find((name) => plainName(name) === plainName(folderName)) ?? deployed.find((name) => isAlike(name, folderName));
  if (alike !== undefined) return alike;
  // Names that only count are one: `relay-1`, `relay-2`.
  const [counted, ...others] = unique(deployed.map((name) => name.replace(/[-_]\d{1,3}$/, "")));
  if (counted !== undefined && counted !== "" && others.length === 0 && new Set(deployed).size > 1) return counted;
  const server = isGeneric(folderName) ? serverAmong(deployable, claims) : null;
  if (server !== null) return server;
  // One folder under several names is best called by its own.
  const [only] = new Set(deployed).size === 1 || isGeneric(folderName) ? deployed : [];
  if (only !== undefined) return only;
  return isGeneric(folderName)
    ? (manifestNames(repository, deployable.folder).find((name) => !isGeneric(name)) ?? folderName)
    : folderName;
}

/** Of one program that a compose file starts under several names, the one that others can reach: `api` beside `worker`. */
function serverAmong({ folder }: Deployable, claims: readonly Claim[]): string | null {
  const services = claims.filter(
    ({ source, name, file }) => source === "compose" && name !== null && !isTrial(name) && !isInside(folderOf(file), folder),
  );
  const open = unique(services.flatMap(({ name, unit }) => (name !== null && unit?.ports.length ? [name] : [])));
  const isSameFile = new Set(services.map(({ file }) => file)).size === 1;
  return isSameFile && open.length === 1 && services.length > 1 ? (open[0] ?? null) : null;
}

/** A job that only uses the image of a service does not name it: `cleanup-job` is named after `cleanup`. */
function isNamedAfter(name: string, folderName: string): boolean {
  return plainName(name).includes(plainName(folderName));
}

/** Same stem, or the last words of the folder: `cart` for `shop-cart`. */
function isAlike(name: string, folderName: string): boolean {
  return stemOf(name) === stemOf(folderName) || `-${wordsOf(folderName).join("-")}`.endsWith(`-${wordsOf(name).join("-")}`);
}

/** Names in build files without scope, group or module path. */
function manifestNames(repository: Gathered, folder: string): string[] {
  return manifestsAt(repository, folder).flatMap((manifest) =>
    manifest.name === null ? [] : [shortManifestName(manifest.name)],
  );
}

/** `@shop/cart`, `com.shop:cart` and `example.com/shop/cart` are all `cart`; the major version of a Go module is no name. */
export function shortManifestName(name: string): string {
  return (
    name
      .replace(/\/v\d{1,3}$/, "")
      .split(/[/:]/)
      .at(-1) ?? name
  );
}

function manifestsOf(repository: Gathered, folder: string) {
  const own = manifestsAt(repository, folder);
  const inside =
    own.length > 0 ? own : repository.manifests.filter((manifest) => isInside(manifest.folder, folder) && !manifest.aggregator);
  return inside.toSorted((a, b) => a.folder.length - b.folder.length || (a.executable ? 0 : 1) - (b.executable ? 0 : 1));
}

/** The known image that a Dockerfile starts from, where nothing of its own is built on top. */
function baseOf(repository: Gathered, deployable: Deployable, claims: readonly Claim[]): KnownImage | null {
  const image = claims.find((claim) => claim.dockerfile?.base)?.dockerfile?.base;
  const base = image ? knownImage(image) : null;
  const programmed = claims.some((claim) => claim.source === "manifest" || claim.source === "entry");
  if (base === null && !programmed && deployable.folder !== "" && dominantLanguage(repository, deployable.folder) === null) {
    // `mysql/` without a line of program is the database, whatever it is built from.
    const named = knownImage(lastPart(deployable.folder));
    if (named?.is === "resource") return named;
  }
  // Nobody builds a program on the image of a database; on that of a web server many do.
  return programmed || (base?.is === "component" && manifestsAt(repository, deployable.folder).length > 0) ? null : base;
}

/** A plain web server with pages is a site; the others are what their image is, or what has their name where they only configure it. */
function kindByImage(
  repository: Gathered,
  deployable: Deployable,
  base: KnownImage | null,
  programmed: boolean,
): ComponentFact["kind"] {
  if (base === null) {
    const named = programmed || deployable.folder === "" ? null : knownImage(lastPart(deployable.folder));
    return named?.is === "component" && named.kind !== "external" ? (named.kind as ComponentFact["kind"]) : "service";
  }
  if (base.kind === "external") return "service";
  if (base.kind !== "gateway") return base.kind as ComponentFact["kind"];
  const files = repository.active.filter((path) => isInside(path, deployable.folder));
  if (files.some((path) => /(?:^|\/)index\.html$/.test(path))) return "frontend";
  return files.some((path) => /(?:envoy|haproxy|traefik|kong)[\w.-]{0,200}$/i.test(lastPart(path))) ||
    /nginx|apache|httpd|envoy|haproxy|traefik/i.test(lastPart(deployable.folder))
    ? "gateway"
    : "service";
}

function dominantLanguage(repository: Gathered, folder: string): string | null {
  const counts = new Map<string, number>();
  for (const path of repository.active) {
    const language = isInside(path, folder) ? languageOf(path) : null;
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function evidenceOf(claims: readonly Claim[]): Evidence[] {
  const seen = new Set<string>();
  return claims
    .filter(({ repository, file, line }) => {
      const place = `${repository}:${file}:${line}`;
      return !seen.has(place) && seen.add(place);
    })
    .slice(0, maxEvidence)
    .map(({ repository, file, line, says }) => ({ type: "file", repository, file, line, text: says }));
}

/** An image of the system's own that is set up as the image of a database is, and listens where it does. */
function serverBySetup(group: readonly Unbuilt[]): KnownImage | null {
  const found = setups.find(({ key, port }) =>
    group.some(
      ({ claim: { unit } }) =>
        unit !== null &&
        unit.environment.some((entry) => key.test(entry.key)) &&
        unit.ports.some(({ container }) => container === port),
    ),
  );
  return found === undefined ? null : knownImage(found.image);
}

const setups = [
  { image: "postgres", key: /^POSTGRES_(?:DB|USER|PASSWORD)$/, port: 5432 },
  { image: "mysql", key: /^MYSQL_(?:ROOT_PASSWORD|DATABASE|ALLOW_EMPTY_PASSWORD)$/, port: 3306 },
  { image: "mongo", key: /^MONGO_INITDB_/, port: 27017 },
  { image: "mcr.microsoft.com/mssql/server", key: /^(?:MSSQL_)?SA_PASSWORD$/, port: 1433 },
] as const;

/** What runs without its source being here: databases and brokers as resources, known and unknown programs as components. Those with one name are one: databases within a repository, the others within the system. */
export function describeUnbuilt(
  unbuilt: readonly Unbuilt[],
  builtImages: ReadonlySet<string>,
  builtNames: readonly string[],
): Described[] {
  const groups = sameServers(
    unbuilt.filter(({ image }) => imagePath(image) !== "" && !isRuntime(image)),
    builtNames,
  );
  const namespaces = new Set(
    [...builtImages].flatMap((image) => (image.includes("/") ? [image.slice(0, image.lastIndexOf("/"))] : [])),
  );
  return groups.flatMap((group): Described[] => {
    const known =
      [...group.map(({ image }) => image), withoutNumbers(group[0]?.claim.name ?? "")]
        .map(knownImage)
        .find((found) => found !== null) ?? serverBySetup(group);
    const [head] = group;
    if (!head?.claim.name) return [];
    const plain = nameOfGroup(group) ?? head.claim.name;
    const isOneOfSeveral = groups.some((other) => other !== group && other[0]?.claim.name === head.claim.name);
    const folder = isOneOfSeveral ? ownProject(head, builtNames) : "";
    const name = folder === "" ? plain : `${lastPart(folder)}-${plain}`;
    const aliases = unique(group.flatMap(({ claim, image }) => [claim.name ?? name, ...claim.aliases, imageName(image)])).filter(
      (alias) => alias !== name,
    );
    const claims = group.map(({ claim }) => claim);
    const evidence = evidenceOf(claims);
    if (known?.is === "resource") {
      const kind = known.kind as ResourceFact["kind"];
      const { technology } = known;
      return [{ fact: { ref: resourceRef(name), name, kind, partOf: null, technology, aliases, evidence }, claims }];
    }
    const ours = namespaces.has(imagePath(head.image).split("/").slice(0, -1).join("/"));
    const kind = known
      ? (known.kind as ComponentFact["kind"])
      : isLoadGenerator(name)
        ? "loadgen"
        : ours
          ? kindOf({ names: [name], dependencies: [], runsOnce: head.claim.runsOnce })
          : "external";
    const fact: ComponentFact = {
      ref: componentRef(name),
      name,
      kind,
      built: false,
      partOf: null,
      repository: head.repository,
      paths: [],
      aliases,
      technology: known?.technology ?? null,
      declaredOwners: [],
      declared: false,
      inferredFrom: unique(claims.map((claim) => claim.says)).slice(0, maxReasons),
      evidence,
    };
    return [{ fact, claims }];
  });
}

/** Databases are told apart by repository, what everybody runs is not. */
function scope({ repository, image }: Unbuilt): string {
  return knownImage(image)?.is === "component" ? "" : repository;
}

const anyStore =
  /^(?:db|database|postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|redis|cache|sql|mssql|sqlserver|valkey|memcached)$/i;

/** Folder of a part of the system whose own compose file runs a database under a name that any has: nobody else's. "" for all others. */
function ownProject({ claim, image }: Unbuilt, builtNames: readonly string[]): string {
  const folder = folderOf(claim.file);
  const kind = knownImage(image)?.kind;
  if (claim.source !== "compose" || folder === "" || !anyStore.test(claim.name ?? "")) return "";
  if (kind !== "datastore" && kind !== "cache") return "";
  return builtNames.some((name) => plainName(name) === plainName(lastPart(folder))) ? folder : "";
}

/** The name without release track where all have one. */
function nameOfGroup(group: readonly Unbuilt[]): string | null {
  const bare = unique(group.map(({ claim }) => withoutTrack(claim.name ?? "")));
  return bare.length === 1 ? (bare[0] ?? null) : null;
}

/** By name; names that differ by the prefix of the whole system or by a release track are one, unless one file has both. */
function sameServers(unbuilt: readonly Unbuilt[], builtNames: readonly string[]): Unbuilt[][] {
  const bare = withoutCommonPrefix([...builtNames, ...unbuilt.map(({ claim }) => claim.name ?? "")]);
  const common = new Set(unbuilt.flatMap((one) => (ownProject(one, builtNames) === "" ? [one.claim.name] : [])));
  const near = groupBy(unbuilt, (one) => {
    const name = one.claim.name ?? "";
    return `${scope(one)}\n${common.has(name) ? "" : ownProject(one, builtNames)}\n${bare(withoutTrack(name) ?? name)}`;
  });
  return [...near.values()].flatMap((group) => {
    const perFile = groupBy(group, ({ repository, claim }) => `${repository}\n${claim.file}`);
    const apart = [...perFile.values()].some(
      (inFile) => new Set(inFile.map(({ claim }) => plainName(withoutTrack(claim.name ?? "") ?? claim.name ?? ""))).size > 1,
    );
    return apart ? [...groupBy(group, ({ claim }) => plainName(claim.name ?? "")).values()] : [group];
  });
}

/** `postgres-14` says what runs there where its image does not. */
function withoutNumbers(name: string): string {
  return name.replace(/[-_]?\d{1,50}$/, "");
}
