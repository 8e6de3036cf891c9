/** `modules`, `layers` and `rules` of drystone.yaml as text, with comments that say what to do with them. */
import type { RuleDraft } from "#collect/foreign-rules/index.js";
import type { DraftedModule } from "./policy-draft.js";

export interface PolicyTextInput {
  readonly modules: readonly DraftedModule[];
  readonly layers: readonly string[];
  /** Instead of layers. */
  readonly withoutLayers: string | null;
  readonly rules: readonly RuleDraft[];
  readonly settings: readonly { readonly comment: string | null; readonly text: string }[];
  /** Lines at the end: what could not be taken over. */
  readonly remarks: readonly string[];
}

/** @returns lines without a newline at the end. */
export function policyText({ modules, layers, withoutLayers, rules, settings, remarks }: PolicyTextInput): string[] {
  return [
    ...(modules.length === 0
      ? []
      : [
          "# What each module shows (public) and uses, as the code is now. A use that is not listed fails `drystone check`:",
          "# take out what should not be, and write down a new one on purpose.",
          "modules:",
          ...modules.flatMap(moduleLines),
          "",
        ]),
    ...(layers.length > 0
      ? [
          "# High to low: a layer may use those below it. Give them names that mean something to you.",
          `layers: [${layers.join(", ")}]`,
          "",
        ]
      : withoutLayers === null || modules.length === 0
        ? []
        : [`# layers: [app, domain, platform]   # not written: ${withoutLayers}`, ""]),
    ...(rules.length === 0 && settings.length === 0
      ? []
      : ["rules:", ...settings.flatMap(settingLines), ...rules.flatMap(ruleLines), ""]),
    ...remarks.map((line) => (line === "" ? "#" : `# ${line}`)),
    ...(remarks.length > 0 ? [""] : []),
  ];
}

function moduleLines(module: DraftedModule): string[] {
  const fields = [
    `name: ${value(module.name)}`,
    `match:${module.match.length === 1 ? ` ${value(module.match[0] ?? "")}` : list(module.match)}`,
    ...(module.layer === null ? [] : [`layer: ${value(module.layer)}`]),
    ...(module.utility ? ["utility: true"] : []),
    ...(module.owner === null ? [] : [`owner: ${value(module.owner)}`]),
  ];
  const lists = [
    ...(module.public === null ? [] : [`    public:${list(module.public)}`]),
    ...(module.uses === null ? [] : [`    uses:${list(module.uses)}`]),
    ...(module.visibleTo === null ? [] : [`    visibleTo:${list(module.visibleTo)}`]),
    ...(Object.keys(module.enforce).length === 0
      ? []
      : [
          `    enforce: { ${Object.entries(module.enforce)
            .map(([rule, how]) => `${rule}: ${how}`)
            .join(", ")} }`,
        ]),
  ];
  return [
    ...module.comments.map((comment) => `  # ${comment}`),
    ...fields.map((field, index) => `${index === 0 ? "  - " : "    "}${field}`),
    ...lists,
  ];
}

function settingLines({ comment, text }: { readonly comment: string | null; readonly text: string }): string[] {
  return [...(comment === null ? [] : [`  # ${oneLine(comment)}`]), `  - ${text}`];
}

function ruleLines({ effect, from, to, kinds, transitive, why, enforce }: RuleDraft): string[] {
  return [
    `  - ${effect}:`,
    `      from:${list(from)}`,
    `      to:${list(to)}`,
    ...(kinds === null ? [] : [`      kinds: [${kinds.join(", ")}]`]),
    ...(transitive ? ["      transitive: true"] : []),
    ...(why === null ? [] : [`      why: ${JSON.stringify(oneLine(why))}`]),
    ...(enforce === "warn" ? ["      enforce: warn"] : []),
  ];
}

const lineWidth = 120;

/** Behind the colon of its key: on one line where it fits. */
function list(items: readonly string[]): string {
  const short = ` [${items.map(value).join(", ")}]`;
  return short.length <= lineWidth ? short : `\n${items.map((item) => `        - ${value(item)}`).join("\n")}`;
}

/** Plain where YAML reads it as this text; else as JSON, which YAML reads too. */
function value(text: string): string {
  const isPlain = /^[A-Za-z_][\w./@-]*(?: [\w./@-]+)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").slice(0, 900);
}
