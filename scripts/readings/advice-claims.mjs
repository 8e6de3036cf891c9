// What `drystone advise` claims and one command can confirm; used by readings.mjs --advice.
import { claim } from "./checks.mjs";
import { between, botPattern, git, lineCommand, quote } from "./git.mjs";
import { isInside, isNoise } from "./noise.mjs";

const program =
  /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|vue|svelte|java|kt|kts|scala|groovy|py|go|cs|fs|vb|rb|php|rs|c|h|cc|cpp|hpp|swift|ex|exs|erl|clj|dart|sql|proto|graphql)$/i;

/** `{ kind, sentence, command, check }`, as in readings.mjs. */
export function adviceClaims(context) {
  const { result } = context;
  return [
    ...result.advice.flatMap((advice) => (advice.decision === "split" ? splitClaims(advice, context) : [])),
    ...stayClaims(context),
    ...lockstepClaims(context),
  ];
}

/** Recommendations that the answers beside them do not carry, in words; none is what a reader may expect. */
export function contradictions(result) {
  const questions = ["owner", "deploys-alone", "changes-alone", "has-contract", "knows-domain"];
  const baseline = result.assessments.find(({ id }) => id === "operational-baseline")?.verdict;
  return result.advice.flatMap(({ decision, subject, outcome, assessments }) => {
    const answers = assessments.filter(({ id }) => questions.includes(id)).map(({ verdict }) => verdict);
    const signals = assessments.filter(({ verdict }) => verdict === "signal").length;
    const is = (id, verdict) => assessments.some((one) => one.id === id && one.verdict === verdict);
    const wrong = [
      ...(decision === "split" && outcome === "premature" && !answers.includes("no") && baseline !== "not-met"
        ? ["premature without a no"]
        : []),
      ...(outcome === "not-demonstrated" && decision === "split" && answers.includes("no") ? ["a no, and not premature"] : []),
      ...(outcome === "pays" &&
      (answers.some((verdict) => verdict !== "yes") || baseline !== "met" || signals < 2 || !is("boundary-cost", "pays"))
        ? ["pays without all inputs"]
        : []),
      ...(outcome === "stay" && !is("stay-monolith", "stay") ? ["stay without a rule that holds"] : []),
      ...assessments.flatMap(({ id, verdict, conditions, reasons }) => {
        const met = conditions.map((condition) => condition.met);
        if (verdict === "yes" && met.some((one) => one === false)) return [`${id}: yes, and a condition is not met`];
        if (verdict === "signal" && met.length > 0 && !met.includes(true)) return [`${id}: a signal, and no condition is met`];
        if (verdict === "weak" && met.length > 0 && !met.includes(true) && !reasons.some((why) => why.startsWith("Weakened")))
          return [`${id}: a weak signal, and no condition is met`];
        if (verdict === "none" && met.length > 0 && met.every((one) => one === true))
          return [`${id}: no signal, and every condition is met`];
        return [];
      }),
    ];
    return wrong.map((one) => `${subject}: ${one}`);
  });
}

function splitClaims({ subject, assessments }, context) {
  const part = context.components.get(subject);
  const repository = context.repositories.get(part?.repository);
  if (!part || !repository || part.paths.length === 0) return [];
  return [
    ...sizeClaims(part, repository, assessments, context),
    ...ownerClaims(part, repository, assessments),
    ...assessments.flatMap(({ id, findings }) =>
      findings.flatMap((finding) => findingClaims(id, finding, part, repository, context)),
    ),
  ];
}

