/** Fuses the six symptoms by counting, never by averaging (metrics.md K). */
import type { Estate } from "#derive/estate/index.js";
import type { Assessment, Verdict } from "#model/result.js";

export const symptoms = [
  "change-coupling",
  "lockstep-deployment",
  "chattiness",
  "developer-spread",
  "shared-datastore",
  "shared-code",
] as const;

const rule =
  "At least 4 of the 6 symptoms must be known. Likely: 3 or more present, change coupling or lockstep deployment among them. Unlikely: at most 1 present and 4 or more absent. Else mixed. Not applicable below 3 services. One present symptom alone is no problem: there are always exceptions.";

export function judgeDistributedMonolith(estate: Estate, assessments: readonly Assessment[]): Verdict {
  const { K } = estate.parameters;
  const six = symptoms.flatMap((id) => assessments.find((assessment) => assessment.id === id) ?? []);
  const having = (...words: string[]) => six.filter(({ verdict }) => words.includes(verdict));
  const present = having("present");
  const counts = {
    present: present.length,
    mixed: having("mixed").length,
    absent: having("absent").length,
    unknown: having("unknown").length,
    notApplicable: having("not-applicable").length,
  };
  const known = counts.present + counts.mixed + counts.absent;
  const base = { id: "distributed-monolith", rule, counts } as const;
  if (estate.services.length < K.services) {
    return {
      ...base,
      verdict: "not-applicable",
      because: [],
      wouldChange: [
        `The question needs ${K.services} services; ${estate.services.length} ${estate.services.length === 1 ? "was" : "were"} found. If that is wrong, name them under \`components:\` in drystone.yaml.`,
      ],
    };
  }
  const leads = present.some(({ id }) => id === "change-coupling" || id === "lockstep-deployment");
  if (known < K.known) {
    const wanted = six.filter(({ verdict }) => verdict === "unknown");
    return {
      ...base,
      verdict: "unknown",
      because: present.map(({ id }) => id),
      wouldChange: wanted.flatMap(({ id, missing }) => (missing[0] ? [`${id}: ${missing[0].input}`] : [])),
    };
  }
  if (counts.present >= K.likelyPresent && leads) {
    return {
      ...base,
      verdict: "likely",
      because: present.map(({ id }) => id),
      wouldChange: [`fewer than ${K.likelyPresent} symptoms present`],
    };
  }
  if (counts.present <= K.unlikelyPresent && counts.absent >= K.unlikelyAbsent) {
    return {
      ...base,
      verdict: "unlikely",
      because: having("absent").map(({ id }) => id),
      wouldChange: ["a second symptom present, or fewer than four absent"],
    };
  }
  return {
    ...base,
    verdict: "mixed",
    because: present.map(({ id }) => id),
    wouldChange: [
      `${K.likelyPresent} symptoms present, with change coupling or lockstep deployment among them`,
      `${K.unlikelyAbsent} symptoms absent and at most ${K.unlikelyPresent} present`,
    ],
  };
}
