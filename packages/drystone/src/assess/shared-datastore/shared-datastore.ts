/**
 * Do many services share a datastore?
 * Value: share of tables that two or more services use, 0..1. Levels from a private store (0) to a table with several writers (5); the symptom counts
 * from 3 (metrics.md A5; Taibi and Lenarduzzi, IEEE Software 35(3) 2018).
 */
import { deployedAs } from "#derive/calls/index.js";
import {
  isCache,
  type Level,
  type StoreEvidence,
  type StoreUsage,
  storeEvidence,
  storeUsages,
  type TableUsage,
  teamsApart,
} from "#derive/datastores/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Condition, Missing, VerdictWord } from "#model/result.js";
import { type Estimate, wilson } from "#util/statistics/index.js";
import { type Assess, assessment, counted, interval, listed, percent, rounded } from "../_shared/index.js";
import { datastoreFindings } from "./findings.js";
import { datastoreMeasures } from "./measures.js";

const id = "shared-datastore";
const question = "Do many services share a datastore?";

export const assessSharedDatastore: Assess = (estate) => {
  if (estate.services.length < 2) {
    const reason = "Sharing a datastore needs two services at least.";
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons: [reason] }), measures: [] };
  }
  const picture = pictureOf(estate);
  const verdict = judge(estate, picture);
  const { share, tables } = picture;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: share === null ? null : rounded(share.value),
        unit: "share of tables",
        interval: interval(share),
        sample: { n: tables.length, of: "tables" },
        conditions: conditions(estate, picture),
        grade: gradeOf(picture),
        reasons: reasons(picture, judge(estate, picture) === "unknown"),
        missing: verdict === "unknown" ? missing(estate, picture) : [],
        findings: datastoreFindings(estate, picture.usages),
      },
      estate.parameters.ci.level,
    ),
    measures: datastoreMeasures(picture.usages),
  };
};

interface Picture {
  readonly usages: readonly StoreUsage[];
  readonly tables: readonly TableUsage[];
  /** Tables with two users or more. */
  readonly shared: readonly TableUsage[];
  readonly multiWriter: readonly TableUsage[];
  readonly share: Estimate | null;
  /** Whether a table is written by different teams; null when there is such a table and teams are not known. */
  readonly acrossTeams: boolean | null;
  /** Of services that may hold data: pages and gateways keep none. */
  readonly evidence: ReadonlyMap<string, StoreEvidence>;
  readonly unread: readonly string[];
  /** Of these, services that reach a store of which nothing tells which one it is. */
  readonly adrift: readonly string[];
  readonly level: Level;
  /** Servers where services may share more than can be seen. */
  readonly open: readonly StoreUsage[];
  /** Servers that repositories start each for itself: elsewhere they may be one. */
  readonly copies: readonly StoreUsage[];
}

function pictureOf(estate: Estate): Picture {
  const usages = storeUsages(estate.facts);
  const tables = usages.flatMap((usage) => usage.tables);
  const shared = tables.filter(({ users }) => users.length > 1);
  const multiWriter = tables.filter(({ writers }) => writers.length > 1);
  const evidence = storeEvidence(estate.facts, usages, keepers(estate));
  const unread = [...evidence].flatMap(([service, known]) => (known === "unread" ? [service] : []));
  const open = openStores(estate);
  const apart = multiWriter.map(({ writers }) => teamsApart(estate, writers));
  return {
    usages,
    tables,
    shared,
    multiWriter,
    share: wilson(shared.length, tables.length, estate.parameters.ci.level),
    acrossTeams: apart.includes(true) ? true : apart.includes(null) ? null : false,
    evidence,
    unread,
    adrift: unread.filter((service) => open.has(service)),
    level: usages.reduce<Level>((highest, { level }) => (level > highest ? level : highest), 0),
    open: usages.filter(
      ({ datastore, pairs }) =>
        !isCache(datastore) && pairs.some(({ certain, level }) => !certain && level < estate.parameters.A5.symptomLevel),
    ),
    copies: developmentCopies(estate, usages),
  };
}

