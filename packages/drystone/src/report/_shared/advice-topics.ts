/** What the questions behind advice are called and mean, in plain words. Definitions follow metrics.md B, C and F. */
import type { Topic } from "./topic.js";

const practitioners = "A checklist of practitioners: no study was found that links it to an outcome. The limits are ours.";

function signal(title: string, noun: string, definition: string, source: string): Topic {
  return {
    title,
    noun,
    definition,
    source,
    contested: `${practitioners} A signal is a place to look, no reason to split.`,
    parameters: ["B", "window"],
    limits: null,
  };
}

function prerequisite(title: string, noun: string, definition: string, source: string): Topic {
  return { title, noun, definition, source, contested: practitioners, parameters: ["C", "D", "window"], limits: null };
}

export const adviceTopics = new Map<string, Topic>([
  [
    "scales-differently",
    signal(
      "Scales at a different rate",
      "scaling",
      "Growth of its load per month against the rest, and the height of its peaks over its mean at other hours than the rest.",
      "Ours. Limits: parameters B.",
    ),
  ],
  [
    "tacked-on",
    signal(
      "Feels tacked on",
      "attachment",
      "Of its imports, calls and shared tables, the share that cross its border (conductance); how many interfaces they make; how many other files depend on it.",
      "Conductance of a cut. Limits: parameters B.",
    ),
  ],
  [
    "changes-faster",
    signal(
      "Changes much faster",
      "rate of change",
      "Change sets per size inside, over change sets per size outside, with the exact interval of a ratio of two rates.",
      "Ours. Limits: parameters B.",
    ),
  ],
  [
    "deploys-more-often",
    signal(
      "Needs more frequent deploys",
      "deploys",
      "Of the deploys that ship it, the share that ship nothing else; and how long its changes wait for a deploy.",
      "Ours. Limits: parameters B.",
    ),
  ],
  [
    "worked-on-alone",
    signal(
      "A small team works in it alone",
      "work",
      "The fewest people who make most of its changes, and which share of their own changes lies inside.",
      "Ours. Limits: parameters B.",
    ),
  ],
  [
    "isolated-tables",
    signal(
      "Its tables are connected to nothing else",
      "tables",
      "Tables that only it uses, and which share of the links between tables cross. Two tables are linked when one file uses both.",
      "Semantic proximity of Service Cutter. Limits: parameters B.",
    ),
  ],
  [
    "owner",
    prerequisite(
      "One named, stable, small team owns it",
      "an owner",
      "Exactly one declared team, with a name of its own, of three to ten people who stay, who make most of its changes, and of whom one may leave.",
      "Ours. Limits: parameters C and D.",
    ),
  ],
  [
    "deploys-alone",
    prerequisite(
      "The team can deploy it without coordinating",
      "independent deployment",
      "Deploys of its own, or most deploys that ship it ship nothing else; no lockstep, no other team that approves.",
      "Ours. Limits: parameters C.",
    ),
  ],
  [
    "changes-alone",
    prerequisite(
      "Its inside can change without changing something else",
      "independent change",
      "Of its change sets that leave its contracts alone, the share that touch files outside of it.",
      "Ours. Limits: parameters C.",
    ),
  ],
  [
    "has-contract",
    prerequisite(
      "There is a defined contract",
      "a contract",
      "Of what leads into it, the share that goes through an operation of a contract or its public entry; no shared table; breaking changes are noticed.",
      "Ours. Limits: parameters C.",
    ),
  ],
  [
    "knows-domain",
    prerequisite(
      "The team knows the domain",
      "domain knowledge",
      "The share of its files with an author in the team, how long they have known it, and whether its words are its own.",
      "Degree of authorship: Avelino et al. 2016. Limits: parameters C.",
    ),
  ],
  [
    "boundary-cost",
    {
      title: "A boundary would pay",
      noun: "cost and benefit",
      definition:
        "Coordination between teams that a boundary would remove, against what it costs each month. The lines stay apart; only the hours are set against each other, and only when they were declared.",
      source: "Ours. Limits: parameters F.",
      contested:
        "Hours per coordination are an estimate of whoever declares them. Multipliers for the cost of services in the literature come from prototypes and vendors.",
      parameters: ["F", "E3"],
      limits: null,
    },
  ],
  [
    "stay-monolith",
    {
      title: "It should stay in one piece",
      noun: "staying in one piece",
      definition:
        "Four rules, any one of which is a reason to stay: few active people, files that still move between modules, no operational baseline, and broken module rules behind most of what changes together.",
      source: "Ours. Limits: parameters F.",
      contested: "Practitioners' rules; no study was found that measured the limits. They are ours.",
      parameters: ["F", "window"],
      limits: null,
    },
  ],
  [
    "merge",
    {
      title: "They should be one",
      noun: "merging",
      definition:
        "Four rules that speak for merging: deployed in lockstep, changed together both ways, one owner, a table that both write. Two of them are enough.",
      source: "Ours. Limits: parameters F.",
      contested:
        "How many rules are enough is ours. Reports of teams that went back to one deployable exist; no measured threshold does.",
      parameters: ["F", "window"],
      limits: null,
    },
  ],
  [
    "boundary-candidates",
    {
      title: "Where the seams are",
      noun: "seams",
      definition:
        "Groups of files that imports, common changes, tables, words and people hold together, found in many seeded runs at several resolutions. Shown only where the runs agree and chance does not explain it.",
      source: "Louvain communities with consensus. Limits: parameters E.",
      contested:
        "Proposals made from structure alone score well by construction and would move most files; scores of decompositions were never linked to maintenance. People decide.",
      parameters: ["E"],
      limits: null,
    },
  ],
]);
