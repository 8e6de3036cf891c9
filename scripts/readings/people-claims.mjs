// Who is declared to own what, and how many people there are. Names and addresses stay out of the documents.
import { claim, holdsOneOf, number } from "./checks.mjs";
import { between, betweenArguments, botPattern, git, lineCommand, quote } from "./git.mjs";

export function ownershipClaims({ result, repositories, several }) {
  const seen = new Set();
  const declared = result.model.components.flatMap((component) =>
    component.ownership.declared.flatMap(({ ref, evidence }) =>
      (evidence ?? []).flatMap((place) => {
        const repository = repositories.get(place.repository);
        const key = `${ref} ${place.file} ${place.line}`;
        if (!repository || !ref.startsWith("group:") || seen.has(key)) return [];
        seen.add(key);
        const owner = ref.split("/").at(-1);
        return [
          claim(
            "ownership",
            `${owner} is declared as an owner of ${component.name} (${place.file}:${place.line}).`,
            lineCommand(repository, place),
            holdsOneOf([owner]),
          ),
        ];
      }),
    ),
  );
  if (declared.length > 0 || several) return declared;
  const [repository] = repositories.values();
  return [
    claim(
      "ownership",
      "Nobody is declared as an owner: there is no ownership file.",
      `${repository.git} ls-tree -r --name-only HEAD | grep -cE '(^|/)(CODEOWNERS|OWNERS|catalog-info\\.ya?ml|drystone\\.ya?ml)$'`,
      number(0),
    ),
  ];
}

/** Names and addresses stay out: only how many there are. */
export function peopleClaims({ result, repositories, several }) {
  const shape = result.assessments.find(({ id }) => id === "team-shape");
  const said = shape?.reasons
    .map((reason) => /^(\d+) (?:people|person) changed something in the window/.exec(reason))
    .find(Boolean);
  const [repository] = repositories.values();
  if (!said || several || repository.changeSetUnit !== "commit") return [];
  const expected = Number(said[1]);
  return [
    claim(
      "people",
      `${expected} people changed something in the window.`,
      `${repository.git} shortlog -sne --no-merges ${between(repository)} | grep -viE ${quote(botPattern)} | wc -l`,
      (output) => {
        if (Number(output) === expected) return "confirmed";
        const found = joinedPeople(repository);
        return found === expected
          ? `confirmed: ${Number(output)} names and addresses are ${expected} people once equal names and equal addresses are joined and co-authors counted`
          : `differs: ${Number(output)} names and addresses, ${found} people with co-authors, once equal names and equal addresses are joined${found < expected ? "; the report keeps one name at two company addresses apart, so somebody who changed employer counts twice" : ""}`;
      },
    ),
  ];
}

/** People as a reader would join them by hand: the same address, or the same name of two words or more. */
function joinedPeople(repository) {
  const parent = new Map();
  const find = (key) => (parent.get(key) === key || !parent.has(key) ? key : find(parent.get(key)));
  const lines = git(repository.path, [
    "log",
    "--no-merges",
    ...betweenArguments(repository),
    "--format=%an <%ae>%n%(trailers:key=Co-authored-by,valueonly)",
    "HEAD",
  ]).split("\n");
  const seen = new Set();
  const all = git(repository.path, ["log", "--format=%an <%ae>", "HEAD"]).split("\n");
  for (const [index, line] of [...lines, ...all].entries()) {
    const match = /^(.*?)\s*<([^<>]+)>$/.exec(line.trim());
    if (!match || new RegExp(`${botPattern}|copilot|cursoragent|noreply@anthropic|codex`, "i").test(line)) continue;
    const address = `a ${match[2].toLowerCase().replace(/^\d+\+/, "")}`;
    const name = /\S\s+\S/.test(match[1]) ? `n ${match[1].toLowerCase()}` : address;
    for (const key of [address, name]) if (!parent.has(key)) parent.set(key, key);
    parent.set(find(name), find(address));
    if (index < lines.length) seen.add(address);
  }
  return new Set([...seen].map(find)).size;
}
