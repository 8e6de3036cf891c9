// Draws ten claims per system from the report's own result and confirms each with git: docs/readings/<system>.md.
// node scripts/readings.mjs FOLDER SYSTEM… [--seed 20] [--output docs/readings]
// FOLDER holds the clones: FOLDER/SYSTEM is a clone with its whole history, or a folder of such clones. Exit code 1 when a claim differs.
// --all checks every claim and writes nothing. --advice reads `drystone advise` instead: docs/readings/advice-<system>.md.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { adviceClaims, contradictions } from "./readings-advice.mjs";

const { values, positionals } = parseArgs({
  options: {
    seed: { type: "string", default: "20" },
    output: { type: "string", default: "docs/readings" },
    all: { type: "boolean", default: false },
    advice: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const [folder = ".", ...systems] = positionals;
const seed = Number(values.seed);
const root = fileURLToPath(new URL("..", import.meta.url));
const perSystem = 10;
const perKind = 3;
const shownLines = 15;
const surprise = "## What surprised";
/** The patterns of the report's bots that a reader can type; names and addresses stay out of the documents. */
const botPattern =
  "\\[bot\\]|renovate|dependabot|greenkeeper|snyk-bot|weblate|mergify|copybara|semantic-release|github-actions|release-please|-bot <|-ci-bot|[a-z]bot <|[-.]bot@";

let differing = 0;
mkdirSync(resolve(root, values.output), { recursive: true });
for (const system of systems) {
  const result = JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(root, "packages/drystone/bin/drystone.js"),
        ...(values.advice ? ["advise", "--path", system] : ["assess", system]),
        "--format",
        "json",
        "--no-cache",
      ],
      {
        cwd: folder,
        maxBuffer: 1 << 28,
        encoding: "utf8",
      },
    ),
  );
  const all = claimsOf(system, result);
  const drawn = values.all ? all : draw(all, mulberry32(seed));
  const checked = drawn.map((claim) => {
    const output = run(claim.command);
    return { ...claim, output, verdict: claim.check(output) };
  });
  const file = resolve(root, values.output, `${values.advice ? "advice-" : ""}${system}.md`);
  if (!values.all) writeFileSync(file, page(system, result, all, checked, existsSync(file) ? readFileSync(file, "utf8") : ""));
  const wrong = values.advice ? contradictions(result) : [];
  differing += wrong.length;
  for (const one of wrong) process.stdout.write(`  contradiction: ${one}\n`);
  const off = checked.filter(({ verdict }) => !verdict.startsWith("confirmed"));
  differing += off.length;
  process.stdout.write(
    `${system}: ${checked.length - off.length} of ${checked.length} confirmed, drawn from ${all.length} claims\n`,
  );
  for (const { sentence, verdict } of off) process.stdout.write(`  ${sentence}\n    ${verdict}\n`);
}
process.exitCode = differing === 0 ? 0 : 1;

/** Everything that the result claims and one command can confirm: `{ kind, sentence, command, check }`; `check` gives "confirmed" or why not. */
function claimsOf(system, result) {
  const several = result.inputs.repositories.length > 1;
  const repositories = new Map(
    result.inputs.repositories.map((repository) => {
      const path = several ? `${system}/${repository.id}` : system;
      return [
        repository.id,
        { ...repository, path, git: `git -C ${quote(path)}`, ...windowOf(repository, path, result.inputs.asOf) },
      ];
    }),
  );
  const components = new Map(result.model.components.map((component) => [component.ref, component]));
  const context = { result, repositories, components, several };
  if (values.advice)
    return adviceClaims(result, repositories, components, {
      claim,
      git,
      quote,
      between,
      isInside,
      isNoise,
      lineCommand,
      botPattern,
    });
  return [
    ...[...repositories.values()].flatMap((repository) => repositoryClaims(repository, context)),
    ...result.model.components.flatMap((component) => componentClaims(component, context)),
    ...result.model.relations.flatMap((relation) => relationClaims(relation, context)),
    ...result.model.libraries.flatMap((library) => libraryClaims(library, context)),
    ...serviceClaims(context),
    ...result.assessments.flatMap((assessment) => assessment.findings.flatMap((finding) => findingClaims(finding, context))),
    ...ownershipClaims(context),
    ...peopleClaims(context),
  ];
}

