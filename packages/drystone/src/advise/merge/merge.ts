/** Merge two parts again? The reverse of the split: deployed together, changed together both ways, one owner, tables that both write (metrics.md F3). */
import { historyObstacles } from "#derive/estate/index.js";
import { ownershipOfPart, type Part, tableUses } from "#derive/parts/index.js";
import { shortName } from "#model/refs.js";
import type { Advice, Assessment, Missing } from "#model/result.js";
import { wilson } from "#util/statistics/index.js";
import {
  type Advising,
  changeEvidence,
  counted,
  isPlainName,
  judged,
  listed,
  percent,
  place,
  rounded,
} from "../_shared/index.js";

const id = "merge";
const source = "parameters F";

interface Rule {
  readonly text: string;
  readonly met: boolean | null;
  readonly reason: string;
  readonly missing: Missing | null;
}

/** @param advising of the first part. */
export function adviseMerge(advising: Advising, other: Part): Advice {
  const { estate, part } = advising;
  const { mergeRules } = estate.parameters.F;
  const together = changedTogether(advising, other);
  const rules = [deployedTogether(advising, other), together.rule, oneOwner(advising, other), sharedTables(advising, other)];
  const met = rules.filter((rule) => rule.met === true);
  const open = rules.filter((rule) => rule.met === null);
  const verdict = met.length >= mergeRules ? "yes" : met.length + open.length < mergeRules ? "no" : "unknown";
  const assessment: Assessment = judged({
    id,
    subject: part.subject,
    question: `Should ${part.name} and ${other.name} be one?`,
    verdict,
    value: met.length,
    unit: `of ${rules.length} rules that speak for merging`,
    level: estate.parameters.ci.level,
    sample: { n: rules.length - open.length, of: "rules that could be answered" },
    grade: "B",
    conditions: rules.map((rule) => ({ text: rule.text, met: rule.met, source })),
    reasons: rules.toSorted((a, b) => rank(a) - rank(b)).map(({ reason }) => reason),
    missing: verdict === "unknown" ? open.flatMap(({ missing }) => (missing === null ? [] : named(missing, part, other))) : [],
    findings:
      together.sets.length === 0
        ? []
        : [
            place(
              {
                code: `${id}/joint-changes`,
                subjects: [part.subject, other.subject],
                message: `${counted(together.sets.length, "change")} touched both ${part.name} and ${other.name}.`,
                fix: "Read them: one reason to change, or two?",
                value: together.sets.length,
                unit: "change sets",
                sample: { n: together.sets.length, of: "change sets" },
              },
              changeEvidence(estate, together.sets),
              together.sets.length,
            ),
          ],
  });
  const outcome = verdict === "yes" ? "merge" : verdict === "no" ? "stay" : "not-demonstrated";
  return {
    decision: "merge",
    subject: `${part.subject} ${other.subject}`,
    outcome,
    assessments: [assessment],
    costs: [],
    benefits: [],
    steps:
      outcome === "merge"
        ? [
            `Put ${part.name} and ${other.name} into one deployable, as two modules with a rule between them.`,
            "Keep the contract between them as the public entry of the module.",
          ]
        : outcome === "stay"
          ? [`Leave ${part.name} and ${other.name} apart.`]
          : [`Get what is missing: ${listed([...new Set(assessment.missing.map(({ input }) => input))], 3)}.`],
    wouldChange: [
      `${mergeRules} of the ${rules.length} rules: ${listed(rules.filter((rule) => rule.met !== (outcome === "merge")).map(({ text }) => text))}`,
    ],
  };
}

/** Commands that can be copied; names that need quotes stay placeholders. */
function named({ input, how }: Missing, part: Part, other: Part): Missing {
  const plain = [part, other].every(({ name }) => isPlainName(name));
  return { input, how: plain ? how.replace("X Y", () => `${part.name} ${other.name}`) : how };
}

function rank({ met }: Rule): number {
  return met === true ? 0 : met === false ? 1 : 2;
}

