/** Pipelines as code: which of them build or deploy a component. */

import type { BaselineSign } from "#model/baseline.js";
import { type ComponentPlace, isInside } from "./component-place.js";

/** The system behind a file of a pipeline; null for other files. */
export function pipelineSystem(path: string): string | null {
  return systems.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** Most systems look at the root only: what lies deeper came with the code of others. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/^\.github\/workflows\/[^/]{1,100}\.ya?ml$/, "GitHub Actions"],
  [/^(?:\.gitlab-ci|\.gitlab\/[^/]{1,80})\.ya?ml$/, "GitLab CI"],
  [/(?:^|\/)Jenkinsfile(?:[.-][\w-]{1,40})?$/, "Jenkins"],
  [/^\.circleci\/config\.ya?ml$/, "CircleCI"],
  [/(?:^|\/)(?:azure-pipelines[\w.-]{0,60}|\.azure-pipelines\/[^/]{1,80}|\.azuredevops\/[^/]{1,80})\.ya?ml$/, "Azure Pipelines"],
  [/^bitbucket-pipelines\.ya?ml$/, "Bitbucket Pipelines"],
  [/^\.travis\.ya?ml$/, "Travis CI"],
  [/(?:^|\/)cloudbuild[\w.-]{0,40}\.ya?ml$/, "Cloud Build"],
  [/(?:^|\/)buildspec[\w.-]{0,40}\.ya?ml$/, "CodeBuild"],
  [
    /(?:^|\/)(?:\.drone|\.woodpecker|appveyor|wercker|\.appveyor|\.semaphore\/semaphore|\.buildkite\/pipeline)\.ya?ml$/,
    "another system",
  ],
];

/** Git is told who commits; that names nobody who is built. */
const idle = /^\s{0,60}(?:#|git config\b)/;
const builds =
  /\b(?:build|publish|deploy|push|package|compile|release|test|install|verify|assemble|skaffold|docker|helm|kubectl|make|mvn|gradle)/i;
/** Commands that build whatever the repository holds. */
const whole =
  /\b(?:docker[ -]compose\b.{0,80}?\b(?:build|push|up)\b|skaffold\s{1,3}(?:build|run|test|deploy|dev)\b|mvnw?\b(?!.{0,120}\s-(?:pl|f)\b).{0,120}?\b(?:package|install|verify|deploy|test|compile)\b|gradlew?\b.{0,80}?(?<![:\w])(?:build|test|check|assemble|publish|bootBuildImage|jib)\b|dotnet\s{1,3}(?:build|publish|test)\b(?:.{0,80}?\.slnx?\b|(?!.{0,80}?(?:\.csproj|\/)))|(?:npm|yarn|pnpm)\s{1,3}(?:run\s{1,3})?(?:build|test|-r|--recursive|workspaces)\b|go\s{1,3}(?:build|test)\s.{0,40}?\.\/\.\.\.|(?:nx|turbo|lerna|bazel|bake|earthly|pants)\s{1,3}\S{2,40}|make\s{1,3}(?:-\S{1,20}\s{1,3}){0,3}(?:all|ci|[\w-]{0,30}(?:build|image|test|docker|deploy|push|release|publish|package)[\w-]{0,30})(?:\s|$)|make\s{0,3}$|cargo\s{1,3}(?:build|test)\b|\.\/[\w/-]{0,60}(?:build|release|publish|make|deploy|ci)[\w-]{0,40}\.sh)/i;

/** @returns for each component that the pipeline builds a sign, and one for the pipeline itself when it builds anything. */
export function signsOfPipeline(
  path: string,
  text: string,
  system: string,
  repository: string,
  places: readonly ComponentPlace[],
): BaselineSign[] {
  if (!builds.test(text)) return [];
  const own = places.filter((place) => place.repository === repository);
  const lines = text
    .slice(0, 500_000)
    .split("\n")
    .map((line) => line.slice(0, 1000));
  const sign = (kind: "pipeline" | "pipelines", component: string | null, line: number, detail: string): BaselineSign => ({
    component,
    kind,
    subject: system,
    detail,
    value: null,
    reach: "component",
    evidence: { type: "file", repository, file: path, line, text: (lines[line - 1] ?? "").trim().slice(0, 160) },
  });
  // Those look at the code and make nothing of it.
  const looksOnly =
    /(?:codeql|stale|label|scorecard|dependabot|renovate|markdown|lint|links?|docs?|cla|sonar|semgrep|trivy)[\w-]{0,40}\.ya?ml$/i.test(
      path,
    );
  const everything = looksOnly ? 0 : lines.findIndex((line) => !idle.test(line) && whole.test(line)) + 1;
  const folder = homeOf(path);
  const built = own.flatMap((place) => {
    const named = lines.findIndex((line) => !idle.test(line) && names(line, place)) + 1;
    if (named > 0) return [sign("pipeline", place.ref, named, "names it")];
    const inFolder = place.paths.some((at) => isInside(at, folder));
    if (inFolder && (everything > 0 || folder !== "" || own.length === 1))
      return [sign("pipeline", place.ref, Math.max(everything, 1), everything > 0 ? "builds all" : "stands beside it")];
    return [];
  });
  return built.length === 0 && own.length > 0
    ? [sign("pipelines", null, 1, "builds")]
    : [...built, sign("pipelines", null, 1, "builds")];
}

/** The folder that a pipeline is for: the one it stands in, above the folders of its system. */
function homeOf(path: string): string {
  return path
    .replace(
      /(?:^|\/)(?:\.github\/workflows|\.gitlab|\.circleci|\.azure-pipelines|\.azuredevops|\.semaphore|\.buildkite)?\/?[^/]{1,200}$/,
      "",
    )
    .replace(/(?:^|\/)(?:\.?ci|build|jenkins[\w-]{0,20}|pipelines?)$/, "");
}

/** A path of the component, or its name as a word. */
function names(line: string, { paths, names: own }: ComponentPlace): boolean {
  return (
    paths.some(
      (path) => path !== "" && line.includes(path) && new RegExp(String.raw`(?:^|[^\w-])${escaped(path)}(?:$|[^\w-])`).test(line),
    ) ||
    own.some(
      (name) =>
        name.length > 3 && line.includes(name) && new RegExp(String.raw`(?:^|[^\w.-])${escaped(name)}(?:$|[^\w-])`).test(line),
    )
  );
}

function escaped(text: string): string {
  return text.slice(0, 200).replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
