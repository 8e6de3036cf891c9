/** Which files are tests, by the conventions of the languages that are read. */

/** @param path relative to the repository, or to a module whose own name then does not count. */
export function isTestFile(path: string): boolean {
  const slash = path.lastIndexOf("/");
  return isTestName(path.slice(slash + 1)) || isTestFolder(path.slice(0, slash + 1));
}

/** @param name of a file, without its folder. */
export function isTestName(name: string): boolean {
  return testNames.test(name);
}

/** @param folder with a slash at its end, or "". */
export function isTestFolder(folder: string): boolean {
  return testFolders.test(folder);
}

const testFolders =
  /(?:^|\/)(?:__tests?__|__mocks__|__fixtures__|tests?|testing|specs?|e2e|cypress|playwright|fixtures|test[dD]ata|testFixtures|androidTest|integrationTest|integration-tests?|unit-tests?|(?:\w{1,100}\.){0,10}(?:Unit|Integration|Arch|Architecture|Functional|Acceptance|Component|Contract|System|EndToEnd)?Tests)\//;
const testNames =
  /(?:[._-](?:test|tests|spec|specs|e2e|e2e-spec|cy|stories|mock|fixture)\.[a-z]{1,4}$|(?:^|[a-z0-9])(?:Tests?|IT|Specs?)\.(?:java|kt|cs|php|scala)$|_(?:test|spec)\.(?:go|py|rb|rs)$|^test_\w{1,200}\.(?:py|rb)$|^(?:conftest|tests)\.py$)/;
