/** What the import graph needs to know of a language. */
import type { FileImports, FoundImport, ImportLanguage } from "./file-imports.js";

export interface FrontEnd {
  readonly languages: readonly ImportLanguage[];
  /** Endings of file names, with the dot. */
  readonly endings: readonly string[];
  /** Build files that decide where names lead. */
  readonly isConfig: (path: string) => boolean;
  /** Never throws; time is linear in the text. */
  readonly scan: (text: string, path: string) => FileImports;
  /** Indexes the repository once. */
  readonly resolver: (sources: Sources) => Resolver;
}

export interface Sources {
  /** All files of the repository, of any kind. */
  readonly paths: ReadonlySet<string>;
  /** What was scanned, of the languages of this front end, sorted by path. */
  readonly files: ReadonlyMap<string, FileImports>;
  /** Texts of build files. */
  readonly configs: ReadonlyMap<string, string>;
}

export type Resolver = (from: string, found: FoundImport, file: FileImports) => Resolution;

/** Files of the repository, a package from elsewhere, a name that should lead into the repository and does not, or nothing to tell. */
export type Resolution =
  | { readonly files: readonly string[] }
  | { readonly package: string; readonly declared?: "runtime" | "development" | "no" }
  | { readonly unresolved: true }
  | { readonly ignored: true };

export const unresolved: Resolution = { unresolved: true };
export const ignored: Resolution = { ignored: true };

export function toFile(path: string): Resolution {
  return { files: [path] };
}

export function toPackage(name: string): Resolution {
  return { package: name };
}