/** Databases of one technology that the compose files of several repositories start, each for the service beside it: what runs in production stands elsewhere. */
function developmentCopies({ facts }: Estate, usages: readonly StoreUsage[]): StoreUsage[] {
  const homes = new Map(facts.components.map(({ ref, repository }) => [ref, repository]));
  const startedAt = ({ datastore }: StoreUsage) => facts.deployments.filter(({ subject }) => subject === datastore.ref);
  const own = usages.filter((usage) => {
    const places = startedAt(usage);
    const isLocal = places.every(
      ({ format, repository }) =>
        format === "compose" && usage.users.some(({ component }) => homes.get(component) === repository),
    );
    return !isCache(usage.datastore) && places.length > 0 && isLocal;
  });
  return own.filter((usage) => {
    const [first] = startedAt(usage);
    return own.some(
      (other) =>
        other.datastore.technology === usage.datastore.technology &&
        startedAt(other).some(({ repository }) => repository !== first?.repository),
    );
  });
}

const edges = new Set(["frontend", "gateway"]);

function keepers(estate: Estate): Ref[] {
  return estate.services.flatMap((index) => {
    const component = estate.components[index];
    return component === undefined || edges.has(component.kind) ? [] : [component.ref];
  });
}

function openStores({ facts }: Estate): ReadonlySet<Ref> {
  const whole = deployedAs(facts);
  return new Set(facts.unresolved.flatMap(({ kind, component }) => (kind === "store" ? [whole(component)] : [])));
}

/** metrics.md A5: present by one table that different teams write, or by the share of shared tables; absent when nothing reaches level 3. */
function judge(estate: Estate, picture: Picture): VerdictWord {
  if (picture.acrossTeams === true) return "present";
  if (tooLittleRead(estate, picture)) return "unknown";
  if (manyShared(estate, picture)) return "present";
  if (picture.level >= estate.parameters.A5.symptomLevel) return "mixed";
  return isAbsent(picture) ? "absent" : "unknown";
}

/** Hardly any system has no data at all: where no store was found, none was recognised. A store that could not be told may be anybody's. */
function isAbsent({ open, adrift, usages, copies }: Picture): boolean {
  return usages.length > 0 && open.length === 0 && adrift.length === 0 && copies.length === 0;
}

function tooLittleRead(estate: Estate, { unread, evidence }: Picture): boolean {
  return evidence.size === 0 || unread.length >= estate.parameters.A5.unreadShare * evidence.size;
}

function manyShared({ parameters: { A5 } }: Estate, { share, shared, tables }: Picture): boolean {
  if (share === null || share.value < A5.multiUserShare) return false;
  return tables.length >= A5.tables ? share.low > A5.shareLo : shared.length >= A5.multiUserTables;
}

/** Table uses are direct evidence; connections alone leave open what is done with them. */
function gradeOf({ tables, evidence, level }: Picture): "B" | "C" {
  const known = [...evidence.values()];
  const alone = known.filter((one) => one === "connection").length;
  return level >= 4 || (tables.length > 0 && alone * 2 <= known.length) ? "B" : "C";
}

function conditions(estate: Estate, picture: Picture): Condition[] {
  const { A5 } = estate.parameters;
  const enough = picture.tables.length >= A5.tables;
  const source = "parameters A5";
  return [
    {
      text: `something is known of the data of more than ${percent(1 - A5.unreadShare)} of the services (pages and gateways aside)`,
      met: !tooLittleRead(estate, picture),
      source,
    },
    { text: "present: a table that services of different teams write", met: picture.acrossTeams, source },
    {
      text: enough
        ? `present: share of tables with two users or more ≥ ${A5.multiUserShare}, its lower bound > ${A5.shareLo}`
        : `present: share of tables with two users or more ≥ ${A5.multiUserShare}, and ${A5.multiUserTables} of them or more (fewer than ${A5.tables} tables)`,
      met: picture.share === null ? null : manyShared(estate, picture),
      source,
    },
    {
      text: `absent: nothing shared from level ${A5.symptomLevel} (one schema) on`,
      met: picture.level >= A5.symptomLevel ? false : !tooLittleRead(estate, picture) && isAbsent(picture) ? true : null,
      source,
    },
  ];
}