function deployedTogether({ assessments, part, estate }: Advising, other: Part): Rule {
  const text = "they are deployed in lockstep";
  const found = assessments.find(({ id: of }) => of === "lockstep-deployment");
  const both = (found?.findings ?? []).find(
    ({ subjects, severity }) =>
      severity !== "note" && subjects.some((ref) => part.refs.has(ref)) && subjects.some((ref) => other.refs.has(ref)),
  );
  if (both !== undefined) return { text, met: true, reason: both.message, missing: null };
  const apart = [part, other].every(({ components }) => estate.services.some((index) => components.has(index)));
  if (!apart) return { text, met: true, reason: "They are not two deployables: they ship together today.", missing: null };
  if (found === undefined || found.verdict === "unknown" || found.verdict === "not-applicable")
    return {
      text,
      met: null,
      reason: "Whether they are deployed together is not known.",
      missing: { input: "deploy events of 8 weeks", how: "drystone advise merge X Y --path PATH --deploys FILE" },
    };
  return { text, met: false, reason: "They are not deployed in lockstep.", missing: null };
}

function changedTogether({ estate, view, part }: Advising, other: Part) {
  const { nMin, ci, F } = estate.parameters;
  const touching = (one: Part) => view.changes.filter(({ files }) => files.some((file) => one.files.has(file)));
  const [a, b] = [touching(part), touching(other)];
  const sets = a.filter(({ files }) => files.some((file) => other.files.has(file))).map(({ set }) => set);
  const [there, back] = [wilson(sets.length, a.length, ci.level), wilson(sets.length, b.length, ci.level)];
  const text = `half of the changes of each also change the other (lower bounds ≥ ${percent(F.mergeConfidence)})`;
  const repositories = new Set([...part.files, ...other.files].map((file) => view.files[file]?.repository));
  const blocked = historyObstacles(estate).length > 0 || (repositories.size > 1 && !estate.across.visible);
  const enough = Math.min(a.length, b.length) >= nMin.service;
  const reason = `${sets.length} of ${counted(a.length, "change")} of ${part.name} and of ${b.length} of ${other.name} touched both.`;
  const open = blocked || !enough || there === null || back === null;
  const rule: Rule = open
    ? {
        text,
        met: null,
        reason: blocked ? "Whether they change together cannot be told from this history." : reason,
        missing: { input: `${nMin.service} changes of each`, how: "drystone advise merge X Y --path PATH --window 24m" },
      }
    : { text, met: Math.min(there.low, back.low) >= F.mergeConfidence, reason, missing: null };
  return { rule, sets: blocked ? [] : sets, share: there === null ? null : rounded(there.value) };
}

function oneOwner({ estate, view, part }: Advising, other: Part): Rule {
  const text = "one team owns both";
  const [a, b] = [ownershipOfPart(estate, view, part).answering, ownershipOfPart(estate, view, other).answering];
  if (a.length === 0 || b.length === 0)
    return {
      text,
      met: null,
      reason: "The owners of both are not declared.",
      missing: { input: "the owners of both", how: "drystone init   then name `owner:` of both in drystone.yaml" },
    };
  const same = a.length === 1 && b.length === 1 && a[0] === b[0];
  return {
    text,
    met: same,
    reason: same
      ? `${shortName(a[0] ?? "")} owns both.`
      : `They are owned by ${listed([...new Set([...a, ...b])].map(shortName), 3)}.`,
    missing: null,
  };
}

/** Tables that both write. Unknown where no table of one of them was found. */
function sharedTables({ estate, view, part }: Advising, other: Part): Rule {
  const text = "both write one table";
  const [own, theirs] = [tableUses(estate, view, part), tableUses(estate, view, other)];
  const written = new Set(own.filter(({ writtenByPart }) => writtenByPart).map(({ table }) => table));
  const both = theirs.filter(({ table, writtenByPart }) => writtenByPart && written.has(table));
  if (both.length > 0)
    return {
      text,
      met: true,
      reason: `Both write ${listed(
        both.map(({ name }) => name),
        3,
      )}.`,
      missing: null,
    };
  const known = own.some(({ byPart }) => byPart) && theirs.some(({ byPart }) => byPart);
  if (!known)
    return {
      text,
      met: null,
      reason: "Which tables they use is not known for both.",
      missing: { input: "which tables they write", how: "drystone advise merge X Y --path PATH --traces FILE" },
    };
  return { text, met: false, reason: "They write no common table.", missing: null };
}