/** The report prints days; git wants moments: the window ends at the last commit by people on the day it names. */
function windowOf(repository, path, asOf) {
  const times = git(path, ["log", "--format=%ct %an <%ae>", "HEAD"])
    .split("\n")
    .filter((line) => line !== "" && !new RegExp(botPattern, "i").test(line))
    .map((line) => Number(line.split(" ")[0]))
    .filter((time) => isoDay(time) === asOf);
  const to = times.length > 0 ? Math.max(...times) : Date.parse(`${asOf}T23:59:59Z`) / 1000;
  const from = new Date(to * 1000);
  from.setUTCFullYear(from.getUTCFullYear() - 1);
  return { from: from.getTime() / 1000, to, hasLastActivity: times.length > 0 };
}

function repositoryClaims(repository, { result, several }) {
  const { id, git: command, hygiene, changeSetUnit } = repository;
  const count = (pattern) => Number(hygiene.map((line) => pattern.exec(line)?.[1]).find(Boolean) ?? Number.NaN);
  const name = several ? `${id}: ` : "";
  const range = changeSetUnit === "mainline" ? broughtIn(repository) : between(repository);
  const claims = [
    claim(
      "history",
      `${name}${counted(repository.commits, "commit")} in all.`,
      `${command} rev-list --count HEAD`,
      number(repository.commits),
    ),
    claim(
      "history",
      `${name}${repository.roots} ${repository.roots === 1 ? "root" : "roots"}: beginnings of history.`,
      `${command} rev-list --max-parents=0 --count HEAD`,
      number(repository.roots),
    ),
    claim(
      "history",
      `${name}The clone is ${repository.shallow ? "shallow" : "whole, not shallow"}.`,
      `${command} rev-parse --is-shallow-repository`,
      text(String(repository.shallow)),
    ),
    claim(
      "window",
      `${name}${counted(count(/^(\d+) commits? in the window/), "commit")} in the window ${repository.window.from} to ${repository.window.to}${changeSetUnit === "mainline" ? ", by the merge that brought them to the main line" : ""}.`,
      `${command} rev-list --count ${range}`,
      number(count(/^(\d+) commits? in the window/)),
    ),
    claim(
      "window",
      `${name}${count(/of them (\d+) merges? and/)} of the commits in the window are merges and left out.`,
      `${command} rev-list --count --merges ${range}`,
      number(count(/of them (\d+) merges? and/)),
    ),
    ...unitClaims(repository, name),
  ];
  if (repository.hasLastActivity) {
    claims.push(
      claim(
        "window",
        `The last activity of people is on ${result.inputs.asOf}${several ? ` (in ${id})` : ""}.`,
        `TZ=UTC ${command} log --date=format-local:%Y-%m-%d --format='%cd %an <%ae>' HEAD | grep -viE ${quote(botPattern)} | sed -n '1s/ .*//p'`,
        text(result.inputs.asOf),
      ),
    );
  }
  // Under `mainline` the report counts changes of bots, not their commits.
  if (changeSetUnit === "commit") {
    const bots = count(/: (\d+) by bots/);
    claims.push(
      claim(
        "bots",
        `${name}${bots} commits in the window are by bots.`,
        `${command} log --no-merges ${between(repository)} --format='%an <%ae>' | grep -ciE ${quote(botPattern)}`,
        number(bots),
      ),
    );
  }
  return claims;
}

function unitClaims(repository, name) {
  const { git: command, changeSetUnitReason: reason, changeSetUnit: unit } = repository;
  const merges = /^(none|\d+ %) of the last (\d+) commits on the main line (?:are merges|is a merge)/.exec(reason);
  const squashed = /^(\d+) % of the last (\d+) commits on the main line are squashed/.exec(reason);
  const sentence = `${name}A change is a ${unit === "mainline" ? "merge to the main line" : unit}: ${reason}.`;
  if (merges)
    return [
      claim(
        "unit",
        sentence,
        `${command} log --first-parent -${merges[2]} --format=%p HEAD | grep -c ' '`,
        share(Number.parseInt(merges[1], 10) || 0, Number(merges[2])),
      ),
    ];
  if (squashed)
    return [
      claim(
        "unit",
        sentence,
        `${command} log --first-parent -${squashed[2]} --format=%s HEAD | grep -cE '\\(#[0-9]+\\)$'`,
        share(Number(squashed[1]), Number(squashed[2])),
      ),
    ];
  return [];
}

