/** Does the team know the domain? Who authored its files, for how long, and whether its words are its own (metrics.md C5). */
import { authoredFiles } from "#derive/authorship/index.js";
import { peopleAnswer } from "#derive/team-changes/index.js";
import type { Assessment } from "#model/result.js";
import { monthsBefore } from "#util/dates.js";
import { quantiles, wilson } from "#util/statistics/index.js";
import {
  type Advising,
  answerOf,
  counted,
  type Gate,
  gate,
  interval,
  judged,
  owningTeam,
  percent,
  rounded,
} from "../_shared/index.js";

const id = "knows-domain";
const question = "Does the team know the domain?";
const source = "parameters C";
const monthSeconds = 30.4375 * 86_400;

export function askKnowsDomain(advising: Advising): Assessment {
  const { estate, part, view } = advising;
  const base = { id, subject: part.subject, question, level: estate.parameters.ci.level };
  const answer = peopleAnswer(estate);
  const { team, members } = owningTeam(advising);
  if (answer.state !== "usable" || team === null)
    return judged({
      ...base,
      verdict: "unknown",
      reasons: answer.state === "usable" ? ["There is no one team of which it could be asked."] : answer.reasons,
      missing: [
        { input: "one owning team with its members", how: "drystone init   then name `owner:` and `members:` in drystone.yaml" },
      ],
    });
  const files = authoredFiles(estate).filter(
    ({ repository, path, authors }) => authors.length > 0 && part.files.has(view.find(repository, path)),
  );
  const known = files.filter(({ authors }) => authors.some((author) => members.includes(author)));
  const share = wilson(known.length, files.length, estate.parameters.ci.level);
  return judged({
    ...base,
    ...answerOf([
      knowledge(advising, known.length, files.length, members.length),
      tenure(advising, members),
      words(advising),
      age(advising),
    ]),
    value: share === null ? null : rounded(share.value),
    unit: "share of files with an author in the team",
    interval: interval(share),
    sample: { n: files.length, of: "files with an author" },
    grade: "C",
  });
}

function knowledge({ estate }: Advising, known: number, all: number, members: number): Gate {
  const { knowledgeLo, knowledgeHi } = estate.parameters.C;
  const text = `members of the team authored ${percent(knowledgeHi)} of its files`;
  if (all === 0 || members === 0)
    return gate(
      text,
      null,
      members === 0 ? "No member of the team is known among the authors." : "None of its files has a known author.",
      {
        source,
        missing: {
          input: "the members of the team",
          how: "drystone init   then fill in `members:` below `teams:` in drystone.yaml",
        },
      },
    );
  return gate(text, known >= knowledgeHi * all, `Members of the team authored ${known} of its ${counted(all, "file")}.`, {
    source,
    isNo: known < knowledgeLo * all,
  });
}

function tenure({ estate, changes }: Advising, members: readonly number[]): Gate {
  const least = estate.parameters.C.tenureMonths;
  const text = `members have known it for ${least} months (median)`;
  const first = new Map<number, number>();
  for (const { time, authors } of changes.inside)
    for (const { person } of authors) if (members.includes(person)) first.set(person, Math.min(first.get(person) ?? time, time));
  const [median] = quantiles(
    [...first.values()].map((time) => (estate.window.to - time) / monthSeconds),
    [0.5],
  );
  if (median === undefined) return gate(text, null, "No member of the team has changed it in the window.", { source });
  return gate(text, median >= least, `Members have changed it for ${Math.round(median)} months (median, within the window).`, {
    source,
    isNo: false,
  });
}

/** Names of data types that only this part has: its language is its own. */
function words({ estate, part, view }: Advising): Gate {
  const { ownWords } = estate.parameters.C;
  const text = `${percent(ownWords)} of its types of data bear names that nothing else has`;
  const inside = new Set<string>();
  const outside = new Set<string>();
  for (const { name, repository, file } of estate.facts.models)
    (part.files.has(view.find(repository, file)) ? inside : outside).add(name.toLowerCase());
  if (inside.size === 0)
    return gate(text, null, "No types of data were found in it: whether its words are its own cannot be told.", {
      source,
      missing: {
        input: "its glossary",
        how: "write down what its words mean; types in the source are read by drystone assess PATH",
      },
    });
  const own = [...inside].filter((name) => !outside.has(name)).length;
  return gate(
    text,
    own >= ownWords * inside.size,
    `${own} of its ${counted(inside.size, "type of data", "types of data")} ${own === 1 ? "bears a name" : "bear names"} that nothing else has.`,
    { source, isNo: false },
  );
}

/** Six months of history before anybody can be said to know it. */
function age({ estate }: Advising): Gate {
  const text = "there are six months of history";
  const oldest = Math.min(...estate.repositories.map(({ history }) => history.committerTimes[0] ?? Number.POSITIVE_INFINITY));
  return gate(text, oldest <= monthsBefore(estate.window.to, 6) ? true : null, "", { source });
}
