/**
 * Do teams reach each other's data and functions only through interfaces? (the mandate of Amazon, 2002, as told by Yegge; metrics.md I)
 * Value: contract coverage, the share of calls and messages between services that lead to an operation of a contract; 1 is required.
 */

import { storeEvidence, storeUsages } from "#derive/datastores/index.js";
import type { Estate } from "#derive/estate/index.js";
import { missingOwners } from "#derive/team-changes/index.js";
import { shortName } from "#model/refs.js";
import type { Condition, Measure, Missing, VerdictWord } from "#model/result.js";
import { type Estimate, wilson } from "#util/statistics/index.js";
import { type Assess, assessment, counted, interval, listed, rounded } from "../_shared/index.js";
import { checklist, externalisable, yesCount } from "./checklist.js";
import { contractsByProvider, type Edge, inboundEdges, isProvider } from "./coverage.js";
import { type Crossing, crossingsOf } from "./crossings.js";
import { mandateFindings } from "./findings.js";

const id = "interface-mandate";
const question = "Do teams reach each other's data and functions only through interfaces?";

export const assessInterfaceMandate: Assess = (estate) => {
  if (estate.services.length < 2) {
    const reason =
      "The mandate is about services of several teams; modules of one deployable are looked at under module-boundaries.";
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons: [reason] }), measures: [] };
  }
  const picture = pictureOf(estate);
  const rules = rulesOf(estate, picture);
  const verdict = judge(rules);
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: picture.coverage === null ? null : rounded(picture.coverage.value),
        unit: "share of uses",
        interval: interval(picture.coverage),
        sample: { n: picture.judged.length, of: "uses of one service by another" },
        conditions: rules,
        grade: gradeOf(picture),
        reasons: reasons(estate, picture, verdict),
        missing: verdict === "met" ? [] : missing(estate, picture),
        findings: mandateFindings(picture.edges, picture.withoutContract, picture.crossings),
      },
      estate.parameters.ci.level,
    ),
    measures: measures(estate, picture),
  };
};

export interface Picture {
  readonly edges: readonly Edge[];
  /** Edges of which it is known whether they lead to a contract. */
  readonly judged: readonly Edge[];
  readonly coverage: Estimate | null;
  /** Services that others use and that have no contract. */
  readonly withoutContract: readonly string[];
  readonly crossings: readonly Crossing[];
  /** Whether something is known of the data of every service. */
  readonly dataKnown: boolean;
}

function pictureOf(estate: Estate): Picture {
  const { facts } = estate;
  const edges = inboundEdges(facts);
  const judged = edges.filter(({ covered }) => covered !== null);
  const contracts = contractsByProvider(facts);
  const usages = storeUsages(facts);
  const services = estate.services.flatMap((index) => estate.components[index]?.ref ?? []);
  const used = [...new Set(edges.flatMap(({ covered, provider }) => (covered === false ? [provider] : [])))].sort();
  return {
    edges,
    judged,
    coverage: wilson(judged.filter(({ covered }) => covered).length, judged.length, estate.parameters.ci.level),
    withoutContract: used.filter((provider) => !contracts.has(provider)),
    crossings: crossingsOf(estate, usages),
    dataKnown: ![...storeEvidence(facts, usages, services).values()].includes("unread"),
  };
}

function rulesOf(estate: Estate, { edges, coverage, withoutContract, crossings, dataKnown }: Picture): Condition[] {
  const { I } = estate.parameters;
  const source = "parameters I";
  const none = (kinds: readonly string[], clean: boolean | null): boolean | null => {
    const apart = crossings.filter((crossing) => kinds.includes(crossing.class)).map((crossing) => crossing.apart);
    return apart.includes(true) ? false : apart.includes(null) ? null : clean;
  };
  return [
    {
      text: "I1: every service that others use has a machine-readable contract",
      met: edges.length === 0 ? null : withoutContract.length === 0,
      source,
    },
    {
      text: `I2: uses of a service lead to an operation of its contract, share ≥ ${I.coverage}`,
      met: coverage === null ? null : coverage.value >= I.coverage,
      source,
    },
    {
      text: "I3: no service imports the files of another team's service",
      met: none(["import"], estate.facts.imports.length > 0 ? true : null),
      source,
    },
    { text: "I4: no service works in another team's schema or tables", met: none(["store"], dataKnown ? true : null), source },
    {
      text: "I5: no back doors: shared volumes, network, memory, cache keys (none found without traces is unknown, not clean)",
      met: none(["volume", "files", "network", "memory", "cache"], null),
      source,
    },
    { text: "I6: calls in process are allowed as long as they pass an interface (mandate: modular)", met: true, source },
  ];
}

function judge(rules: readonly Condition[]): VerdictWord {
  if (rules.some(({ met }) => met === false)) return "not-met";
  return rules.every(({ met }) => met === true) ? "met" : "unknown";
}

function gradeOf({ edges, crossings }: Picture): "B" | "C" | null {
  if (edges.length === 0 && crossings.length === 0) return null;
  return edges.some(({ confirmed }) => confirmed) || crossings.some(({ certain }) => certain) ? "B" : "C";
}

