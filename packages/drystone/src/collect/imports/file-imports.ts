/** What one file says about its imports: a plain value that depends on nothing but its text, so that it can be kept by blob id. */
import type { ImportKind } from "#model/facts.js";

export interface FileImports {
  readonly language: ImportLanguage;
  readonly imports: readonly FoundImport[];
  /** Packages or namespaces that the file declares itself to be part of; empty where the language has none. */
  readonly packages: readonly string[];
  /** Names that others may import from here, where the name of the file does not tell (Kotlin, C#). */
  readonly symbols: readonly string[];
  /** Names that start with a capital letter, of files that import whole packages (Java, Kotlin): which of their types are used. */
  readonly words: readonly string[];
  /** Why imports may be missing; null when all were read. */
  readonly problem: string | null;
  /** Comments `drystone-allow RULE REASON`; left out where there are none. */
  readonly allowances?: readonly FoundAllowance[];
}

export interface FoundAllowance {
  readonly line: number;
  /** The line of program text that it is for. */
  readonly target: number;
  readonly rule: string;
  /** "" when none is given. */
  readonly reason: string;
}

export interface FoundImport {
  /** As the language writes it; groups are written out: `a.b.C`, `./x.js`, `A\B\C`. */
  readonly specifier: string;
  /** What is taken from it, where that may be a file of its own (Python), or the nesting in which a name is looked up (Ruby, Rust). */
  readonly name: string | null;
  readonly kind: ImportKind;
  /** From 1. */
  readonly line: number;
}

export type ImportLanguage = "javascript" | "java" | "kotlin" | "python" | "go" | "csharp" | "php" | "ruby" | "rust";

/** Imports of a language that needs nothing else. */
export function fileImports(
  language: ImportLanguage,
  imports: readonly FoundImport[],
  more: Partial<Pick<FileImports, "packages" | "symbols" | "words" | "problem">> = {},
): FileImports {
  return { language, imports, packages: [], symbols: [], words: [], problem: null, ...more };
}
