import { languageOfPath } from "#collect/code/index.js";

const wired = new Set(["java", "kotlin", "scala", "csharp"]);

/** Languages whose frameworks find the parts of a library by themselves, so that an import of one file is no sign for or against another. */
export function isWired(path: string): boolean {
  return wired.has(languageOfPath(path) ?? "");
}
