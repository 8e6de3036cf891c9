/** Who will own it: one named, stable, small team that really makes its changes (metrics.md C1, D5). */
import { authoredFiles, truckFactor } from "#derive/authorship/index.js";
import { peopleAnswer } from "#derive/team-changes/index.js";
import type { TeamFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import type { Assessment } from "#model/result.js";
import { monthsBefore } from "#util/dates.js";
import { teamStability, wilson } from "#util/statistics/index.js";
import { wordsOf } from "#util/words.js";
import {
  type Advising,
  answerOf,
  counted,
  type Gate,
  gate,
  interval,
  judged,
  listed,
  type OwningTeam,
  owningTeam,
  percent,
  place,
  rounded,
} from "../_shared/index.js";
import { changesByTeam } from "./changes-by-team.js";

const id = "owner";
const question = "Who will own it: a named, stable, small team?";

/** Names of functions, not of teams: "the backend team" is not an answer. */
const generic = new Set(
  "backend back frontend front end dev devs development developer developers engineer engineers engineering platform qa quality data ops devops operations software tech technology it core all everyone maintainer maintainers committer committers admin admins owner owners team teams group squad crew the of and members staff".split(
    " ",
  ),
);

export function askOwner(advising: Advising): Assessment {
  const { estate, part } = advising;
  const owning = owningTeam(advising);
  const own = changesByTeam(advising, owning.team);
  const share = own === null || owning.team === null ? null : wilson(own.byTeam, own.n, estate.parameters.ci.level);
  const gates = [
    oneTeam(owning),
    ...(owning.team === null
      ? []
      : [
          named(owning.team),
          small(advising, owning.team),
          stable(advising, owning.team),
          truck(advising),
          active(advising, share, own?.n ?? 0, owning.team),
        ]),
  ];
  const evidence = owning.ownership.declared.flatMap((declared) => declared.evidence);
  return judged({
    id,
    subject: part.subject,
    question,
    level: estate.parameters.ci.level,
    ...answerOf(gates),
    value: share === null ? null : rounded(share.value),
    unit: share === null ? null : "share of change sets",
    interval: interval(share),
    sample: own === null ? null : { n: own.n, of: "change sets", min: estate.parameters.nMin.service },
    grade: share === null ? "D" : "B",
    findings:
      evidence.length === 0
        ? []
        : [
            place(
              {
                code: `${id}/declared`,
                subjects: [part.subject, ...owning.ownership.answering.slice(0, 5)],
                message: `Declared owner: ${listed(owning.ownership.answering.map(shortName), 3)}.`,
                fix: "One team, by name, in drystone.yaml or CODEOWNERS.",
                value: null,
                unit: null,
                sample: null,
              },
              evidence,
            ),
          ],
  });
}

const declare = {
  input: "one owning team",
  how: "drystone init   then name `owner:` of the component and its members below `teams:` in drystone.yaml",
};

function oneTeam({ ownership, team }: OwningTeam): Gate {
  const { answering, isDeclaredAnywhere } = ownership;
  const text = "exactly one team owns all of it";
  if (answering.length === 0)
    return isDeclaredAnywhere
      ? gate(text, false, "Nobody is declared to own it, though owners are declared elsewhere.", { missing: declare })
      : gate(text, null, "No owners are declared anywhere: no CODEOWNERS, no catalog, no drystone.yaml.", { missing: declare });
  if (answering.length > 1)
    return gate(
      text,
      false,
      `${answering.length} owners are declared: ${listed(answering.map(shortName), 3)}. Several owners are none.`,
      { missing: declare },
    );
  if (team === null)
    return gate(text, false, `${shortName(answering[0] ?? "")} is a person, and one person is no team.`, { missing: declare });
  return gate(text, true, `${team.name} owns it, as declared.`);
}

function named({ name, mission }: TeamFact): Gate {
  const telling = wordsOf(name).filter((word) => !generic.has(word));
  const met = telling.length > 0 || mission !== null;
  return gate(
    "the team is named after a business or a product, or has a mission",
    met,
    met ? "" : `"${name}" names a function, not a team with a purpose.`,
    { missing: declare },
  );
}

function small({ estate }: Advising, { name, members, ref }: TeamFact): Gate {
  const { teamMin, teamWarn, teamMax } = estate.parameters.D;
  const size = membersAt(members, estate.window.asOf);
  const text = `it has ${teamMin} to ${teamWarn} members (at most ${teamMax})`;
  if (members.length === 0)
    return gate(text, null, `Who is in ${name} is not known.`, {
      missing: {
        input: `the members of ${shortName(ref)}`,
        how: "drystone init   then fill in `members:` below `teams:` in drystone.yaml",
      },
    });
  const reason = `${name} has ${counted(size.length, "member")}.`;
  return gate(text, size.length >= teamMin && size.length <= teamMax, reason, { isNo: size.length < 2 || size.length > teamMax });
}

function stable({ estate }: Advising, { name, members, ref }: TeamFact): Gate {
  const { stableHi, stableLo } = estate.parameters.C;
  const text = `${percent(stableHi)} of its members of six months ago are still there`;
  const dated = members.some(({ from, to }) => from !== null || to !== null);
  const before = membersAt(members, new Date(monthsBefore(estate.window.to, 6) * 1000).toISOString().slice(0, 10));
  const stability = dated ? teamStability(before, membersAt(members, estate.window.asOf)) : null;
  if (stability === null)
    return gate(text, null, `How stable ${name} is cannot be told: its members have no dates.`, {
      missing: {
        input: `since when the members of ${shortName(ref)} are in it`,
        how: "drystone init   then write members as { id: ada@example.com, from: 2026-01-01 } in drystone.yaml",
      },
    });
  const bound = wilson(Math.round(stability.retention * before.length), before.length, estate.parameters.ci.level);
  return gate(
    text,
    stability.retention >= stableHi,
    `${Math.round(stability.retention * before.length)} of ${before.length} members of six months ago are still there.`,
    {
      isNo: (bound?.high ?? 1) < stableLo,
    },
  );
}

function truck(advising: Advising): Gate {
  const { estate, view, part } = advising;
  const least = estate.parameters.C.truckFactor;
  const text = `at least ${least} people would have to leave before most of its files have no author`;
  if (peopleAnswer(estate).state !== "usable") return gate(text, null, "", { source: "parameters D" });
  const own = authoredFiles(estate).filter(({ repository, path }) => part.files.has(view.find(repository, path)));
  const factor = truckFactor(own);
  if (factor === null) return gate(text, null, "None of its files has a known author.", { source: "parameters D" });
  return gate(text, factor >= least, `Truck factor ${factor} over ${counted(own.length, "file")}.`, {
    isNo: false,
    source: "parameters D",
  });
}

function active(advising: Advising, share: ReturnType<typeof wilson>, n: number, { name }: TeamFact): Gate {
  const { C, nMin } = advising.estate.parameters;
  const text = `the team makes ${percent(C.ownerLo)} of its changes, lower bound`;
  if (share === null || n < nMin.service)
    return gate(
      text,
      null,
      n === 0
        ? "No change of it is by people whose team is known."
        : `Only ${counted(n, "change set")} of it by people whose team is known.`,
      {
        missing: {
          input: `${nMin.service} change sets by people in teams`,
          how: "drystone init   then fill in `members:` below `teams:` in drystone.yaml",
        },
      },
    );
  return gate(text, share.low >= C.ownerLo, `${name} made ${percent(share.value)} of ${counted(n, "change set")}.`, {
    isNo: share.high < C.ownerHi,
  });
}

/** Ids of the members on a day. */
function membersAt(members: TeamFact["members"], date: string): string[] {
  return members
    .filter(({ from, to }) => (from === null || from <= date) && (to === null || to >= date))
    .map(({ id: member }) => member);
}
