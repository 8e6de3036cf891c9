/** Programming languages that detectors know. */
import { lastPart } from "#collect/manifests/index.js";

export type Language =
  | "javascript"
  | "java"
  | "kotlin"
  | "python"
  | "go"
  | "csharp"
  | "ruby"
  | "php"
  | "rust"
  | "scala"
  | "elixir"
  | "cpp"
  | "html"
  | "sql"
  | "prisma"
  | "xml";

/** Those that programs are written in; the others are pages, schemas and queries. */
export const programLanguages = [
  "javascript",
  "java",
  "kotlin",
  "scala",
  "python",
  "go",
  "csharp",
  "php",
  "ruby",
  "rust",
  "cpp",
  "elixir",
] as const satisfies readonly Language[];

const byExtension: ReadonlyMap<string, Language> = new Map<string, Language>([
  ...["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "astro"].map((ext) => [ext, "javascript"] as const),
  ["java", "java"],
  ["groovy", "java"],
  ["kt", "kotlin"],
  ["kts", "kotlin"],
  ["py", "python"],
  ["go", "go"],
  ["cs", "csharp"],
  ["cshtml", "csharp"],
  ["razor", "csharp"],
  ["fs", "csharp"],
  ["rb", "ruby"],
  ["rake", "ruby"],
  ["ru", "ruby"],
  ["php", "php"],
  ["rs", "rust"],
  ["scala", "scala"],
  ["ex", "elixir"],
  ["exs", "elixir"],
  ["cc", "cpp"],
  ["cpp", "cpp"],
  ["cxx", "cpp"],
  ["h", "cpp"],
  ["hpp", "cpp"],
  ...["html", "htm", "ejs", "erb", "gohtml", "hbs", "handlebars", "mustache", "twig", "jsp"].map((ext) => [ext, "html"] as const),
  ["sql", "sql"],
  ["prisma", "prisma"],
  ["xml", "xml"],
]);

/** By the ending of the name; null for what no detector reads. */
export function languageOfPath(path: string): Language | null {
  const name = lastPart(path);
  return byExtension.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? null;
}