function reasons(picture: Picture, isUnknown: boolean): string[] {
  const { tables, multiWriter, usages, unread, adrift, evidence, copies } = picture;
  const known = [...evidence.values()];
  const without = known.filter((one) => one === "none-found").length;
  const schemas = usages.filter(({ level }) => level === 3);
  return [
    ...(picture.level === 3 && tables.length > 0 ? schemas.map(schemaText) : []),
    tables.length > 0
      ? isUnknown && unread.length > 0
        ? `${tablesText(picture).slice(0, -1)}; of the data of ${unread.length} of ${known.length} services nothing is known.`
        : isUnknown && copies.length > 0
          ? `${tablesText(picture).slice(0, -1)}; ${copiesText(copies)}.`
          : tablesText(picture)
      : usages.length > 0
        ? connectedText(known.length - unread.length - without, known.length, picture.level, unread.length > 0)
        : "No datastore of a service was recognised, which rules nothing out.",
    ...(picture.level === 3 && tables.length > 0 ? [] : schemas.map(schemaText)),
    ...(picture.level < 3 && picture.level > 0
      ? ["Services share servers, each with a database or schema of its own: that is cost and risk in common, not data."]
      : []),
    ...(multiWriter.length > 0 && picture.acrossTeams === null
      ? [
          "Whether different teams write the same table is unknown: not all of these services have a declared owner. The count decided.",
        ]
      : []),
    ...(without > 0 && without < known.length
      ? [`In ${counted(without, "service")} no datastore could be found that ${without === 1 ? "it uses" : "they use"}.`]
      : []),
    ...(unread.length > 0
      ? [
          `Nothing is known of the data of ${counted(unread.length, "service")} of ${known.length}: ${listed(unread.map(shortName), 5)}.`,
        ]
      : []),
    ...(adrift.length > 0
      ? [
          `${listed(adrift.map(shortName), 5)} ${adrift.length === 1 ? "reaches" : "reach"} a store that could not be told: it may be one of the others.`,
        ]
      : []),
    ...(isUnknown && copies.length > 0 && tables.length === 0
      ? [`${listed(copies.map(nameOf), 5)}: ${copiesText(copies)}.`]
      : []),
    ...picture.open.map(({ datastore }) => `On ${datastore.name} it is not known which service uses which database.`),
  ];
}

function nameOf({ datastore }: StoreUsage): string {
  return datastore.name;
}

function copiesText(copies: readonly StoreUsage[]): string {
  return `${copies.length} databases are each started by the repository of one service, and whether they are one in production is not known`;
}

function connectedText(connected: number, services: number, level: Level, isOpen: boolean): string {
  const connects = isOpen ? ["is known to connect", "are known to connect"] : ["connects", "connect"];
  const who = `${connected} of ${services} services ${connects[connected === 1 ? 0 : 1]} to a datastore`;
  if (level > 0) return `${who}; which tables they use is not known.`;
  return connected === 1 ? `${who}.` : `${who}, no two of them to the same one.`;
}

function tablesText({ shared, tables, multiWriter }: Picture): string {
  if (shared.length === 0)
    return tables.length === 1
      ? "The one table that was found is used by one service."
      : `None of ${tables.length} tables is used by two services.`;
  if (tables.length === 1 && multiWriter.length === 0) return "The one table that was found is used by two services or more.";
  const written =
    multiWriter.length === 0 ? "no second writer was seen" : `${multiWriter.length} of them written by more than one`;
  return `${shared.length} of ${counted(tables.length, "table")} ${shared.length === 1 ? "is" : "are"} used by two services or more, ${written}.`;
}

function schemaText({ datastore, pairs }: StoreUsage): string {
  const users = [...new Set(pairs.flatMap(({ a, b, level }) => (level === 3 ? [a, b] : [])))].sort();
  return `${listed(users.map(shortName), 5)} work in one schema of ${datastore.name}, and no table of two of them was seen.`;
}

function missing(estate: Estate, picture: Picture): Missing[] {
  const { unread, adrift, usages } = picture;
  const asked = tooLittleRead(estate, picture) ? unread : adrift;
  return [
    ...(asked.length > 0 || usages.length === 0
      ? [
          {
            input:
              asked.length > 0
                ? `source and settings of ${listed(asked.map(shortName), 5)}: connections and tables`
                : "where the services keep their data: connections and tables",
            how: "drystone assess PATH PATH…   (every repository with source, migrations and deployment files of the services)",
          },
        ]
      : []),
    ...(picture.copies.length > 0
      ? [
          {
            input: `which servers ${listed(picture.copies.map(nameOf), 5)} are in production`,
            how: "drystone assess PATH PATH…   (with the repository of the Kubernetes, Helm or Terraform files)",
          },
        ]
      : []),
    ...picture.open.map(({ datastore }) => ({
      input: `which database of ${datastore.name} each service uses`,
      how: "drystone assess PATH PATH…   (with the compose, Kubernetes or settings files that hold the connection strings; passwords are not kept)",
    })),
  ];
}
