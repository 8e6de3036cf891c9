/** Which files are program text, and which of them are tests. */

const programExtensions = new Set(
  "ts tsx mts cts js jsx mjs cjs vue svelte java kt kts scala groovy py go cs fs vb rb php rs c h cc cpp hpp swift ex exs erl clj dart sql proto graphql".split(
    " ",
  ),
);

export function isProgram(path: string): boolean {
  return programExtensions.has(path.slice(path.lastIndexOf(".") + 1).toLowerCase());
}

const testFolders = new Set(
  "test tests __tests__ spec specs testing e2e fixtures __mocks__ mocks testdata cypress integrationtest androidtest".split(" "),
);
const testFile =
  /(?:^test_|[._-](?:test|tests|spec|specs|e2e|cy)\.[a-z]{1,5}$|_test\.[a-z]{1,5}$|(?:Test|Tests|Spec|IT)\.[a-z]{1,6}$)/;
const testProject = /[.-](?:tests?|specs?|unittests?|integrationtests?)$/i;

/** Test code: it reaches everywhere on purpose, so it says nothing about boundaries. */
export function isTestPath(path: string): boolean {
  const folders = path.split("/");
  const file = folders.pop() ?? "";
  return testFile.test(file) || folders.some((folder) => testFolders.has(folder.toLowerCase()) || testProject.test(folder));
}

/** Changes of the database schema, step by step: each step names what the one before it left, so they say nothing about boundaries of today. */
export function isMigrationPath(path: string): boolean {
  return /(?:^|[/_-])(?:migrations?|migrate|db\/versions|alembic\/versions|flyway)\/|(?:^|\/)\d{14}_[\w.-]{1,200}$/i.test(path);
}