/** The counted share, rounded as the report rounds it. */
function share(percent, of) {
  return (output) => {
    const found = Number(output);
    return Math.round((100 * found) / of) === percent ? "confirmed" : `differs: ${found} of ${of}`;
  };
}

/** A component or a datastore was inferred from this line of this file. */
function componentClaims(component, { repositories }) {
  return component.evidence.flatMap((evidence) => {
    const repository = repositories.get(evidence.repository);
    if (!repository || evidence.line < 1) return [];
    const owner = component.ownership.declared.find(({ evidence: own }) =>
      own?.some(({ file, line }) => file === evidence.file && line === evidence.line),
    );
    if (owner) return [];
    const words = [component.name, ...component.aliases, ...wordsOf(evidence.text ?? "")];
    return [
      claim(
        "component",
        `${component.name} (${component.kind}): ${evidence.text ?? evidence.file} (${evidence.file}:${evidence.line}).`,
        lineCommand(repository, evidence),
        holdsOneOf(words),
      ),
    ];
  });
}

function relationClaims(relation, { repositories, components }) {
  const [from, to] = [components.get(relation.from)?.name, components.get(relation.to)?.name];
  return relation.evidence.flatMap((evidence) => {
    const repository = repositories.get(evidence.repository);
    if (!repository || !from || !to || evidence.line < 1) return [];
    return [
      claim(
        "relation",
        `${from} ${relation.kind} ${to}: ${evidence.text ?? relation.detail} (${evidence.file}:${evidence.line}).`,
        lineCommand(repository, evidence),
        // The group of a Maven coordinate stands on the line before.
        holdsAll(
          (evidence.text ?? "")
            .replace(/^[\w.-]+:(?=[\w.-]+ )/, "")
            .split(/[ :]/)
            .filter((word) => word !== ""),
        ),
      ),
    ];
  });
}

/** A component declares a library at a version. */
function libraryClaims(library, { repositories, components }) {
  return library.uses.flatMap(({ component, version }) => {
    const user = components.get(component);
    const repository = repositories.get(user?.repository);
    const path = user?.paths[0];
    // A member of the same workspace has the version that stands there.
    if (!repository || path === undefined || !version || version === "workspace") return [];
    // Maven names a library by group and artifact, on lines of their own.
    const name = library.name.split(":").at(-1) ?? library.name;
    const manifests = manifestsBelow(repository, path);
    if (manifests.length === 0) return [];
    const command = `${repository.git} grep -hF -A 3 -e ${quote(name)} HEAD -- ${manifests.map(quote).join(" ")}`;
    if (version === "managed")
      return [
        claim("library", `${user.name} uses ${library.name} at a version that is managed elsewhere.`, command, isManaged(name)),
      ];
    return [
      claim("library", `${user.name} uses ${library.name} ${version}.`, command, holdsAll([version.replace(/^v(?=\d)/, "")])),
    ];
  });
}

/** Manifests in a folder, or below it where it has none itself. */
function manifestsBelow(repository, path) {
  const manifest =
    /(^|\/)(package\.json|pom\.xml|[^/]+\.csproj|go\.mod|requirements[\w.-]*\.(txt|in)|pyproject\.toml|build\.gradle(\.kts)?|Gemfile|Cargo\.toml|composer\.json|mix\.exs)$/;
  repository.files ??= git(repository.path, ["ls-tree", "-r", "--name-only", "-z", "HEAD"]).split("\0");
  const below = repository.files.filter((file) => manifest.test(file) && (path === "" || file.startsWith(`${path}/`)));
  const own = below.filter((file) => !file.slice(path === "" ? 0 : path.length + 1).includes("/"));
  return own.length > 0 ? own : below;
}

/** The element is there and states no version of its own. */
function isManaged(name) {
  return (output) => {
    const lines = output.split("\n");
    const at = lines.findIndex((line) => line.includes(`>${name}<`) || line.includes(`"${name}"`));
    if (at < 0) return `differs: ${name} is not there`;
    const end = lines.findIndex((line, index) => index >= at && /<\/dependency>|\/>|<\/PackageReference>/.test(line));
    const element = lines.slice(at, end < 0 ? at + 1 : end + 1).join(" ");
    return /<version>|Version="/.test(element) ? "differs: it states a version" : "confirmed";
  };
}

