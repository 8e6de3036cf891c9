/** `drystone init`: a first drystone.yaml from the code as it is, or from what another tool was told. */
import { keyText } from "#check/index.js";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { readConfig, type SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, textTree, treeOf } from "#collect/files/index.js";
import { type ForeignRules, foreignFormats, readForeignRules } from "#collect/foreign-rules/index.js";
import { type Clone, describeClone, locateClones } from "#collect/git/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { collectOwners } from "#collect/owners/index.js";
import type { AcceptedFact, Violation } from "#model/policy.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { checkTrees } from "./check-trees.js";
import { declarationText } from "./declaration-text.js";
import { type CollectOptions, parametersOf } from "./options.js";
import { draftPolicy } from "./policy-draft.js";
import { type PolicyTextInput, policyText } from "./policy-text.js";
import { mergedTeams } from "./read-files.js";

export interface InitOptions extends Pick<CollectOptions, "paths" | "cacheDirectory" | "progress" | "warn"> {
  /** A configuration of another tool, relative to the repository. */
  readonly from?: string | undefined;
  /** The caller writes the text into the folder itself. */
  readonly writes: boolean;
}

export interface InitOutcome {
  /** drystone.yaml. */
  readonly text: string;
  readonly components: number;
  readonly teams: number;
  readonly modules: number;
  readonly rules: number;
  /** What still fails, rule by rule, once the text and what the other tool lives with are there. */
  readonly failing: ReadonlyMap<string, number>;
  /** Where rules of another tool were read. */
  readonly imported: (Pick<ForeignRules, "tool" | "files" | "unread"> & ImportedViolations) | null;
}

interface ImportedViolations {
  /** Entries for what the other tool lives with. */
  readonly accepted: readonly Omit<AcceptedFact, "file" | "line">[];
  /** What the other tool lives with and Drystone does not see. */
  readonly notSeen: ForeignRules["known"];
}

/** @throws UsageError for paths without a repository and for a file of no tool that is known. */
export async function init(options: InitOptions): Promise<InitOutcome> {
  const clones = locateClones(options.paths);
  const [bare] = clones.filter(({ workTree }) => workTree === null);
  if (bare !== undefined && options.writes)
    throw new UsageError(
      "DS-U37",
      `${printable(bare.id)} is a bare repository: there is no folder to write drystone.yaml into`,
      "run init in a checkout, or name the file: --output drystone.yaml",
    );
  const states = clones.map((clone) => describeClone(clone));
  const trees = clones.map((clone, index) => withoutDeclaration(treeOf(clone, states[index])));
  const foreign = options.from === undefined ? null : foreignOf(trees, options.from);
  options.progress?.("reading manifests");
  const files = inventoryOf(clones, trees);
  options.progress?.("reading imports");
  const draft = foreign === null ? await draftOf(trees) : foreignDraft(foreign);
  const facts = {
    ...files,
    components: files.components.filter(({ kind }) => kind !== "module" && kind !== "library"),
  };
  const base = declarationText(draft.modules.length > 0 ? facts : { ...facts, components: files.components });
  const first = `${base}\n${policyText(draft).join("\n")}`;
  const failing = foreign === null ? await errorsOf(trees, first) : new Map<string, number>();
  const text = failing.size === 0 ? first : `${base}\n${policyText(softened(draft, failing)).join("\n")}`;
  const violations = await violationsOf(trees, text);
  const imported = foreign === null ? null : { ...foreign, ...settledWith(foreign, violations, clones[0]?.id ?? "") };
  const accepted = new Set(imported?.accepted.map((one) => keyText(one)));
  return {
    text,
    components: facts.components.length,
    teams: files.teams.length,
    modules: draft.modules.length,
    rules: draft.rules.length,
    failing: errorsAmong(violations.filter(({ key, enforcement }) => enforcement === "strict" || !accepted.has(keyText(key)))),
    imported,
  };
}

/** Components and teams, without reading the source. */
function inventoryOf(clones: readonly Clone[], trees: readonly FileTree[]): Parameters<typeof declarationText>[0] {
  const owned = trees.flatMap((tree) => [collectCodeowners(tree), collectOwners(tree)]);
  const name = clones.length === 1 ? (clones[0]?.id ?? "system") : "system";
  const { components, teams } = collectInventory(trees, [], { systemName: name });
  return {
    system: { name, namedBy: "repository" },
    repositories: clones,
    components,
    teams: mergedTeams(
      [...teams, ...owned.flatMap((one) => one.teams)],
      owned.flatMap(({ rules }) => rules),
      components,
    ),
  };
}

/** What stands in a drystone.yaml that is replaced is no source for the new one. */
function withoutDeclaration(tree: FileTree): FileTree {
  const paths = tree.paths.filter((path) => path !== "drystone.yaml" && path !== "drystone.yml");
  return { ...tree, paths };
}

