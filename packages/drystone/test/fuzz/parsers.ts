/** Every parser of ours, by name, as a function of a path and a text. */
import { readCatalog } from "#collect/backstage/index.js";
import { type ClonableFile, findClones, tokenize } from "#collect/clones/index.js";
import { sqlTableUses } from "#collect/code/common/sql.js";
import { templateAt } from "#collect/code/expression.js";
import { languageOfPath } from "#collect/code/index.js";
import { readSource } from "#collect/code/source.js";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { readConfig } from "#collect/config/index.js";
import { collectContracts } from "#collect/contracts/index.js";
import { readEnvLines } from "#collect/deployment/env-file.js";
import {
  readAspire,
  readComposeFiles,
  readDockerfile,
  readKubernetesFiles,
  readProcfile,
  readServerless,
  readTerraform,
} from "#collect/deployment/index.js";
import { interpolate } from "#collect/deployment/interpolate.js";
import { textTree } from "#collect/files/index.js";
import { collectImports } from "#collect/imports/index.js";
import { parseAddresses } from "#collect/links/address.js";
import { readLockfile } from "#collect/lockfiles/index.js";
import { readBuildManifest, readMembers, readNestCli, readNxProject } from "#collect/manifests/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { readProxyConfig } from "#collect/proxies/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import { readSettingsFile } from "#collect/settings/index.js";
import { readFile } from "#collect/source/read-files.js";
import { readYaml } from "#collect/yaml/index.js";
import { UsageError } from "#util/errors.js";

export type Parser = (path: string, text: string) => unknown;

export const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ["yaml", (path, text) => placesOf(readYaml(path, text))],
  ["yaml 1.1", (path, text) => placesOf(readYaml(path, text, { version: "1.1" }))],
  ["file", readFile],
  ["server configuration", (path, text) => readFile(path, text, true)],
  ["settings", (path, text) => readSettingsFile(path, text)],
  ["proxies", readProxyConfig],
  ["build file", readBuildManifest],
  ["members", readMembers],
  ["nx", readNxProject],
  ["nest", readNestCli],
  ["lock file", readLockfile],
  ["catalog", readCatalog],
  ["compose", (path, text) => readComposeFiles([path], (other) => (other === path ? text : null))],
  ["Dockerfile", readDockerfile],
  ["kubernetes", (path, text) => readKubernetesFiles(new Map([[path, text]]), [path])],
  ["chart", (path, text) => readKubernetesFiles(new Map([...chart, [`chart/templates/${lastOf(path)}`, text]]))],
  ["chart values", (_path, text) => readKubernetesFiles(new Map([...chart, ["chart/values.yaml", text]]))],
  ["helper template", (_path, text) => readKubernetesFiles(new Map([...chart, ["chart/templates/_helpers.tpl", text]]))],
  ["terraform", (_path, text) => readTerraform(new Map([["main.tf", text]]))],
  ["aspire", (path, text) => readAspire(path, text, ["src/Cart/Cart.csproj"])],
  ["Procfile", readProcfile],
  ["serverless", readServerless],
  ["env", (_path, text) => readEnvLines(text, new Map([["A", "1"]]))],
  ["interpolation", (_path, text) => interpolate(text, new Map([["A", "${A}${A}"]]))],
  [
    "contracts",
    (path, text) => collectContracts(textTree("any", { [path]: text, "package.json": "{}", "web/package.json": text })),
  ],
  ["imports", (path, text) => collectImports(textTree("any", { [path]: text, "tsconfig.json": text, "go.mod": text }))],
  ["owners", (_path, text) => collectOwners(textTree("any", { OWNERS: text, OWNERS_ALIASES: text }))],
  ["codeowners", (_path, text) => collectCodeowners(textTree("any", { CODEOWNERS: text }))],
  ["drystone.yaml", (_path, text) => unlessMistaken(() => readConfig(textTree("any", { "drystone.yaml": text })))],
  ["clones", (path, text) => clonesOf(path, text)],
  ["expression", (path, text) => expressionsOf(path, text)],
  ["sql", (_path, text) => sqlTableUses(text)],
  ["address", (_path, text) => text.split(/["'\n]/, 2000).map(parseAddresses)],
  ["secrets", (_path, text) => text.split("\n", 2000).map(withoutSecrets)],
]);

const chart: ReadonlyMap<string, string> = new Map([
  ["chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n"],
  ["chart/values.yaml", "image: shop/cart\nenv: {A: b}\nlist: [a, b]\n"],
  [
    "chart/templates/deployment.yaml",
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: {{ include "chart.name" . }}}\nspec: {template: {spec: {containers: [{name: a, image: {{ .Values.image }}}]}}}\n',
  ],
]);

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function placesOf({ documents }: ReturnType<typeof readYaml>): unknown {
  return documents.map((document) => [document.lineOf(["a", 0, "b"]), JSON.stringify(document.value)?.length]);
}

function clonesOf(path: string, text: string): unknown {
  const tokens = tokenize(path, text);
  const file = (component: string): ClonableFile[] =>
    tokens === null ? [] : [{ component, repository: "any", file: path, tokens }];
  return findClones([...file("a"), ...file("b")]);
}

function expressionsOf(path: string, text: string): unknown {
  const language = languageOfPath(path);
  if (language === null) return null;
  const source = readSource(path, text, language);
  const offsets = Array.from({ length: 50 }, (_none, index) => Math.floor((index * text.length) / 50));
  return offsets.map((offset) => templateAt(source, offset));
}

/** A mistake in our own configuration ends the run with an explanation. */
function unlessMistaken(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