function findingClaims(id, finding, part, repository, { components }) {
  const isCode = (file) => program.test(file) && !isNoise(file, components);
  if (id === "changes-faster" || id === "changes-alone")
    return finding.evidence
      .filter(({ type, repository: where }) => type === "commit" && where === repository.id)
      .map(({ commit }) => {
        const short = commit.slice(0, 9);
        const joint = id === "changes-alone";
        return claim(
          joint ? "joint change" : "change",
          joint
            ? `Commit ${short} changed ${part.name} and files outside of it.`
            : `Commit ${short} changed program text of ${part.name}.`,
          `${repository.git} show -m --first-parent --name-only --format= ${short}`,
          (output) => {
            const files = output.split("\n").filter((file) => (joint ? !isNoise(file, components) : isCode(file)));
            const inside = files.some((file) => isInside(file, part));
            const outside = !joint || files.some((file) => !isInside(file, part));
            return inside && outside ? "confirmed" : "differs: the commit is one of several of its change";
          },
        );
      });
  const places = finding.evidence.filter(
    ({ type, repository: where, line }) => type === "file" && where === repository.id && line > 0,
  );
  if (id === "isolated-tables") {
    const table = /^(\S+) is used/.exec(finding.message)?.[1];
    const alone = finding.code.endsWith("/alone");
    return places.map((place) =>
      claim(
        "table",
        `${part.name} ${alone || isInside(place.file, part) ? "uses" : "shares"} the table ${table} (${place.file}:${place.line}).`,
        `${repository.git} show ${quote(`HEAD:${place.file}`)} | sed -n '${place.line}p'; ${repository.git} grep -hoiE ${quote(spellings(table ?? "").join("|"))} HEAD -- ${quote(place.file)} | sort -u`,
        namesTable(table ?? ""),
      ),
    );
  }
  if (id === "has-contract" || id === "tacked-on")
    return places.map((place) =>
      claim(
        id === "has-contract" ? "inbound use" : "interface",
        `${place.file}:${place.line} is a use across the border of ${part.name}.`,
        `${repository.git} show ${quote(`HEAD:${place.file}`)} | sed -n '${place.line},${place.line + 3}p'`,
        (output) => crosses(output, place, part, components),
      ),
    );
  return [];
}

/** The line stands on one side and names something of the other: of the part where it stands outside, of anybody where it stands inside. */
function crosses(output, place, part, components) {
  const text = output.toLowerCase().replace(/[^a-z0-9]/g, "");
  const others = isInside(place.file, part) ? [...components.values()].filter((one) => one !== part) : [part];
  const words = others.flatMap(({ name, aliases, paths }) => [
    name,
    ...aliases,
    name.replace(/[-_.]?(service|api)$/i, ""),
    ...paths.flatMap((path) => path.split("/").slice(-1)),
    // `ts-common` is `edu.fudan.common` in an import.
    ...name.split(/[-_.]/).filter((word) => word.length > 3 && !/^(service|server|core|main|base)$/.test(word)),
  ]);
  const found = words
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .find((word) => word.length > 2 && text.includes(word));
  return found === undefined ? "differs: the line names none of it; read it" : "confirmed";
}

function namesTable(table) {
  return (output) => {
    const text = output.toLowerCase();
    return spellings(table).some((name) => text.includes(name)) ? "confirmed" : "differs: the file names no such table; read it";
  };
}

/** `dcim_cablepath` as `cablepath`, `users` as `user`. */
function spellings(table) {
  const last = table.split(/[._]/).at(-1) ?? table;
  const words = [
    table.split(".").at(-1) ?? table,
    last,
    last.replace(/ies$/, "y"),
    last.replace(/es$/, ""),
    last.replace(/s$/, ""),
  ];
  return [...new Set(words.map((word) => word.toLowerCase().replace(/[^a-z0-9_]/g, "")))].filter((word) => word.length > 2);
}

function sizeClaims(part, repository, assessments, { components }) {
  const reasons = assessments.find(({ id }) => id === "changes-faster")?.reasons ?? [];
  const size = /on ([\d,]+) files? inside/.exec(reasons.join(" "))?.[1];
  if (size === undefined) return [];
  const expected = Number(size.replaceAll(",", ""));
  const command = `${repository.git} ls-tree -r --name-only HEAD ${part.paths.map((path) => quote(path === "" ? "." : path)).join(" ")} | grep -cE ${quote(program.source)}`;
  return [
    claim("size", `${part.name} has ${expected} source ${expected === 1 ? "file" : "files"}.`, command, (output) => {
      if (Number(output) === expected) return "confirmed";
      const listed = git(repository.path, [
        "ls-tree",
        "-r",
        "--name-only",
        "HEAD",
        ...part.paths.map((path) => (path === "" ? "." : path)),
      ])
        .split("\n")
        .filter((file) => program.test(file));
      const own = listed.filter((file) => ownerOf(file, components) === part);
      const tests = own.filter(isTest).length;
      const noise = own.filter((file) => !isTest(file) && isNoise(file, components)).length;
      const rest = own.length - tests - noise;
      const left = `${listed.length - own.length} of parts inside, ${tests} tests and ${noise} of noise`;
      return rest === expected
        ? `confirmed: ${output.trim()} less ${left}`
        : `differs: ${rest} without ${left}; the report says ${expected}`;
    }),
  ];
}

