/**
 * Do many services share a datastore?
 * Value: share of tables that two or more services use, 0..1. Levels from a private store (0) to a table with several writers (5); the symptom counts
 * from 3 (metrics.md A5; Taibi and Lenarduzzi, IEEE Software 35(3) 2018).
 */
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
import { shortName } from "#model/refs.js";
import type { Condition, Missing, VerdictWord } from "#model/result.js";
import { type Estimate, wilson } from "#util/statistics/index.js";
import { type Assess, assessment, interval, percent, rounded } from "../_shared/index.js";
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
        reasons: reasons(estate, picture),
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
  readonly evidence: ReadonlyMap<string, StoreEvidence>;
  readonly unread: readonly string[];
  readonly level: Level;
  /** Servers where services may share more than can be seen. */
  readonly open: readonly StoreUsage[];
}

function pictureOf(estate: Estate): Picture {
  const usages = storeUsages(estate.facts);
  const tables = usages.flatMap((usage) => usage.tables);
  const shared = tables.filter(({ users }) => users.length > 1);
  const multiWriter = tables.filter(({ writers }) => writers.length > 1);
  const services = estate.services.flatMap((index) => estate.components[index]?.ref ?? []);
  const evidence = storeEvidence(estate.facts, usages, services);
  const apart = multiWriter.map(({ writers }) => teamsApart(estate, writers));
  return {
    usages,
    tables,
    shared,
    multiWriter,
    share: wilson(shared.length, tables.length, estate.parameters.ci.level),
    acrossTeams: apart.includes(true) ? true : apart.includes(null) ? null : false,
    evidence,
    unread: services.filter((service) => evidence.get(service) === "unread"),
    level: usages.reduce<Level>((highest, { level }) => (level > highest ? level : highest), 0),
    open: usages.filter(
      ({ datastore, pairs }) =>
        !isCache(datastore) && pairs.some(({ certain, level }) => !certain && level < estate.parameters.A5.symptomLevel),
    ),
  };
}

/** metrics.md A5: present by one table that different teams write, or by the share of shared tables; absent when nothing reaches level 3. */
function judge(estate: Estate, picture: Picture): VerdictWord {
  if (picture.acrossTeams === true) return "present";
  if (tooLittleRead(estate, picture)) return "unknown";
  if (manyShared(estate, picture)) return "present";
  if (picture.level >= estate.parameters.A5.symptomLevel) return "mixed";
  return picture.open.length > 0 ? "unknown" : "absent";
}

function tooLittleRead(estate: Estate, { unread }: Picture): boolean {
  return unread.length >= estate.parameters.A5.unreadShare * estate.services.length;
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
  const source = "metrics.md A5";
  return [
    {
      text: `something is known of the data of more than ${percent(1 - A5.unreadShare)} of the services`,
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
      met: picture.level >= A5.symptomLevel ? false : tooLittleRead(estate, picture) || picture.open.length > 0 ? null : true,
      source,
    },
  ];
}

function reasons(estate: Estate, picture: Picture): string[] {
  const { tables, shared, multiWriter, usages, unread, evidence } = picture;
  const services = estate.services.length;
  const sharing = usages.filter(({ level }) => level >= estate.parameters.A5.symptomLevel);
  const counted = (word: StoreEvidence) => [...evidence.values()].filter((one) => one === word).length;
  const schemas = sharing.filter(({ level }) => level === 3);
  return [
    tables.length > 0
      ? `${shared.length} of ${tables.length} tables are used by two services or more, ${multiWriter.length} of them written by more than one.`
      : usages.length > 0
        ? `${services - unread.length - counted("none-found")} of ${services} services connect to a datastore; which tables they use is not known.`
        : "No datastore was found that a service uses.",
    ...schemas.map(
      ({ datastore, users }) =>
        `${datastore.name}: ${users.length} services; the evidence suggests one schema for several of them, and no table of two was seen.`,
    ),
    ...(picture.level < 3 && picture.level > 0
      ? ["Services share servers, each with a database or schema of its own: that is cost and risk in common, not data."]
      : []),
    ...(multiWriter.length > 0 && picture.acrossTeams === null
      ? [
          "Whether different teams write the same table is unknown: not all of these services have a declared owner. The count decided.",
        ]
      : []),
    ...(counted("none-found") > 0 && counted("none-found") < services
      ? [`${counted("none-found")} services use no datastore that could be found.`]
      : []),
    ...(unread.length > 0
      ? [
          `Nothing is known of the data of ${unread.length} of ${services} services: ${unread.slice(0, 5).map(shortName).join(", ")}${unread.length > 5 ? ", …" : ""}.`,
        ]
      : []),
    ...picture.open.map(({ datastore }) => `On ${datastore.name} it is not known which service uses which database.`),
  ];
}

function missing(estate: Estate, picture: Picture): Missing[] {
  return [
    ...(tooLittleRead(estate, picture)
      ? [
          {
            input: `source and settings of ${picture.unread.slice(0, 5).map(shortName).join(", ")}${picture.unread.length > 5 ? ` and ${picture.unread.length - 5} others` : ""}: connections and tables`,
            how: "drystone assess PATH PATH…   (every repository with source, migrations and deployment files of the services)",
          },
        ]
      : []),
    ...picture.open.map(({ datastore }) => ({
      input: `which database of ${datastore.name} each service uses`,
      how: "drystone assess PATH PATH…   (with the compose, Kubernetes or settings files that hold the connection strings; passwords are not kept)",
    })),
  ];
}
