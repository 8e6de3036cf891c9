/** Can it be deployed without coordinating (metrics.md C2)? A lockstep verdict comes with the assessments of the system. */
import type { Assessment } from "#model/result.js";
import { wilson } from "#util/statistics/index.js";
import {
  type Advising,
  answerOf,
  counted,
  type Gate,
  gate,
  judged,
  listed,
  owningTeam,
  percent,
  shippedBy,
  trainOf,
} from "../_shared/index.js";

const id = "deploys-alone";
const question = "Can its team deploy it without coordinating?";
const source = "parameters C";

export function askDeploysAlone(advising: Advising): Assessment {
  const { estate, part } = advising;
  const train = trainOf(advising);
  const isOwn = estate.services.some((index) => part.components.has(index));
  // A tag shows that something was released, not that it could be deployed alone.
  const deploys = train === null || train.isProxy ? [] : train.deploys;
  return judged({
    id,
    subject: part.subject,
    question,
    level: estate.parameters.ci.level,
    sample: deploys.length === 0 ? null : { n: deploys.length, of: "deploys", min: estate.parameters.nMin.deploys },
    grade: deploys.length > 0 ? "B" : "C",
    ...answerOf([
      isOwn ? ownDeploys(advising, deploys.length) : soloShare(advising, deploys),
      lockstep(advising, isOwn),
      oneOwner(advising),
    ]),
  });
}

const deploysHow = "drystone import deploys FILE   then  drystone advise split NAME --path PATH --deploys FILE";

function ownDeploys({ estate }: Advising, deploys: number): Gate {
  const least = estate.parameters.nMin.deploys;
  return gate(
    `${least} deploys of its own are known`,
    deploys >= least ? true : null,
    deploys === 0
      ? "It is a deployable of its own; no deploys to production are known."
      : `${counted(deploys, "deploy")} of its own are known.`,
    { source, missing: { input: `${least} deploys to production`, how: deploysHow } },
  );
}

/** Of a module: the deploys of the whole that ship nothing but it. */
function soloShare(advising: Advising, deploys: readonly number[]): Gate {
  const { B, nMin, ci } = advising.estate.parameters;
  const text = `${percent(B.solo)} of the deploys that ship it ship nothing else, lower bound`;
  const { withPart, solo } = shippedBy(advising, deploys);
  const share = wilson(solo, withPart, ci.level);
  if (deploys.length < nMin.deploys || share === null) {
    const reason =
      deploys.length === 0
        ? "It has no deploy of its own, and no deploys of the whole are known."
        : `${counted(deploys.length, "deploy")} of the whole, ${withPart} with a change of it: too few.`;
    return gate(text, null, reason, { source, missing: { input: `${nMin.deploys} deploys to production`, how: deploysHow } });
  }
  return gate(text, share.low >= B.solo, `${solo} of the ${counted(withPart, "deploy")} that shipped it shipped nothing else.`, {
    source,
    isNo: share.high < B.solo,
  });
}

/** What the assessment of the whole system found about it. */
function lockstep({ assessments, part, estate }: Advising, isOwn: boolean): Gate {
  const text = "it is in no group of services that are deployed together";
  const found = assessments.find(({ id: of }) => of === "lockstep-deployment");
  const first = (found?.findings ?? []).find(
    ({ subjects, severity }) => severity !== "note" && subjects.some((ref) => part.refs.has(ref)),
  );
  if (first !== undefined) return gate(text, false, first.message, { source });
  if (!isOwn || estate.services.length < 2) return gate(text, true, "", { source });
  if (found === undefined || found.verdict === "unknown" || found.verdict === "not-applicable")
    return gate(text, null, "Whether it is deployed together with others is not known.", {
      source,
      missing: { input: "deploy events of 8 weeks", how: deploysHow },
    });
  const timed = found.findings.find(
    ({ code, subjects }) => code === "lockstep-deployment/timed" && subjects.some((ref) => part.refs.has(ref)),
  );
  if (timed !== undefined)
    return gate(text, null, timed.message, {
      source,
      missing: { input: "the version of each deploy, which shows whether it is one release", how: deploysHow },
    });
  return gate(text, true, "It is in no group of services that are deployed together.", { source });
}

/** Files that another team must approve stand in the way of every release. */
function oneOwner(advising: Advising): Gate {
  const text = "no other team has to approve its changes";
  const { ownership } = owningTeam(advising);
  if (ownership.answering.length === 0)
    return gate(text, null, "Who has to approve its changes is not declared.", {
      source,
      missing: { input: "who approves its changes", how: "write a line for its folder into CODEOWNERS" },
    });
  const teams = ownership.answering.filter((ref) => ref.startsWith("group:"));
  const contested = ownership.state === "contested" || teams.length > 1;
  return gate(text, !contested, contested ? `Several teams have to approve: ${listed(teams, 3)}.` : "", { source });
}