/** How often a service was changed, from the measures; what the command counts too much is explained commit by commit. */
function serviceClaims({ result, repositories, components, several }) {
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
        (output) => {
          const listed = git(repository.path, [
            "log",
            "--no-merges",
            ...betweenArguments(repository),
            "--format=%h",
            "--",
            ...component.paths,
          ])
            .split("\n")
            .filter(Boolean);
          return explained(Number(output), expected, listed, repository, [component], components);
        },
      ),
    ];
  });
}

function findingClaims(finding, context) {
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
      (output) => {
        const [left, right] = subjects.map((subject) =>
          git(repository.path, ["log", "--no-merges", ...betweenArguments(range), "--format=%h", "--", ...subject.paths])
            .split("\n")
            .filter(Boolean),
        );
        const both = left.filter((commit) => right.includes(commit));
        return explained(Number(output), expected, both, repository, subjects, components);
      },
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
      (output) => {
        const listed = git(repository.path, [
          "log",
          "--no-merges",
          ...betweenArguments(repository),
          "--format=%h",
          "--",
          ...hub.paths,
        ])
          .split("\n")
          .filter(Boolean);
        return explained(Number(output), expected, listed, repository, [hub], components);
      },
    ),
  ];
}

function ownershipClaims({ result, repositories, several }) {
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
function peopleClaims({ result, repositories, several }) {
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

/** Takes out of the listed commits what the report leaves out: bots, reverts, wide changes, and commits whose files there are noise. */
function explained(found, expected, listed, repository, subjects, components) {
  if (found === expected) return "confirmed";
  const reasons = new Map();
  let rest = 0;
  for (const commit of listed) {
    const why = leftOut(commit, repository, subjects, components);
    if (why === null) rest++;
    else reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  const parts = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([why, count]) => `${count} ${why}`);
  if (rest === expected) return `confirmed: of ${found}, ${parts.join(", ")} are left out as the report says`;
  return `differs: of ${found}, ${rest} remain after ${parts.join(", ") || "nothing was left out"}; the report says ${expected}`;
}

function leftOut(commit, repository, subjects, components) {
  const [who = "", subject = "", ...files] = git(repository.path, ["show", "--name-only", "--format=%an <%ae>%n%s", commit])
    .split("\n")
    .filter(Boolean);
  if (new RegExp(botPattern, "i").test(who)) return "by bots";
  const design = files.filter((file) => !isNoise(file, components));
  if (!subjects.every((one) => design.some((file) => isInside(file, one))))
    return "only noise there (manifests, lock files, documentation, images, deployment)";
  if (design.length > 30) return "of more than 30 files";
  const touched = [...components.values()].filter((one) => isService(one) && design.some((file) => isInside(file, one))).length;
  if (touched >= Math.max(4, [...components.values()].filter(isService).length / 2)) return "in half of the services at once";
  return /^revert\b/i.test(subject) ? "reverts" : null;
}

/** The noise of docs/concepts, short: enough to explain a difference, written apart from the product's own list. */
function isNoise(path, components) {
  const owner = [...components.values()]
    .flatMap(({ paths }) => paths)
    .filter((folder) => folder !== "" && path.startsWith(`${folder}/`));
  const longest = owner.toSorted((a, b) => b.length - a.length)[0];
  const inside = (longest === undefined ? path : path.slice(longest.length + 1)).toLowerCase();
  return (
    /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(lock|workspace)\.yaml|go\.(mod|sum|work)|pom\.xml|requirements[\w.-]*\.(txt|in)|pyproject\.toml|uv\.lock|poetry\.lock|pipfile(\.lock)?|gemfile(\.lock)?|cargo\.(toml|lock)|composer\.(json|lock)|mix\.(exs|lock)|(build|settings)\.gradle(\.kts)?|gradlew(\.bat)?|(gradle|maven)-wrapper\.properties|gradle\.properties|mvnw(\.cmd)?|packages\.lock\.json|global\.json|nuget\.config|version(\.txt)?|\.nvmrc|\.[a-z]+-version|\.tool-versions|lerna\.json)$/.test(
      inside,
    ) ||
    /\.(csproj|sln|slnx|props|targets|gemspec|mdx?|rst|adoc|pdf|docx|puml|drawio|png|jpe?g|gif|svg|ico|webp|bmp|woff2?|ttf|eot|otf|mp[34]|webm|avif|snap|map|po|pot|xlf)$/.test(
      inside,
    ) ||
    /(^|\/)(dockerfile([._-][^/]*)?|[^/]*\.dockerfile|(docker-)?compose[\w.-]*\.ya?ml|\.dockerignore|procfile|skaffold\.yaml|makefile|jenkinsfile|chart\.yaml|values\.yaml|kustomization\.yaml|vagrantfile|tiltfile|cloudbuild\.yaml)$/.test(
      inside,
    ) ||
    /(^|\/)(node_modules|vendor|third_party|dist|build|target|__snapshots__|generated|genproto|docs?|documentation|\.github|\.gitlab|\.circleci|\.husky|k8s|kubernetes(-manifests)?|helm(-chart)?|charts|kustomize|terraform|deploy(ments?)?|manifests|\.vscode|\.idea|\.devcontainer|locales?|i18n|translations)\//.test(
      inside,
    ) ||
    /(^|\/)(readme|licen[cs]e|changelog|changes|notice|codeowners|contributing|authors)(\.(txt|html))?$/.test(inside) ||
    /(^|\/)(\.gitignore|\.gitattributes|\.editorconfig|\.npmrc|\.mailmap|\.env\.example|tsconfig[\w.-]*\.json|jsconfig[\w.-]*\.json|\.?(eslint|prettier|jest|vitest|babel|webpack|rollup|vite|karma|stylelint)(rc|ignore)?(\.config)?(\.\w+)?|biome\.json|\.golangci\.ya?ml|\.travis\.yml|\.gitlab-ci\.yml|\.pylintrc|\.browserslistrc|\.mocharc\.[a-z]+)$/.test(
      inside,
    ) ||
    /(_pb2(_grpc)?\.pyi?|\.pb\.(go|cc|h|ts|js)|_pb\.(js|d\.ts|ts)|\.min\.(js|css)|\.g\.cs|\.designer\.cs|_generated\.\w+)$/.test(
      inside,
    )
  );
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

function isService({ built, kind, paths }) {
  return built && paths.length > 0 && !["library", "module", "external"].includes(kind);
}

function isInside(file, { paths }) {
  return paths.some((path) => path === "" || file.startsWith(`${path.replace(/\/(\*\*)?$/, "")}/`));
}

function claim(kind, sentence, command, check) {
  return { kind, sentence, command, check };
}

function number(expected) {
  return (output) => (Number(output) === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

function text(expected) {
  return (output) => (output.trim() === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

function holdsAll(words) {
  return (output) => {
    const absent = words.filter((word) => !output.toLowerCase().includes(word.toLowerCase()));
    return absent.length === 0 ? "confirmed" : `differs: ${absent.join(", ")} is not there`;
  };
}

function holdsOneOf(words) {
  return (output) =>
    words.some((word) => word !== "" && output.toLowerCase().includes(word.toLowerCase()))
      ? "confirmed"
      : "differs: the line names none of it";
}

/** What the line must hold for the reason that the report gives. */
function wordsOf(reason) {
  const found = [];
  if (/Dockerfile/i.test(reason)) found.push("ENTRYPOINT", "CMD", "FROM");
  if (/main package/.test(reason)) found.push("package main", "func main");
  if (/is the main file/.test(reason)) found.push("//", "use ", "fn ", "import ", "package ");
  if (/builds an executable/.test(reason)) found.push("<OutputType>", "Sdk.Web", "Sdk.Worker", "<Project");
  if (/starts an application|`main`|main method/.test(reason))
    found.push("@SpringBootApplication", "main(", "@QuarkusMain", "Main");
  if (/`start` script/.test(reason)) found.push('"start"');
  for (const [, word] of reason.matchAll(
    /(?:the (?:Deployment|StatefulSet|DaemonSet|Job|CronJob|image|service)|builds|applies|uses) (\S+)/g,
  ))
    found.push(word);
  return found;
}

/** One line; in a pom.xml the element that starts there. */
function lineCommand(repository, { file, line }) {
  const last = file.endsWith("pom.xml") ? `,${Number(line) + 4}` : "";
  return `${repository.git} show ${quote(`HEAD:${file}`)} | sed -n '${Number(line)}${last}p'`;
}

function between(repository) {
  return [...betweenArguments(repository), "HEAD"].join(" ");
}

function betweenArguments({ from, to }) {
  return [`--since-as-filter=${moment(from)}`, `--until=${moment(to)}`];
}

/** Commits that merges of the window brought to the main line. */
function broughtIn({ git: command, from, to }) {
  const at = (time) => `$(${command} rev-list -1 --first-parent --before=${moment(time)} HEAD)`;
  return `${at(to)} ^${at(from - 1)}`;
}

function counted(amount, noun) {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

function moment(seconds) {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function isoDay(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** Safe in a shell whatever a repository calls its files. */
function quote(word) {
  return /^[\w./:@%+=,-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function git(path, argumentsOf) {
  return execFileSync("git", ["-C", path, ...argumentsOf], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: environment(),
  });
}

/** A count of zero makes grep fail; its output is the answer all the same. */
function run(command) {
  try {
    return execFileSync("bash", ["-c", command], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    }).trimEnd();
  } catch (error) {
    return String(error.stdout ?? "").trimEnd();
  }
}

function environment() {
  return { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_PAGER: "cat", LC_ALL: "C.UTF-8", TZ: "UTC" };
}

/** Ten claims: a kind first, then one of its claims, so that the many lines of manifests do not crowd out the history; at most three of a kind. */
function draw(claims, random) {
  const byKind = new Map();
  for (const one of claims) byKind.set(one.kind, [...(byKind.get(one.kind) ?? []), one]);
  const drawn = [];
  while (drawn.length < perSystem) {
    const open = [...byKind].filter(
      ([kind, left]) => left.length > 0 && drawn.filter((one) => one.kind === kind).length < perKind,
    );
    if (open.length === 0) break;
    const [, left] = open[Math.floor(random() * open.length)];
    const [chosen] = left.splice(Math.floor(random() * left.length), 1);
    if (!drawn.some(({ sentence }) => sentence === chosen.sentence)) drawn.push(chosen);
  }
  return drawn;
}

function mulberry32(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What all recommendations come to, and that none of them contradicts the answers beside it. */
function outcomes(result) {
  const counts = new Map();
  for (const { outcome } of result.advice) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const wrong = contradictions(result);
  return `${result.advice.length} recommendations: ${[...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ")}. ${wrong.length === 0 ? "No outcome and no verdict contradicts the conditions beside it." : `Contradictions: ${wrong.join("; ")}.`}`;
}

function page(system, result, all, checked, before) {
  const surprised = before.includes(surprise)
    ? before.slice(before.indexOf(surprise)).trimEnd()
    : `${surprise}\n\nTo be written by whoever reads the report.`;
  const heads = result.inputs.repositories.map(({ id, head }) => `- ${id} at \`${head}\``);
  const kinds = new Map();
  for (const { kind } of all) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [
    `# ${system}: ten claims of the ${values.advice ? "advice" : "report"}, checked with git`,
    "",
    `Written by \`node scripts/readings.mjs FOLDER ${system} --seed ${seed}${values.advice ? " --advice" : ""}\` from \`drystone ${values.advice ? `advise --path ${system}` : `assess ${system}`} --format json\`.`,
    `Ten of ${all.length} claims that one command can confirm, at most ${perKind} of a kind (${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")}).`,
    ...(values.advice ? [outcomes(result)] : []),
    "The commands run with git 2.37 or newer in the folder that holds the clones; HEAD is:",
    "",
    ...heads,
    "",
    ...checked.flatMap(({ sentence, command, output, verdict }, index) => {
      const lines = output === "" ? ["(no output)"] : output.split("\n");
      const shown =
        lines.length > shownLines ? [...lines.slice(0, shownLines), `… ${lines.length - shownLines} more lines`] : lines;
      return [
        `## ${index + 1}. ${sentence}`,
        "",
        "```console",
        `$ ${command}`,
        ...shown.map((line) => line.slice(0, 200).replaceAll("```", "` ` `")),
        "```",
        "",
        `${verdict[0].toUpperCase()}${verdict.slice(1)}.`,
        "",
      ];
    }),
    surprised,
    "",
  ].join("\n");
}
