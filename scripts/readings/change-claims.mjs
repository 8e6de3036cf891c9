// What the report says of single commits, and how often a component, a pair or a hub was changed.
import { claim } from "./checks.mjs";
import { explained } from "./explained.mjs";
import { between, git, quote } from "./git.mjs";
import { isInside, isService } from "./noise.mjs";

/** How often a service was changed, from the measures; what the command counts too much is explained commit by commit. */
export function serviceClaims({ result, repositories, components, several }) {
  if (several) return [];
  return result.measures.flatMap((measure) => {
    const [subject] = measure.subjects;
    const component = components.get(subject);
    const repository = repositories.get(component?.repository);
    if (measure.id !== "spread.fragmentation" || !component || repository?.changeSetUnit !== "commit") return [];
    const expected = measure.sample.n;
    return [
      claim(
        "service",
        `${component.name} was changed ${expected} ${expected === 1 ? "time" : "times"} by people in the window.`,
        `${repository.git} log --no-merges ${between(repository)} --format=%h -- ${component.paths.map(quote).join(" ")} | wc -l`,
        (output) => explained(Number(output), expected, repository, [component], components),
      ),
    ];
  });
}

export function findingClaims(finding, context) {
  const { repositories, components } = context;
  const subjects = finding.subjects.map((ref) => components.get(ref)).filter(Boolean);
  const commits = finding.evidence.filter(({ type, repository }) => type === "commit" && repositories.has(repository));
  const claims = commits.flatMap(({ repository: id, commit }) => {
    const repository = repositories.get(id);
    const short = commit.slice(0, 9);
    const command = `${repository.git} show -m --first-parent --name-only --format= ${short}`;
    if (finding.code.endsWith("/sweeps"))
      return [
        claim(
          "sweep",
          `Commit ${short} is a sweep: more than 30 files, or half of the services.`,
          `${command} | wc -l`,
          isSweep(repository, commit, context),
        ),
      ];
    if (finding.code.endsWith("/hub"))
      return [
        claim("hub", `Commit ${short} changed ${subjects[0].name}, which is in most changes.`, command, touches(subjects, 1)),
      ];
    if (finding.code.endsWith("/hot-pair"))
      return [
        claim(
          "pair commit",
          `Commit ${short} changed ${subjects.map(({ name }) => name).join(" and ")} together.`,
          command,
          touches(subjects, 2),
        ),
      ];
    if (finding.code.endsWith("/joint-changes"))
      return [
        claim("joint change", `Commit ${short} changed several services at once.`, command, touches(services(context, id), 2)),
      ];
    return [];
  });
  if (finding.code.endsWith("/hot-pair")) claims.push(...pairClaims(finding, subjects, context));
  if (finding.code.endsWith("/hub")) claims.push(...hubClaims(finding, subjects[0], context));
  return claims;
}

/** The commits that touch both, listed by git; those that the report leaves out are explained. */
function pairClaims(finding, subjects, { result, repositories, components, several }) {
  const repository = repositories.get(subjects[0]?.repository);
  if (several || repository?.changeSetUnit !== "commit" || subjects.length !== 2) return [];
  const from = new Date(repository.to * 1000);
  from.setUTCMonth(from.getUTCMonth() - result.parameters.pairs.months);
  const range = { ...repository, from: from.getTime() / 1000 };
  const [a, b] = subjects.map(
    (subject) =>
      `<(${repository.git} log --no-merges ${between(range)} --format=%h -- ${subject.paths.map(quote).join(" ")} | sort)`,
  );
  const expected = finding.evidenceTotal;
  return [
    claim(
      "pair",
      `${subjects.map(({ name }) => name).join(" and ")} changed together ${expected} times in ${result.parameters.pairs.months} months.`,
      `comm -12 ${a} ${b} | wc -l`,
      (output) => explained(Number(output), expected, range, subjects, components),
    ),
  ];
}

function hubClaims(finding, hub, { repositories, components, several }) {
  const repository = repositories.get(hub?.repository);
  const counts = / is in (\d+) of (\d+) changes/.exec(finding.message);
  if (several || repository?.changeSetUnit !== "commit" || !counts) return [];
  const expected = Number(counts[1]);
  return [
    claim(
      "hub",
      `${hub.name} is in ${counts[1]} of ${counts[2]} changes.`,
      `${repository.git} log --no-merges ${between(repository)} --format=%h -- ${hub.paths.map(quote).join(" ")} | wc -l`,
      (output) => explained(Number(output), expected, repository, [hub], components),
    ),
  ];
}

function isSweep(repository, commit, { components }) {
  return (output) => {
    const files = git(repository.path, ["show", "-m", "--first-parent", "--name-only", "--format=", commit])
      .split("\n")
      .filter(Boolean);
    const services = [...components.values()].filter(isService);
    const touched = services.filter((service) => files.some((file) => isInside(file, service))).length;
    const wide = Math.max(4, services.length / 2);
    if (Number(output) > 30) return "confirmed";
    return touched >= wide
      ? `confirmed: ${touched} of ${services.length} services`
      : `differs: ${Number(output)} files, ${touched} services; this commit is one of several of its change`;
  };
}

/** At least `least` of the components have a changed file that is more than noise. */
function touches(subjects, least) {
  return (output) => {
    const files = output.split("\n");
    const touched = subjects.filter((subject) => files.some((file) => isInside(file, subject)));
    return touched.length >= least
      ? "confirmed"
      : `differs: touches ${touched.map(({ name }) => name).join(", ") || "none of them"}; the commit is one of several of its change`;
  };
}

function services({ components }, repository) {
  return [...components.values()].filter((component) => component.repository === repository && isService(component));
}
