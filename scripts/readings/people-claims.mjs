// Who is declared to own what, and how many people there are. Names and addresses stay out of the documents.
import { claim, holdsAll, number } from "./checks.mjs";
import { changesByPeople } from "./explained.mjs";
import { between, botPattern, git, lineCommand, quote } from "./git.mjs";

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
            holdsAll([owner]),
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
export function peopleClaims({ result, repositories, components, several }) {
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
        const found = joinedPeople(repository, components);
        return found === expected
          ? `confirmed: ${Number(output)} names and addresses are ${expected} people once co-authors are counted, and equal addresses and equal names are joined, but for one name at the addresses of two companies, without those who only made wide changes or took some back`
          : `differs: ${Number(output)} names and addresses, ${found} people once co-authors are counted and equal names and addresses are joined; the report says ${expected}`;
      },
    ),
  ];
}

/** People as a reader would join them by hand: the same address, then the same name of two words or more, unless it stands at two companies. */
function joinedPeople(repository, components) {
  const window = changesByPeople(repository, components).flatMap(({ who, message }) => identities(`${who}\n${message}`));
  const parent = new Map();
  const find = (key) => ((parent.get(key) ?? key) === key ? key : find(parent.get(key)));
  const byName = new Map();
  const all = git(repository.path, ["log", "--format=%aN <%aE>%n%(trailers:key=Co-authored-by)", "HEAD"]);
  for (const { name, address } of [...window, ...identities(all)]) byName.set(name, (byName.get(name) ?? new Set()).add(address));
  const atCompany = new Set([...byName.values()].flatMap((addresses) => [...addresses].filter(isCompany)));
  for (const [, addresses] of [...byName].filter(([name]) => /\S\s+\S/.test(name)).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const people = new Set([...addresses].map(find));
    const employed = [...people].filter((one) => atCompany.has(one));
    const joined = employed.length <= 1 ? [...employed, ...people] : [...people].filter((one) => !atCompany.has(one));
    for (const one of joined) parent.set(one, joined[0]);
  }
  return new Set(window.map(({ address }) => find(address))).size;
}

/** Authors, each on a line of its own, and co-authors that are neither bots nor coding agents, in lower case. */
function identities(text) {
  return text
    .split("\n")
    .filter((line) => !new RegExp(`${botPattern}|copilot|cursoragent|noreply@anthropic|codex`, "i").test(line))
    .flatMap((line) => {
      const [, name, address] = /^(?:co-authored-by:\s*)?([^:]*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(line.trim().toLowerCase()) ?? [];
      return address ? [{ name: folded(name), address: address.replace(/^\d+\+/, "") }] : [];
    });
}

/** `José  Valim` and `jose.valim` are one name. */
function folded(name) {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\s.]+/g, " ")
    .trim();
}

function isCompany(address) {
  return !/@(users\.noreply\.github\.com|(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|mac|proton|protonmail|pm|gmx|web|mail|qq|163|126|foxmail|aol|fastmail|hey)\.\w+(\.\w+)?|.*\.local|localhost)$/.test(
    address,
  );
}
