/** Technical layers of a changed file, and what each team needs of other teams' layers to finish a change. */
import { type ChangeSet, joinByKey, namesTicket } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { noiseOf } from "#derive/noise/index.js";
import { isKnown, strongestTeam } from "#derive/team-changes/index.js";
import type { ComponentKind } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { type Estimate, wilson } from "#util/statistics/index.js";

export const layerNames = ["schema", "backend", "frontend", "infrastructure"] as const;
export type Layer = (typeof layerNames)[number];

export interface TeamLayers {
  /** Chains with a change by the team. */
  readonly chains: number;
  /** Of these, chains in which the team's own changes contain the layer. */
  readonly contains: ReadonlyMap<Layer, number>;
  /** Chains that could show a hand-over: several commits, or a ticket that others can name too. */
  readonly telling: number;
  /** Telling chains in which another team changed a layer that this team did not; newest first. */
  readonly needing: readonly ChangeSet[];
  readonly estimate: Estimate | null;
  /** Vertical: hardly ever. Layered: half of the chains or more, by the interval. Null where too few chains could show it. */
  readonly shape: "vertical" | "mixed" | "layered" | null;
}

/**
 * Chains of change (sets that share a ticket within 30 days, or a set itself) in the window, by team. Manifests, documentation and generated
 * files belong to no layer; deployment and CI files do, although they are noise for coupling.
 */
export function layersByTeam(estate: Estate): ReadonlyMap<Ref, TeamLayers> {
  const { changeSet, nMin, D, ci } = estate.parameters;
  const sets = [...estate.recent.sets, ...estate.recent.elsewhere.filter(({ files }) => files <= changeSet.maxFiles)];
  const found = new Map<Ref, { chains: number; contains: Map<Layer, number>; telling: number; needing: ChangeSet[] }>();
  const layerAt = layerLookup(estate);
  for (const chain of joinByKey(sets, changeSet.ticketDays)) {
    const byTeam = layersOfTeams(estate, chain, layerAt);
    const isTelling = namesTicket(chain) || chain.parts.reduce((sum, { commits }) => sum + commits.length, 0) > 1;
    for (const [team, own] of byTeam) {
      const counts = found.get(team) ?? { chains: 0, contains: new Map<Layer, number>(), telling: 0, needing: [] };
      counts.chains++;
      for (const layer of own) counts.contains.set(layer, (counts.contains.get(layer) ?? 0) + 1);
      if (isTelling) counts.telling++;
      if (isTelling && [...byTeam].some(([other, layers]) => other !== team && [...layers].some((layer) => !own.has(layer))))
        counts.needing.push(chain);
      found.set(team, counts);
    }
  }
  return new Map(
    [...found].map(([team, counts]) => {
      const estimate = wilson(counts.needing.length, counts.telling, ci.level);
      const known = estimate !== null && counts.telling >= nMin.service;
      const shape = !known ? null : estimate.low >= D.layeredHi ? "layered" : estimate.high <= D.layeredLo ? "vertical" : "mixed";
      return [team, { ...counts, estimate, shape }];
    }),
  );
}

/** Layers that each team's commits of a chain touched; commits of unknown teams belong to none. */
function layersOfTeams(
  estate: Estate,
  chain: ChangeSet,
  layerAt: (repository: number, touch: number) => Layer | null,
): Map<Ref, Set<Layer>> {
  const byTeam = new Map<Ref, Set<Layer>>();
  for (const { repository, commits } of chain.parts) {
    const history = estate.repositories[repository]?.history;
    if (!history) continue;
    for (const commit of commits) {
      const team = teamOf(estate, repository, commit, history.committerTimes[commit] ?? 0);
      if (team === null) continue;
      const own = byTeam.get(team) ?? new Set<Layer>();
      for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
        const layer = layerAt(repository, i);
        if (layer !== null) own.add(layer);
      }
      if (own.size > 0) byTeam.set(team, own);
    }
  }
  return byTeam;
}

function teamOf(estate: Estate, repository: number, commit: number, time: number): Ref | null {
  const weights = new Map<Ref, number>();
  for (const { person, weight } of estate.people.authorsOf(repository, commit)) {
    for (const share of estate.teams.teamOf(person, time))
      weights.set(share.team, (weights.get(share.team) ?? 0) + weight * share.weight);
  }
  return isKnown(weights) ? strongestTeam(weights) : null;
}

/** Looks a path up once, with the component that it belongs to. */
function layerLookup(estate: Estate): (repository: number, touch: number) => Layer | null {
  const known = estate.repositories.map(() => new Map<number, Layer | null>());
  return (repository, touch) => {
    const view = estate.repositories[repository];
    const path = view?.history.files[touch] ?? -1;
    const cached = known[repository]?.get(path);
    if (view === undefined || cached !== undefined) return cached ?? null;
    const kind = estate.components[view.lineage.component[touch] ?? -1]?.kind;
    const layer = layerOf(view.history.paths[path] ?? "", kind);
    known[repository]?.set(path, layer);
    return layer;
  };
}

const schemaFolders = new Set(words("migrations migration migrate flyway liquibase alembic"));
const schemaExtensions = new Set(words("sql prisma ddl cql"));
const schemaFiles = new Set(words("schema.rb structure.sql"));
const infrastructureExtensions = new Set(words("tf tfvars hcl bicep"));
const infrastructureFolders = new Set(words("terraform ansible k8s kubernetes helm infra ops"));
const frontendFolders = new Set(
  words(
    "frontend front-end ui webapp web-app web-client webclient www wwwroot public static assets views templates stylesheets android ios mobile",
  ),
);
const frontendExtensions = new Set(words("tsx jsx vue svelte astro css scss sass less styl html htm ejs hbs pug swift dart"));
const codeExtensions = new Set(
  words(
    "java kt kts groovy scala go py rb php cs fs vb rs c cc cpp cxx h hpp ex exs erl clj hs ts js mjs cjs mts cts coffee lua pl",
  ),
);

/** @param kind of the component that holds the path. @returns null for what belongs to no layer: documentation, manifests, generated files, tools. */
export function layerOf(path: string, kind?: ComponentKind): Layer | null {
  const segments = path.toLowerCase().split("/");
  const file = segments.pop() ?? "";
  const extension = file.slice(file.lastIndexOf(".") + 1);
  const isCode = codeExtensions.has(extension);
  const isFrontend = frontendExtensions.has(extension);
  const noise = noiseOf(path);
  // A package may be called `deploy`: what is code there is no deployment.
  if (infrastructureExtensions.has(extension)) return "infrastructure";
  if ((noise === "CI" || noise === "container and deployment") && !isCode && !isFrontend && file !== "makefile")
    return "infrastructure";
  if (schemaFiles.has(file) || (schemaExtensions.has(extension) && noise !== "generated")) return "schema";
  if (noise !== null && !((noise === "CI" || noise === "container and deployment") && (isCode || isFrontend))) return null;
  if (segments.some((folder) => schemaFolders.has(folder)) && (isCode || isData(extension))) return "schema";
  if (isFrontend) return "frontend";
  if (!isCode) return segments.some((folder) => infrastructureFolders.has(folder)) && isData(extension) ? "infrastructure" : null;
  return kind === "frontend" || kind === "website" || segments.some((folder) => frontendFolders.has(folder))
    ? "frontend"
    : "backend";
}

function isData(extension: string): boolean {
  return extension === "yaml" || extension === "yml" || extension === "json" || extension === "xml";
}

function words(list: string): string[] {
  return list.split(" ");
}
