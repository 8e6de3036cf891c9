/** What each assessment is called and means, in plain words; the numbers come from the result. Definitions follow metrics.md. */
import type { VerdictWord } from "#model/result.js";
import { adviceTopics } from "./advice-topics.js";
import type { Tone } from "./page.js";
import type { Topic } from "./topic.js";
import { tame } from "./width.js";

/** The six symptoms of a distributed monolith, in the order of the report. */
export const symptomIds = [
  "change-coupling",
  "lockstep-deployment",
  "chattiness",
  "developer-spread",
  "shared-datastore",
  "shared-code",
] as const;

/** Questions about people: left out when `people` is `off`. */
export const peopleIds = ["developer-spread", "ownership", "coordination", "team-shape", "flow"] as const;

/** The organisation's own questions, in the order of the report. */
export const organisationIds = ["ownership", "coordination", "team-shape", "flow"] as const;

/** Title and meaning of an assessment; an id that is not known here is shown as its words. */
export function topicOf(id: string): Topic {
  return (
    topics.get(id) ??
    adviceTopics.get(id) ?? { ...unnamed, title: tame(sentenceCase(id), 60), noun: tame(id.replaceAll("-", " "), 60) }
  );
}

/** A verdict for the eye and for the ear: filled circle = the problem is there, empty = it is not. */
export function verdictMark(verdict: string): { readonly symbol: string; readonly word: string; readonly tone: Tone } {
  return marks.get(verdict) ?? { symbol: "?", word: "unknown", tone: "quiet" };
}

/** True for a verdict that says a problem is there. */
export function isProblem(verdict: VerdictWord): boolean {
  return verdictMark(verdict).symbol === "●";
}

