/** Joins what program text, build files, deployments, rule files, pipelines and documents say about operating each component. */
import type { FileTree } from "#collect/files/index.js";
import { isPassive, type Placement } from "#collect/inventory/index.js";
import { folderOf, isBuildManifest, lastPart, readBuildManifest } from "#collect/manifests/index.js";
import type { BaselineSign } from "#model/baseline.js";
import type { ComponentFact, Problem } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { mayHoldAlerts, readAlertRules } from "./alert-rules.js";
import { signsOfAlert } from "./alert-signs.js";
import { componentNames } from "./component-names.js";
import { type ComponentPlace, componentPlaces, isInside } from "./component-place.js";
import { contractChecksOf } from "./contract-checks.js";
import { signsOfManifest } from "./dependency-signs.js";
import { signsOfPlacements } from "./deployment-signs.js";
import type { FileSign } from "./file-sign.js";
import { pipelineSystem, signsOfPipeline } from "./pipelines.js";
import { isRunbook, signsOfRunbook } from "./runbooks.js";
import { signsOfFile } from "./signs-of-file.js";

export interface BaselineSources {
  readonly trees: readonly FileTree[];
  readonly components: readonly ComponentFact[];
  readonly placed: readonly Placement[];
  /** What the files of program text and settings say. */
  readonly files: readonly { readonly repository: string; readonly path: string; readonly signs: readonly FileSign[] }[];
  /** The component of a file; null outside of all. */
  readonly ownerOf: (repository: string, path: string) => Ref | null;
  /** Internal libraries that a component is made of. */
  readonly librariesOf: (component: Ref) => ReadonlySet<Ref>;
}

export interface CollectedBaseline {
  readonly signs: readonly BaselineSign[];
  readonly problems: readonly Problem[];
}

/** Signs sorted by component, kind and place; those of a library are those of the components that use it. */
export function collectBaseline(sources: BaselineSources): CollectedBaseline {
  const running = sources.components.filter(({ kind }) => kind !== "library" && kind !== "module");
  const places = componentPlaces(running);
  const repositories = sources.trees.map((tree) => signsOfRepository(tree, running, places));
  const own = [
    ...sources.files.flatMap(({ repository, path, signs }) =>
      withOwner(signs, sources.ownerOf(repository, path), repository, path),
    ),
    ...sources.trees.flatMap((tree) => manifestSigns(tree, running, sources)),
    ...sources.trees.flatMap((tree) => logConfigurationSigns(tree, sources)),
  ];
  const ofLibrary = groupByComponent(own);
  const inherited = running.flatMap(({ ref }) =>
    [...sources.librariesOf(ref)].flatMap((library) =>
      (ofLibrary.get(library) ?? []).map((sign) => ({ ...sign, component: ref })),
    ),
  );
  const known = new Set(running.map(({ ref }) => ref));
  const signs = [
    ...own.filter(({ component }) => component !== null && known.has(component)),
    ...inherited,
    ...signsOfPlacements(sources.placed).filter(({ component }) => component !== null && known.has(component)),
    ...repositories.flatMap((one) => one.signs),
  ];
  return {
    signs: distinct(signs).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    problems: repositories.flatMap((one) => one.problems),
  };
}

function withOwner(signs: readonly FileSign[], component: Ref | null, repository: string, path: string): BaselineSign[] {
  if (component === null) return [];
  return signs.map(({ line, text, ...sign }) => ({
    component,
    ...sign,
    evidence: { type: "file", repository, file: path, line, text },
  }));
}

