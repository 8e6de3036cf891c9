/** What to read first: the distributed-monolith question where it applies, else the strongest question that the inputs answer. */
import type { StayFacts } from "#advise/stay-monolith/index.js";
import { symptoms } from "#assess/index.js";
import { languageOf } from "#collect/folders/index.js";
import type { Estate } from "#derive/estate/index.js";
import { commitCount } from "#model/history.js";
import type { Assessment, Headline, Verdict } from "#model/result.js";
import { counted } from "#util/words.js";

/** @param stay null where several are deployed or history cannot be judged. */
export function headlineOf(
  estate: Estate,
  assessments: readonly Assessment[],
  verdict: Verdict,
  stay: StayFacts | null,
): Headline {
  if (verdict.verdict !== "not-applicable") return systemHeadline(estate, assessments, verdict);
  const notApplicable = `The distributed-monolith question does not apply: ${whyNot(estate)}.`;
  const size = sizeOf(estate, stay);
  const [first] = measured(assessments);
  if (first) return { ...first, answer: size === null ? first.answer : `${first.answer} ${size}`, notApplicable };
  if (holdsPrograms(estate)) return { ...withoutMeasure(estate, assessments, stay, size), notApplicable };
  const answer = `${noPrograms} ${size ?? tooFew(estate, assessments)}`;
  return { question: changing, answer, assessment: null, notApplicable };
}

function systemHeadline(estate: Estate, assessments: readonly Assessment[], { verdict }: Verdict): Headline {
  // Of equal verdicts one with an example to show.
  const strongest = ["present", "mixed", "absent"].flatMap((word) =>
    assessments
      .filter(({ id, verdict: own }) => symptoms.some((symptom) => symptom === id) && own === word)
      .toSorted((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0)),
  )[0];
  const [obstacle] = estate.obstacles;
  const thin = assessments.find(({ id }) => id === "change-coupling");
  const sign =
    strongest?.reasons[0] ??
    (obstacle !== undefined
      ? `${capital(obstacle.text)}.`
      : `${thin?.value == null ? "" : `${thin.reasons[0]} `}That is too little to judge.`);
  const leads = {
    likely: "",
    mixed: "The strongest sign: ",
    unlikely: "",
    unknown: strongest ? "What is known so far: " : "",
    "not-applicable": "",
  };
  return {
    question: "Is this a distributed monolith?",
    answer: `${leads[verdict]}${sign}`,
    notApplicable: null,
    assessment: strongest?.id ?? null,
  };
}

function whyNot({ services }: Estate): string {
  if (services.length === 0) return "no service, container or deployment was found here";
  return services.length === 1
    ? "there is one deployable, and a distributed monolith needs at least three services"
    : "there are two services, and the question needs at least three";
}

type Answered = Omit<Headline, "notApplicable">;

/** What history or ownership gives a number for, the most telling one first. */
function measured(assessments: readonly Assessment[]): Answered[] {
  const telling: readonly (readonly [id: string, isAnswered: (verdict: string) => boolean])[] = [
    ["change-coupling", (verdict) => verdict !== "not-applicable" && verdict !== "unknown"],
    ["ownership", (verdict) => ["aligned", "mixed", "misaligned"].includes(verdict)],
    ["module-coupling", (verdict) => verdict === "measured"],
  ];
  return telling.flatMap(([wanted, isAnswered]) =>
    assessments.flatMap(({ id, verdict, question, reasons }) =>
      id === wanted && isAnswered(verdict) ? [{ question, assessment: id, answer: reasons[0] ?? "" }] : [],
    ),
  );
}

/** Who makes the changes; null where hardly any are made. */
function sizeOf({ parameters }: Estate, stay: StayFacts | null): string | null {
  if (stay === null || stay.activePeople === 0) return null;
  if (stay.people === 1) return "One person made all changes in the window.";
  return `${stay.activePeople} of ${stay.people} people made ${parameters.nMin.devCommits} changes or more in the window.`;
}

/** The size of the team, else what the imports say, else that nothing can be said. */
function withoutMeasure(
  estate: Estate,
  assessments: readonly Assessment[],
  stay: StayFacts | null,
  size: string | null,
): Answered {
  if (size !== null && stay !== null) {
    const isSmall = stay.activePeople <= estate.parameters.F.monolithTeam;
    return {
      question: estate.services.length > 0 ? "Should it stay one deployable?" : "Should it stay in one piece?",
      answer: `${size} ${isSmall ? "That is at most one team: splitting would buy no autonomy." : "That is more than one team."}`,
      assessment: "stay-monolith",
    };
  }
  const obstacle = estate.obstacles[0];
  const few = obstacle ? `Unknown: ${obstacle.text}.` : tooFew(estate, assessments);
  const modules = assessments.find(({ id, sample }) => id === "module-boundaries" && (sample?.n ?? 0) > 0);
  return modules === undefined
    ? { question: changing, answer: few, assessment: null }
    : { question: modules.question, answer: `${modules.reasons[0]} ${few}`, assessment: modules.id };
}

/** Why there is no number: nothing to compare; or how much there is before the window, and the command that looks at it. */
function tooFew({ repositories, window, recent, parameters, level }: Estate, assessments: readonly Assessment[]): string {
  const coupling = assessments.find(({ id }) => id === (level === "service" ? "change-coupling" : "module-coupling"));
  const changes = recent.sets.length + recent.sweeps.length + recent.elsewhere.length;
  if (changes >= parameters.nMin.system && coupling?.reasons[0] !== undefined) return coupling.reasons[0];
  const total = repositories.reduce((sum, { history }) => sum + commitCount(history), 0);
  const before = repositories.reduce(
    (sum, { history }) => sum + history.committerTimes.filter((time) => time < window.from).length,
    0,
  );
  const wider = coupling?.missing.find(({ how }) => how.startsWith("drystone assess") && how.includes("--window"));
  const command = wider?.how ?? "drystone assess PATH --window all";
  return before === 0
    ? `The whole history has ${counted(total, "commit")}: too few to say how it changes.`
    : `The window holds ${counted(total - before, "commit")}, too few to say how it changes; ${counted(before, "commit")} are older. Look further back: ${command}`;
}

const changing = "How does this system change?";
const noPrograms = "Documents, data or settings: no file here is in a programming language, so there are no modules to judge.";

function holdsPrograms({ components, repositories }: Estate): boolean {
  return (
    components.some(({ built }) => built) ||
    repositories.some(
      ({ repository }) => repository.files.length === 0 || repository.files.some((path) => languageOf(path) !== null),
    )
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