function sentenceCase(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const unnamed: Topic = { title: "", noun: "", definition: "", source: "", contested: "", parameters: [], limits: null };

const marks = new Map<string, { symbol: string; word: string; tone: Tone }>([
  ["present", { symbol: "●", word: "present", tone: "alarm" }],
  ["misaligned", { symbol: "●", word: "misaligned", tone: "alarm" }],
  ["not-met", { symbol: "●", word: "not met", tone: "alarm" }],
  ["likely", { symbol: "●", word: "likely", tone: "alarm" }],
  ["mixed", { symbol: "◐", word: "mixed", tone: "between" }],
  ["absent", { symbol: "○", word: "absent", tone: "calm" }],
  ["aligned", { symbol: "○", word: "aligned", tone: "calm" }],
  ["met", { symbol: "○", word: "met", tone: "calm" }],
  ["unlikely", { symbol: "○", word: "unlikely", tone: "calm" }],
  ["measured", { symbol: "·", word: "measured", tone: "plain" }],
  // Words of advice: an answer, no problem.
  ["signal", { symbol: "◆", word: "signal", tone: "strong" }],
  ["weak", { symbol: "◇", word: "weak", tone: "plain" }],
  ["none", { symbol: "·", word: "none", tone: "plain" }],
  ["yes", { symbol: "·", word: "yes", tone: "strong" }],
  ["no", { symbol: "·", word: "no", tone: "strong" }],
  ["stay", { symbol: "·", word: "stay", tone: "strong" }],
  ["pays", { symbol: "✓", word: "pays", tone: "strong" }],
  ["undecided", { symbol: "?", word: "undecided", tone: "strong" }],
  ["does-not-pay", { symbol: "·", word: "does not pay", tone: "strong" }],
  ["no-reason-to-stay", { symbol: "·", word: "no reason to stay", tone: "strong" }],
  ["unknown", { symbol: "?", word: "unknown", tone: "quiet" }],
  ["not-applicable", { symbol: "–", word: "not applicable", tone: "quiet" }],
]);

/** The caveat that belongs to the six symptoms as a whole. */
export const checklistCaveat =
  "That these six together describe a distributed monolith is practitioners' experience, not a measured law; the limits are ours, set against public systems.";

const topics = new Map<string, Topic>([
  [
    "change-coupling",
    {
      title: "Changes spread over services",
      noun: "changes",
      definition:
        "Of the change sets that touch at least one service, the share that touch two or more. Services that take part in most changes anyway (hubs) and sweeps over many services are left out.",
      source: "Change coupling: Gall 1998, Zimmermann 2004, code-maat; pooled over the system by us. Limits: parameters A1.",
      contested:
        "Change coupling correlates with defects, more so across modules. Which causes which is open, and technical changes (builds, upgrades) make up much of what changes together.",
      parameters: ["A1", "pairs", "window", "changeSet", "nMin", "ci"],
      limits: ["tLo", "tHi"],
    },
  ],
  [
    "lockstep-deployment",
    {
      title: "Services deploy together",
      noun: "deployment",
      definition:
        "How often a deployment of one service comes with a deployment of another within the same short window, beyond what working hours alone explain; and which services can only be given a new version together.",
      source: "Independent deployability: DORA. The measure itself is ours. Limits: parameters A2.",
      contested:
        "No published measure of lockstep deployment was found; the limits are ours. A release train may be a choice and not a need. What always goes at the same hour is left undecided.",
      parameters: ["A2", "nMin"],
      limits: null,
    },
  ],
  [
    "chattiness",
    {
      title: "Services are chatty",
      noun: "calls",
      definition:
        "Share of requests whose handling needs many calls between services: many in all, the same one repeated, deeply nested, or most of the time on the network. Without traces only the source is read: calls in loops, many operations between two services, long chains. That can suggest, it cannot show.",
      source: "Performance antipatterns (Smith and Williams). Limits of tracing tools: parameters A3.",
      contested: "The limits (15 calls, 5 repetitions, 50 ms) are defaults of tracing tools, not science.",
      parameters: ["A3", "nMin"],
      limits: null,
    },
  ],
  [
    "developer-spread",
    {
      title: "The same developers everywhere",
      noun: "people",
      definition:
        "With teams: the share of changes to a service made from outside the team that owns it. Without: the share of developers whose work spreads over more than three services.",
      source: "Fragmentation (D'Ambros); inverse Simpson index. Limits: parameters A4.",
      contested:
        "How code and people cohere is only weakly related in studies. In a small team everybody rightly works everywhere: then there is no team boundary, and that is all the number says.",
      parameters: ["A4", "nMin"],
      limits: ["shareLo", "shareHi"],
    },
  ],
  [
    "shared-datastore",
    {
      title: "Services share a datastore",
      noun: "data",
      definition:
        "Which services use the same schema or table, from a private store (level 0) to one table that several services write (level 5). The symptom counts from a shared schema (level 3).",
      source:
        "Shared persistency as a bad smell: Taibi and Lenarduzzi, IEEE Software 35(3) 2018; the levels are ours. Limits: parameters A5.",
      contested:
        "The smell was collected from practitioners; no study measures what sharing costs. Read replicas and analytics may be deliberate.",
      parameters: ["A5"],
      limits: null,
    },
  ],
  [
    "shared-code",
    {
      title: "Services share code or models",
      noun: "code",
      definition:
        "Internal libraries with business types that several services use and how often they change, code cloned between services (libraries aside), and models defined alike in several services. Technical libraries (logging, metrics) do not count.",
      source: "Clones across services: Mo et al. 2021, Zhao et al. 2022; the blast radius is ours. Limits: parameters A6.",
      contested:
        "Which library is business and which is technical is a judgement; sharing generated clients of a contract is good sharing.",
      parameters: ["A6"],
      limits: null,
    },
  ],
  [
    "library-drift",
    {
      title: "Versions of shared libraries drift apart",
      noun: "library versions",
      definition:
        "For libraries that several services use: how many versions are in use at once, and how many services a change to the library reaches.",
      source: "Ours. Limits: parameters H.",
      contested: "How many releases break their users is contested: studies say between a sixth and a third of them.",
      parameters: ["H"],
      limits: null,
    },
  ],
  [
    "boundary-quality",
    {
      title: "Boundaries are technical, not business",
      noun: "boundaries",
      definition:
        "Services that most others must call and that own no business data are technical boundaries: they are found by structure, not by name. So are services that are layers of one change, circles of calls and hubs.",
      source: "Ours. Limits: parameters E3.",
      contested: "A rule of thumb of practitioners; no study links it to an outcome.",
      parameters: ["E3"],
      limits: null,
    },
  ],
  [
    "ownership",
    {
      title: "Each service has one owning team",
      noun: "ownership",
      definition: "For each service, the share of its change sets made by the team that declares to own it.",
      source: "Ours. Limits: parameters D.",
      contested:
        "That ownership predicts defects was strong in one company (2011) and weak in open source (2014). A review by the owner also counts as care.",
      parameters: ["D", "nMin"],
      limits: ["ownerLo", "ownerHi"],
    },
  ],
  [
    "coordination",
    {
      title: "Teams can work without each other",
      noun: "coordination",
      definition:
        "The share of change sets that touch services of two or more teams: work that somebody had to agree on across a team boundary.",
      source: "Socio-technical congruence: Cataldo et al. 2006; at team level by us. Limits: parameters D.",
      contested:
        "That systems mirror organisations is frequent in companies, not universal, and partial mirroring can be better (Colfer and Baldwin 2016). Congruence shortened resolution time in one firm and had no effect on defects in 25 open-source projects (2022).",
      parameters: ["D"],
      limits: ["crossTeamLo", "crossTeamHi"],
    },
  ],
  [
    "team-shape",
    {
      title: "Teams are small, stable and complete",
      noun: "team shape",
      definition:
        "Size, stability and functions of each team, and over how many teams people are spread; how many people work on the system at all.",
      source: "Ours. Limits: parameters D and F.",
      contested:
        "Team-size numbers are conventions; the re-analysis of Dunbar's number says that no single number can be given (Lindenfors et al. 2021).",
      parameters: ["D", "C", "F"],
      limits: null,
    },
  ],
  [
    "flow",
    {
      title: "Flow of work",
      noun: "flow",
      definition: "Where work items wait: time in work against time in queues, and how often work changes hands between teams.",
      source: "Ours. Limits: parameters G.",
      contested: "Benchmarks of flow efficiency come from blogs and vendors only; compare an organisation with itself.",
      parameters: ["G"],
      limits: null,
    },
  ],
  [
    "interface-mandate",
    {
      title: "Data and functions only through interfaces",
      noun: "interfaces",
      definition:
        "The share of calls and messages between services that lead to an operation of a contract, and the ways around interfaces: imports of another team's code, foreign datastores, shared volumes, network or memory.",
      source: "Ours. Limits: parameters I.",
      contested: "A mandate of one company, told second hand.",
      parameters: ["I"],
      limits: null,
    },
  ],
  [
    "operational-baseline",
    {
      title: "Operational baseline",
      noun: "operations",
      definition:
        "Structured logs with trace ids, health, readiness and metrics endpoints, propagated trace context and three alerts, per service.",
      source: "Ours: the ten items of docs/ops.md.",
      contested: "A checklist of practice: having the parts does not show that anybody uses them.",
      parameters: [],
      limits: null,
    },
  ],
  [
    "module-boundaries",
    {
      title: "Module boundaries hold",
      noun: "modules",
      definition: "Imports that reach into another module's internals or against the allowed direction.",
      source: "Parnas 1972; the rules are those of docs/check.md.",
      contested: "The rules are the team's own decision; the tool only counts what breaks them.",
      parameters: [],
      limits: null,
    },
  ],
  [
    "contract-compatibility",
    {
      title: "Contracts stay compatible",
      noun: "contracts",
      definition: "Changes of an interface description that break somebody who uses the version before.",
      source: "Ours. Limits: parameters I.",
      contested:
        "How often published versions keep their promise is contested: 1 in 3 releases break in one study, 1 in 6 in another.",
      parameters: [],
      limits: null,
    },
  ],
]);