function reasons(estate: Estate, picture: Picture, verdict: VerdictWord): string[] {
  const { edges, judged, coverage, withoutContract, crossings } = picture;
  const covered = judged.filter((edge) => edge.covered).length;
  const open = edges.length - judged.length;
  const apart = crossings.filter((crossing) => crossing.apart === true).length;
  const unowned = crossings.filter((crossing) => crossing.apart === null).length;
  const suggests = verdict === "not-met" && gradeOf(picture) === "C" ? "The files suggest: " : "";
  return [
    coverage === null
      ? "No use of one service by another was found of which a contract could speak."
      : `${suggests}${coverageText(covered, judged.length)}`,
    ...(open > 0
      ? [
          `Of ${open} more ${open === 1 ? "use" : "uses"} it is not known which operation ${open === 1 ? "it asks" : "they ask"} for.`,
        ]
      : []),
    ...(withoutContract.length > 0
      ? [
          `${counted(withoutContract.length, "service")} that others use ${withoutContract.length === 1 ? "has" : "have"} no contract: ${listed(withoutContract.map(shortName), 5)}.`,
        ]
      : []),
    ...(crossings.length > 0
      ? [
          `${counted(crossings.length, "way")} around an interface: ${classesOf(crossings)}${apart > 0 ? `; ${apart} of them between teams` : ""}${unowned > 0 ? `; for ${unowned} it is unknown whether they cross teams, because owners are not declared` : ""}.`,
        ]
      : [
          "No way around an interface was found in imports, connections and deployment files; without traces that is unknown, not clean.",
        ]),
    checklistReason(estate, crossings),
  ];
}

function coverageText(covered: number, uses: number): string {
  const what = "an operation of a machine-readable contract";
  if (uses === 1) return `The one use of a service by another ${covered === 1 ? "leads" : "does not lead"} to ${what}.`;
  return `${covered === 0 ? "None" : covered} of ${uses} uses of one service by another ${covered < 2 ? "leads" : "lead"} to ${what}.`;
}

function classesOf(crossings: readonly Crossing[]): string {
  const counts = new Map<string, number>();
  for (const crossing of crossings) {
    const word = crossing.class === "store" && crossing.tables === 0 ? "one schema" : classWords[crossing.class];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} by ${word}`).join(", ");
}

const classWords: Readonly<Record<Crossing["class"], string>> = {
  import: "imports",
  store: "tables of both",
  cache: "keys of both",
  volume: "a volume that both write",
  files: "files of the other",
  network: "a network of both",
  memory: "memory of both",
};

function checklistReason(estate: Estate, crossings: readonly Crossing[]): string {
  const answers = checklists(estate, crossings);
  const without = answers.filter(({ contracts }) => contracts === 0).length;
  const bypassed = answers.filter(({ contracts, answers: own }) => contracts > 0 && externalisable(own) === "no").length;
  if (without === answers.length) return "No service could be opened to outsiders: there is no contract to open.";
  const others = "of the others it is unknown: drystone contracts externalizable reads their contracts.";
  return `${without} of ${answers.length} services could not be opened to outsiders for want of a contract${bypassed === 0 ? "" : `, ${bypassed} because others go past theirs`}; ${others}`;
}

function checklists(estate: Estate, crossings: readonly Crossing[]) {
  const contracts = contractsByProvider(estate.facts);
  const bypassed = new Set(crossings.flatMap(({ to, certain, isMutual }) => (certain && !isMutual ? to : [])));
  return estate.services
    .flatMap((index) => estate.components[index] ?? [])
    .filter(isProvider)
    .map(({ ref }) => {
      const own = contracts.get(ref) ?? [];
      return { ref, contracts: own.length, answers: checklist(own, bypassed.has(ref)) };
    });
}

function missing(estate: Estate, { crossings, edges }: Picture): Missing[] {
  const unowned = crossings.filter(({ apart }) => apart === null).flatMap(({ from, to }) => [from, to]);
  const indices = estate.services.filter((index) => unowned.includes(estate.components[index]?.ref ?? ""));
  return [
    ...(edges.length === 0
      ? [
          {
            input: "the source of the services, with their contracts",
            how: "drystone assess PATH PATH…   (every repository of the system)",
          },
        ]
      : []),
    ...(indices.length > 0 ? [missingOwners(estate, indices)] : []),
    {
      input: "traces: what is called in production, and what no contract names",
      how: "drystone assess PATH --traces FILE   (OTLP, Jaeger or Zipkin)",
    },
  ];
}

function measures(estate: Estate, { crossings }: Picture): Measure[] {
  const plain = { interval: null, sample: null, window: null };
  const counts = new Map<string, number>();
  for (const { class: kind } of crossings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [
    {
      ...plain,
      id: "mandate.back-doors",
      subjects: ["system"],
      value: crossings.length,
      unit: "distinct service, service and class",
      detail: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    ...checklists(estate, crossings).map(({ ref, answers }) => ({
      ...plain,
      id: "mandate.externalisable",
      subjects: [ref],
      value: rounded(yesCount(answers) / Object.keys(answers).length),
      unit: "share of ten items",
      detail: { ...answers, externalisable: externalisable(answers) },
    })),
  ];
}