function foreignOf(trees: readonly FileTree[], from: string): ForeignRules {
  const [tree] = trees;
  const path = from.replace(/^\.\//, "");
  if (tree === undefined || trees.length > 1)
    throw new UsageError("DS-U40", "--from reads the rules of one repository", "run init in that repository");
  if (!tree.paths.includes(path))
    throw new UsageError(
      "DS-U40",
      `--from ${printable(from)}: there is no such file in the repository`,
      "pass its path from the root of the repository",
    );
  const foreign = readForeignRules(tree, path);
  if (foreign === null)
    throw new UsageError(
      "DS-U41",
      `--from ${printable(from)} belongs to no tool that is known`,
      `known: ${foreignFormats.join(", ")}`,
    );
  return foreign;
}

async function draftOf(trees: readonly FileTree[]): Promise<PolicyTextInput> {
  const empty = readConfig(textTree(trees[0]?.repository ?? "", {}));
  const { policy, graphs } = await checkTrees(trees, empty, { unresolvedShare: 1 });
  return { ...draftPolicy(policy, graphs, trees.length > 1), rules: [], settings: [], remarks: [] };
}

function foreignDraft({ tool, files, modules, layers, rules, settings, unread }: ForeignRules): PolicyTextInput {
  const { types, tests, enforce } = settings;
  return {
    modules: modules.map((module) => ({ ...module, comments: [] })),
    layers,
    withoutLayers: null,
    rules,
    settings: [
      ...(types === null ? [] : [{ comment: `As ${tool} judges imports of types.`, text: `types: ${types}` }]),
      ...(tests === null ? [] : [{ comment: `${tool} makes no difference for tests.`, text: `tests: ${tests}` }]),
      ...(Object.keys(enforce).length === 0
        ? []
        : [
            {
              comment: `Only what ${tool} checks fails; switch on more when you like.`,
              text: `enforce: { ${Object.entries(enforce)
                .map(([rule, how]) => `${rule}: ${how}`)
                .join(", ")} }`,
            },
          ]),
    ],
    remarks:
      unread.length === 0
        ? [
            `Taken over from ${files
              .map((file) => printable(file))
              .slice(0, 3)
              .join(", ")}: everything.`,
          ]
        : [
            `Not taken over from ${files
              .map((file) => printable(file))
              .slice(0, 3)
              .join(", ")}:`,
            ...unread
              .slice(0, 200)
              .map(({ file, line, what, why }) => `- ${printable(file)}:${line} ${printable(what)}: ${printable(why)}`),
          ],
  };
}

/** Rules that the code breaks today are shown and do not fail; unresolved imports stay as they are, because they hide what they use. */
function softened(draft: PolicyTextInput, failing: ReadonlyMap<string, number>): PolicyTextInput {
  const rules = [...failing].filter(([rule]) => rule !== "unresolved" && rule !== "unreadable");
  if (rules.length === 0) return draft;
  const counts = rules.map(([rule, count]) => `${count} of ${rule}`).join(", ");
  return {
    ...draft,
    settings: [
      ...draft.settings,
      {
        comment: `There are some already (${counts}): shown, not failing. After \`drystone accept --rule RULE --reason …\` take the line out.`,
        text: `enforce: { ${rules.map(([rule]) => `${rule}: warn`).join(", ")} }`,
      },
    ],
  };
}

async function errorsOf(trees: readonly FileTree[], text: string): Promise<ReadonlyMap<string, number>> {
  return errorsAmong(await violationsOf(trees, text));
}

function errorsAmong(violations: readonly Violation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { finding, enforcement } of violations) {
    if (finding.severity !== "error" || enforcement === "warn" || finding.state === "accepted") continue;
    const rule = finding.code.slice(finding.code.indexOf("/") + 1);
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

/** What the text would find in these files. */
async function violationsOf(trees: readonly FileTree[], text: string): Promise<readonly Violation[]> {
  const declaration = declarationIn(trees, text);
  const { unresolvedShare } = parametersOf({}, declaration.config).check;
  return (await checkTrees(trees, declaration, { unresolvedShare })).boundaries.violations;
}

function declarationIn(trees: readonly FileTree[], text: string): SystemDeclaration {
  const paths = trees.flatMap((tree) =>
    trees.length === 1 ? tree.paths : tree.paths.map((path) => `${tree.repository}/${path}`),
  );
  const own = textTree(trees.length === 1 ? (trees[0]?.repository ?? "") : "", { "drystone.yaml": text });
  return readConfig({ ...own, paths: ["drystone.yaml", ...paths] });
}

const importedReason = (file: string) => `taken over from ${file}`;

/** Violations that the other tool knows become entries; an entry of a file and a module stands for every file of the module that is used there. */
function settledWith({ known }: ForeignRules, violations: readonly Violation[], repository: string): ImportedViolations {
  const seen = new Set<ForeignRules["known"][number]>();
  const accepted = violations.flatMap(({ key, finding }): Omit<AcceptedFact, "file" | "line">[] => {
    const rule = key.rule.slice(key.rule.indexOf("/") + 1);
    const entries = known.filter(
      (one) =>
        one.from === key.from &&
        (one.rule === null || one.rule === rule) &&
        (one.toFile === null || one.toFile === key.to) &&
        (one.toModule === null || finding.subjects[1]?.endsWith(`/${one.toModule.toLowerCase()}`) === true),
    );
    for (const entry of entries) seen.add(entry);
    const [first] = entries;
    return first === undefined ? [] : [{ ...key, repository, owner: null, reason: importedReason(first.file), until: null }];
  });
  return { accepted, notSeen: known.filter((one) => !seen.has(one)) };
}
