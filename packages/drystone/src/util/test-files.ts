/** Which files are tests, by the conventions of the languages that are read. */

/** @param path relative to the repository, or to a module whose own name then does not count. */
export function isTestFile(path: string): boolean {
  const slash = path.lastIndexOf("/");
  return isTestName(path.slice(slash + 1)) || isTestFolder(path.slice(0, slash + 1));
}

/** Every file of a repository is asked for: ending and last word first, expressions for what is left. @param name of a file, without its folder. */
export function isTestName(name: string): boolean {
  const dot = name.lastIndexOf(".");
  const stem = name.slice(0, Math.max(0, dot));
  const ending = name.slice(dot + 1);
  const separator = Math.max(stem.lastIndexOf("."), stem.lastIndexOf("_"), stem.lastIndexOf("-"));
  if (separator >= 0 && lastWords.has(stem.slice(separator + 1)) && /^[a-z]{1,4}$/.test(ending)) return true;
  if (byCapital.has(ending)) return /(?:^|[a-z0-9])(?:Tests?|IT|Specs?)$/.test(stem.slice(-8));
  return (ending === "py" || ending === "rb") && (/^test_\w{1,200}$/.test(stem) || name === "conftest.py" || name === "tests.py");
}

const lastWords: ReadonlySet<string> = new Set(["test", "tests", "spec", "specs", "e2e", "cy", "stories", "mock", "fixture"]);
const byCapital: ReadonlySet<string> = new Set(["java", "kt", "cs", "php", "scala"]);

/** @param folder with a slash at its end, or "". */
export function isTestFolder(folder: string): boolean {
  return testFolders.test(folder);
}

const testFolders =
  /(?:^|\/)(?:__tests?__|__mocks__|__fixtures__|tests?|testing|specs?|e2e|cypress|playwright|step_definitions|fixtures|test[dD]ata|testFixtures|androidTest|integrationTest|integration-tests?|unit-tests?|(?:\w{1,100}\.){0,10}(?:Unit|Integration|Arch|Architecture|Functional|Acceptance|Component|Contract|System|EndToEnd)?Tests)\/|^features\/support\//;
