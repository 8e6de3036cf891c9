/** Reads every file of a repository that says something about its code, once, and keeps what each says. */
import { signsOfFile } from "#collect/baseline/index.js";
import { isClonable, tokenize } from "#collect/clones/index.js";
import { type Cue, cuesOf, languageOfPath } from "#collect/code/index.js";
import type { FileTree } from "#collect/files/index.js";
import { isScanned, scanImports } from "#collect/imports/index.js";
import { isPassive } from "#collect/inventory/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { isProxyConfig, readProxyConfig } from "#collect/proxies/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import { cuesOfSettings, isSettingsFile, readSettingsFile, servedAs } from "#collect/settings/index.js";
import { daprComponents, isDaprComponent, mayBeDapr } from "./dapr-components.js";
import { exchangedNames } from "./exchanged-names.js";
import type { FileReading } from "./file-reading.js";
import { type ReadingCache, readingKey } from "./reading-cache.js";
import { isShipper, serverConfigurationCues, shipperCues } from "./server-configuration.js";

/** Texts held at once. */
const filesAtOnce = 400;

/** @param isConfiguration files that are settings though their names do not show it: those of servers that are only configured here. */
export function readFiles(tree: FileTree, isConfiguration: (path: string) => boolean, cache: ReadingCache): FileReading[] {
  const wanted = tree.paths.filter((path) => isScanned(path) || (!isLeftOut(path) && mayTell(path)) || isConfiguration(path));
  const readings: FileReading[] = [];
  for (let at = 0; at < wanted.length; at += filesAtOnce) {
    for (const [path, text] of textsOf(tree, wanted.slice(at, at + filesAtOnce))) {
      const asConfiguration = isConfiguration(path);
      const key = readingKey(path, text, asConfiguration ? "configuration" : "");
      const known = cache.get(key);
      const reading = known ?? readFile(path, text, asConfiguration);
      if (known === null) cache.put(key, reading);
      readings.push(reading);
    }
  }
  cache.save();
  return readings;
}

/** In the order of the paths. Settings that are too large are worth a word; program text of that size is generated. */
function textsOf(tree: FileTree, paths: readonly string[]): (readonly [string, string])[] {
  const settings = tree.read(paths.filter(isSettingsFile));
  const others = tree.read(
    paths.filter((path) => !isSettingsFile(path)),
    { quiet: true },
  );
  return paths.flatMap((path) => {
    const text = settings.get(path) ?? others.get(path);
    return text === undefined ? [] : [[path, text] as const];
  });
}

function mayTell(path: string): boolean {
  return languageOfPath(path) !== null || isSettingsFile(path) || isProxyConfig(path) || isShipper(path) || mayBeDapr(path);
}

/** The settings of a repository that a configuration server hands out; each file is named after its application. */
export function readServedSettings(tree: FileTree): FileReading[] {
  const wanted = tree.paths.filter((path) => /\.(?:ya?ml|properties)$/.test(path) && !lastPart(path).startsWith("."));
  return [...tree.read(wanted, { quiet: true })].flatMap(([path, text]) => {
    const name = lastPart(path).replace(/\.\w+$/, "");
    const settings = readSettingsFile(path, text, servedAs(path) ?? { application: name, profile: "" });
    return settings === null
      ? []
      : [
          {
            path,
            cues: cuesOfSettings(settings),
            settings,
            tokens: null,
            imports: null,
            names: null,
            dapr: [],
            signs: signsOfFile(path, text),
          },
        ];
  });
}

/** Pure: the same text gives the same reading. */
export function readFile(path: string, text: string, isConfiguration = false): FileReading {
  const imports = isScanned(path) ? scanImports(path, text) : null;
  const names = exchangedNames(path, text);
  if (isLeftOut(path) && !isConfiguration)
    return { path, cues: [], settings: null, tokens: null, imports, names, dapr: [], signs: [] };
  const settings = isSettingsFile(path) && !isConfiguration ? readSettingsFile(path, text) : null;
  return {
    path,
    cues: [
      ...cuesOf(path, text),
      ...(settings === null ? [] : cuesOfSettings(settings)),
      ...proxyCues(path, text),
      ...(!isConfiguration && isShipper(path) ? shipperCues(path, text) : []),
      ...(isConfiguration && !isManifest(text) ? serverConfigurationCues(path, text) : []),
    ],
    settings,
    tokens: isClonable(path) ? tokenize(path, text) : null,
    imports,
    names,
    dapr: isDaprComponent(path, text) ? daprComponents(path, text) : [],
    signs: signsOfFile(path, text),
  };
}

function isManifest(text: string): boolean {
  return /^apiVersion:/m.test(text) && /^(?:kind|metadata):/m.test(text);
}

function isLeftOut(path: string): boolean {
  return (
    isPassive(path) ||
    /(?:[._-](?:test|tests|spec|stories|mock|fixture)\.[a-z]{1,4}$|Tests?\.(?:java|kt|cs)$|_test\.(?:go|py)$|(?:^|\/)test_[\w]{1,80}\.py$|\.min\.js$|_pb2(?:_grpc)?\.py$|\.pb\.go$|_grpc_pb\.js$|_pb\.(?:js|d\.ts)$)/.test(
      path,
    )
  );
}

function proxyCues(path: string, text: string): Cue[] {
  if (!isProxyConfig(path)) return [];
  return (readProxyConfig(path, text) ?? []).map((route) => ({
    kind: "route",
    path: route.path,
    target: route.target.replaceAll(/\$\{?([A-Za-z_]\w{0,80})\}?/g, "${$1}"),
    file: path,
    line: route.line,
    text: withoutSecrets(`${route.path ?? ""} -> ${route.target}`).slice(0, 160),
  }));
}