function ownerOf(file, components) {
  const around = [...components.values()].flatMap((component) =>
    component.paths
      .filter((path) => path === "" || file.startsWith(`${path}/`))
      .map((path) => ({ component, depth: path.length })),
  );
  return around.toSorted((a, b) => b.depth - a.depth)[0]?.component;
}

function isTest(file) {
  return (
    /(^|\/)(tests?|__tests__|specs?|testing|e2e|fixtures|__mocks__|mocks|testdata|cypress)\//i.test(file) ||
    /(^|\/)[^/]*[.-](tests?|specs?|unittests?|integrationtests?)\//i.test(file) ||
    /(^|\/)test_[^/]*$|[._-](test|tests|spec|specs|e2e|cy)\.\w+$|_test\.\w+$|(Test|Tests|Spec|IT)\.\w+$/.test(file)
  );
}

function ownerClaims(part, repository, assessments) {
  const owner = assessments.find(({ id }) => id === "owner");
  if (!(owner?.reasons[0] ?? "").startsWith("Nobody")) return [];
  return [
    claim(
      "owner",
      `Nobody is declared to own ${part.name}.`,
      `for file in CODEOWNERS .github/CODEOWNERS docs/CODEOWNERS; do ${repository.git} show "HEAD:$file" 2>/dev/null | grep -vE '^(#|$)'; done`,
      (output) => {
        const patterns = output.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
        const over = patterns.filter((pattern) =>
          part.paths.some((path) => pattern === "*" || `${path}/`.startsWith(`${pattern.replace(/^\/|\/?\**$/g, "")}/`)),
        );
        return over.length === 0 ? "confirmed" : `differs: ${over.join(", ")}`;
      },
    ),
  ];
}

/** How many people the rule on small teams counts, as git counts authors. */
function stayClaims({ result, repositories }) {
  const [repository] = repositories.values();
  const stay = result.advice.find(({ decision }) => decision === "stay")?.assessments[0];
  const rule = stay?.conditions
    .map(({ text }) => /^M1: .* with (\d+) change sets or more in the window \((\d+)\)/.exec(text))
    .find(Boolean);
  if (!rule || repositories.size > 1) return [];
  const [, least, expected] = rule;
  return [
    claim(
      "people",
      `${expected} people made ${least} change sets or more in the window.`,
      `${repository.git} log --no-merges ${between(repository)} --format='%aN <%aE>' | grep -viE ${quote(botPattern)} | sed 's/ <.*//' | sort | uniq -c | awk '$1 >= ${least}' | wc -l`,
      (output) =>
        Number(output) === Number(expected)
          ? "confirmed"
          : `differs: ${output.trim()} names with ${least} commits or more; the report counts change sets ${repository.changeSetUnit === "mainline" ? "by merge" : "without sweeps and reverts"}, and joins names of one address`,
    ),
  ];
}

/** The text that stands for the version of several services, in the manifest of each. */
function lockstepClaims({ result, repositories, components }) {
  const lockstep = result.assessments.find(({ id }) => id === "lockstep-deployment");
  return (lockstep?.findings ?? []).flatMap((finding) =>
    finding.evidence.flatMap((place) => {
      const repository = repositories.get(place.repository);
      if (!repository || place.type !== "file") return [];
      const names = finding.subjects.flatMap((ref) => components.get(ref)?.name ?? []);
      return [
        claim(
          "lockstep",
          `${names.length} services take their version from one text, ${names[0]} among them (${place.file}:${place.line}).`,
          lineCommand(repository, place),
          (output) => (/\$\{|\{\{|\$\(/.test(output) ? "confirmed" : "differs: no version expression stands there"),
        ),
      ];
    }),
  );
}
