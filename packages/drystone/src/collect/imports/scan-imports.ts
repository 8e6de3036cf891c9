/** What one file imports, as written. */
import { allowanceMark, findAllowances } from "./allowances.js";
import type { FileImports } from "./file-imports.js";
import { frontEndOf, frontEnds } from "./front-ends.js";

/** Null for a file of no known language. Depends on nothing but the ending of the path and the text; never throws. */
export function scanImports(path: string, text: string): FileImports | null {
  const file = frontEndOf(path)?.scan(text, path) ?? null;
  if (file === null || !text.includes(allowanceMark)) return file;
  return {
    ...file,
    allowances: findAllowances(
      text,
      file.imports.map(({ line }) => line),
    ),
  };
}

/** True for source that is read for its imports: not what package managers and builds put there. */
export function isScanned(path: string): boolean {
  return frontEndOf(path) !== null && !foreign.test(path);
}

/** True for build files that decide where imports lead. */
export function isImportConfig(path: string): boolean {
  return frontEnds.some(({ isConfig }) => isConfig(path)) && !foreign.test(path);
}

const foreign = new RegExp(
  [
    String.raw`(?:^|/)(?:node_modules|bower_components|jspm_packages|vendor|third_party|\.yarn|wwwroot/lib|\.venv|venv|site-packages|__pycache__|\.git|\.next|\.nuxt|\.svelte-kit|\.gradle|\.tox)/`,
    // What builds put there, by the language whose builds do.
    String.raw`(?:^|/)dist/.*\.[cm]?[jt]sx?$`,
    String.raw`(?:^|/)(?:target/(?:generated-(?:test-)?sources|classes)|build/generated)/.*\.(?:java|kts?)$`,
    String.raw`(?:^|/)(?:obj|bin/(?:Debug|Release))/.*\.cs$`,
    String.raw`(?:^|/)target/(?:debug|release)/.*\.rs$`,
    String.raw`\.min\.[cm]?js$`,
  ].join("|"),
);
