/** Which version of each service runs in an environment, from files of deploy events in any form that is read. */
import { existsSync } from "node:fs";
import { collectDeploys } from "#collect/deploys/index.js";
import { componentNames } from "#collect/records/index.js";
import type { DeployFact, Facts, Problem, SourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

export interface DeployedVersions {
  /** The last deploy to the environment that did not fail, of each component. */
  readonly byComponent: ReadonlyMap<Ref, DeployFact>;
  readonly sources: readonly SourceFact[];
  /** Lines that could not be read, and services that are no component here: what they run is not compared. */
  readonly problems: readonly Problem[];
}

/** @throws UsageError when no deploy can be read, or none to the environment. */
export async function deployedVersions(files: readonly string[], environment: string, facts: Facts): Promise<DeployedVersions> {
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new UsageError("DS-U52", `there is no file ${printable(missing)}`, "pass files of deploy events");
  const { deploys, sources, problems } = await collectDeploys(files, componentNames(facts.components, facts.deployments));
  const there = deploys.filter((deploy) => deploy.environment === environment);
  if (there.length === 0) throw noneFound(files, environment, deploys, problems);
  // Sorted by time: the last one stays.
  const done = there.filter(({ success }) => success !== false);
  const byComponent = new Map(done.flatMap((deploy) => (deploy.component === null ? [] : [[deploy.component, deploy] as const])));
  const strangers = [...new Set(done.flatMap(({ component, service }) => (component === null ? [service] : [])))].sort();
  return { byComponent, sources, problems: [...problems, ...unknownServices(files[0] ?? "", strangers)] };
}

const form =
  'write one event per line: {"service","version","time","environment","success"}; CDEvents, CSV and GitHub deployments are read too';

function noneFound(
  files: readonly string[],
  environment: string,
  deploys: readonly DeployFact[],
  problems: readonly Problem[],
): UsageError {
  const names = files.map(printable).join(", ");
  if (deploys.length === 0)
    return new UsageError("DS-U52", `${names}: ${printable(problems[0]?.message ?? "no deploy was found in it")}`, form);
  const known = [...new Set(deploys.map((deploy) => deploy.environment))].filter((name) => name !== "").sort();
  return new UsageError(
    "DS-U53",
    `${names} ${files.length === 1 ? "has" : "have"} no deploy to ${printable(environment)}`,
    known.length === 0 ? form : `use one of ${known.slice(0, 10).map(printable).join(", ")}`,
  );
}

function unknownServices(path: string, names: readonly string[]): Problem[] {
  if (names.length === 0) return [];
  return [
    {
      path,
      line: null,
      message: `deployed and no component of these repositories, so not compared: ${names.slice(0, 8).join(", ")}${names.length > 8 ? ` and ${names.length - 8} more` : ""}`,
      hint: "pass a folder with their repositories as --path, or give aliases in drystone.yaml",
    },
  ];
}