/** A build file above several components is the parent of those in the JVM and in .NET; elsewhere it is nobody's. */
function manifestSigns(tree: FileTree, running: readonly ComponentFact[], { ownerOf }: BaselineSources): BaselineSign[] {
  const paths = tree.paths.filter((path) => isBuildManifest(path) && !isPassive(path)).slice(0, 3000);
  const { repository } = tree;
  return [...tree.read(paths, { quiet: true })].flatMap(([path, text]) => {
    const manifest = readBuildManifest(path, text);
    const signs = manifest === null ? [] : [...signsOfManifest(manifest), ...frameworkSigns(path, text)];
    if (signs.length === 0) return [];
    const below = /(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(path)
      ? running.filter(
          (one) => one.built && one.repository === repository && one.paths.some((folder) => isInside(folder, folderOf(path))),
        )
      : [];
    const owner = ownerOf(repository, path);
    const refs = new Set([...(owner === null ? [] : [owner]), ...below.map(({ ref }) => ref)]);
    return [...refs].flatMap((ref) => withOwner(signs, ref, repository, path));
  });
}

/** Configurations of loggers that are no settings of the program otherwise: Python's, and those in formats of their own. */
function logConfigurationSigns(tree: FileTree, { ownerOf }: BaselineSources): BaselineSign[] {
  const { repository } = tree;
  const paths = tree.paths.filter((path) => isLogConfiguration(lastPart(path)) && !isPassive(path)).slice(0, maxFiles);
  return [...tree.read(paths, { quiet: true })].flatMap(([path, text]) =>
    withOwner(signsOfFile(path, text), ownerOf(repository, path), repository, path),
  );
}

function isLogConfiguration(name: string): boolean {
  return /^(?:log(?:ging|ger)?(?:[-_]?conf(?:ig)?)?\.(?:conf|ini|cfg|ya?ml|json|toml)|log4j2?[\w-]{0,20}\.(?:properties|ya?ml)|logback[\w-]{0,20}\.groovy)$/i.test(
    name,
  );
}

/** .NET's web framework starts an activity for each request, and its HTTP client passes it on as traceparent (since .NET 5). */
function frameworkSigns(path: string, text: string): FileSign[] {
  if (!/\.(?:cs|fs)proj$/.test(path) || !text.includes("Microsoft.NET.Sdk.Web")) return [];
  const line = text.slice(0, text.indexOf("Microsoft.NET.Sdk.Web")).split("\n").length;
  const target = /<TargetFrameworks?>\s{0,5}(?:net|netcoreapp)(\d{1,2})\./.exec(text)?.[1];
  const common = { value: null, reach: "component", line, text: "Microsoft.NET.Sdk.Web" } as const;
  return [
    { kind: "plain-logs", subject: "ASP.NET Core's default", detail: "default", ...common },
    ...(target === undefined || Number(target) >= 5
      ? [{ kind: "tracing", subject: "w3c", detail: "ASP.NET Core and HttpClient", ...common } as const]
      : []),
  ];
}

interface OfRepository {
  readonly signs: readonly BaselineSign[];
  readonly problems: readonly Problem[];
}

const maxFiles = 2000;

/** Alerts, pipelines and runbooks: files that are about several components or about none. */
function signsOfRepository(tree: FileTree, running: readonly ComponentFact[], places: readonly ComponentPlace[]): OfRepository {
  const { repository } = tree;
  const names = componentNames(running);
  const paths = tree.paths.filter(isOurs);
  const pipelines = paths.filter((path) => pipelineSystem(path) !== null).slice(0, maxFiles);
  const rules = paths
    .filter(
      (path) => /\.(?:ya?ml|rules|tf)$/.test(path) && pipelineSystem(path) === null && !/-lock\.ya?ml$/.test(lastPart(path)),
    )
    .slice(0, maxFiles * 2);
  const alerts = [...tree.read(rules, { quiet: true })].flatMap(([path, text]) =>
    mayHoldAlerts(path, text) ? [readAlertRules(path, text)] : [],
  );
  const texts = tree.read(pipelines, { quiet: true });
  return {
    signs: [
      ...alerts.flatMap((file) => file.rules.flatMap((rule) => signsOfAlert(rule, repository, names))),
      ...[...texts].flatMap(([path, text]) =>
        signsOfPipeline(
          path,
          text,
          pipelineSystem(path) ?? "",
          repository,
          places.filter((place) => running.some(({ ref, built }) => built && ref === place.ref)),
        ),
      ),
      ...[...texts].flatMap(([path, text]) => contractChecksOf(path, text, repository)),
      ...paths
        .filter(isRunbook)
        .slice(0, maxFiles)
        .flatMap((path) => signsOfRunbook(path, repository, places, names)),
    ],
    problems: alerts.flatMap(({ problems }) => problems),
  };
}

function isOurs(path: string): boolean {
  return !/(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|__tests__)\//.test(path);
}

function groupByComponent(signs: readonly BaselineSign[]): Map<Ref, BaselineSign[]> {
  const groups = new Map<Ref, BaselineSign[]>();
  for (const sign of signs) {
    if (sign.component === null) continue;
    const same = groups.get(sign.component);
    if (same) same.push(sign);
    else groups.set(sign.component, [sign]);
  }
  return groups;
}

function distinct(signs: readonly BaselineSign[]): BaselineSign[] {
  return [...new Map(signs.map((sign) => [keyOf(sign), sign])).values()];
}

function keyOf({ component, kind, subject, detail, evidence }: BaselineSign): string {
  const place = evidence.type === "file" ? [evidence.repository, evidence.file, String(evidence.line).padStart(7, "0")] : [];
  return [component ?? "", kind, ...place, subject, detail ?? ""].join("\0");
}
