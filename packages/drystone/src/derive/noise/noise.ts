/** Files whose change says nothing about design: they move together for reasons of tooling (metrics.md 0.3). */

/** Why a path does not count for coupling, or null when it does. */
export type Noise =
  | "lock file"
  | "manifest"
  | "documentation"
  | "image"
  | "CI"
  | "container and deployment"
  | "tool configuration"
  | "generated"
  | "translation"
  | "test";

const byName = new Map<string, Noise>([
  ...names(
    "lock file",
    "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb cargo.lock gemfile.lock poetry.lock pipfile.lock uv.lock composer.lock go.sum go.work.sum packages.lock.json gradle.lockfile mix.lock pubspec.lock flake.lock podfile.lock deno.lock",
  ),
  ...names(
    "manifest",
    "package.json pom.xml go.mod go.work cargo.toml build.gradle build.gradle.kts settings.gradle settings.gradle.kts gradle.properties libs.versions.toml pyproject.toml setup.py setup.cfg requirements.txt pipfile gemfile composer.json mix.exs pubspec.yaml directory.packages.props directory.build.props global.json nuget.config lerna.json nx.json project.json turbo.json rush.json pnpm-workspace.yaml gradlew gradlew.bat mvnw mvnw.cmd gradle-wrapper.properties maven-wrapper.properties version version.txt .nvmrc .node-version .tool-versions .java-version .python-version .ruby-version packages.config paket.dependencies",
  ),
  ...names(
    "documentation",
    "license licence copying notice authors contributors changelog changes history readme codeowners owners maintainers todo news",
  ),
  ...names(
    "container and deployment",
    "dockerfile .dockerignore procfile skaffold.yaml tiltfile vagrantfile jenkinsfile makefile chart.yaml values.yaml kustomization.yaml",
  ),
  ...names(
    "CI",
    ".gitlab-ci.yml .travis.yml appveyor.yml azure-pipelines.yml bitbucket-pipelines.yml cloudbuild.yaml .drone.yml .codecov.yml codecov.yml renovate.json .renovaterc .renovaterc.json dependabot.yml sonar-project.properties",
  ),
  ...names(
    "tool configuration",
    ".gitignore .gitattributes .gitmodules .editorconfig .npmrc .npmignore .nycrc .mailmap tsconfig.json jsconfig.json biome.json .oxlintrc.json .prettierrc .prettierignore .eslintignore .eslintrc .stylelintrc .babelrc .golangci.yml .golangci.yaml .rubocop.yml .pylintrc tslint.json .swcrc .browserslistrc .env.example catalog-info.yaml drystone.yaml drystone.yml",
  ),
]);

const extensions = new Map<string, Noise>([
  ...names("documentation", "md mdx markdown rst adoc asciidoc pdf docx puml plantuml drawio"),
  ...names("image", "png jpg jpeg gif svg ico webp bmp woff woff2 ttf eot otf mp3 mp4 webm avif"),
  ...names("generated", "snap min.js min.css map pb.go"),
  ...names("translation", "po pot mo xlf xliff"),
  ...names("manifest", "csproj fsproj vbproj sln slnx props targets gemspec"),
]);

const folders = new Map<string, Noise>([
  ...names(
    "generated",
    "node_modules vendor third_party 3rdparty pods carthage dist build target __snapshots__ generated genproto .yarn __pycache__",
  ),
  ...names("documentation", "docs doc documentation changelogs .changeset changelog.d"),
  ...names("CI", ".github .gitlab .circleci .buildkite .husky"),
  ...names(
    "container and deployment",
    "k8s kubernetes kubernetes-manifests helm helm-chart charts kustomize terraform deploy deployment deployments manifests istio-manifests",
  ),
  ...names("tool configuration", ".vscode .idea .devcontainer .drystone"),
  ...names("translation", "locales locale i18n translations"),
]);

const languageTag = /^[a-z]{2,3}(?:[_-][a-z]{2,8})?$/;

/** @param path relative to its component where it has one (a service may be called `docs`), else to the repository; `/` between folders. */
export function noiseOf(path: string): Noise | null {
  const segments = path.toLowerCase().split("/");
  const file = segments.pop() ?? "";
  // Laravel and others: `lang/fr/auth.php`.
  if (segments.some((folder, at) => folder === "lang" && languageTag.test(segments[at + 1] ?? ""))) return "translation";
  for (const folder of segments) {
    const noise = folders.get(folder);
    if (noise !== undefined) return noise;
  }
  return byName.get(file) ?? byName.get(stem(file)) ?? byExtension(file) ?? byShape(file);
}

/** `LICENSE.txt`, `README.de`, `CHANGES.old`: the stem decides for those documents only. */
function stem(file: string): string {
  const dot = file.indexOf(".");
  const name = dot > 0 ? file.slice(0, dot) : file;
  return /\.(?:txt|old|html|in|de|fr|es|it|ja|ko|pt|ru|zh)$/.test(file) && byName.get(name) === "documentation" ? name : "";
}

function byExtension(file: string): Noise | undefined {
  for (let dot = file.indexOf("."); dot >= 0; dot = file.indexOf(".", dot + 1)) {
    const noise = extensions.get(file.slice(dot + 1));
    if (noise !== undefined) return noise;
  }
  return undefined;
}

function byShape(file: string): Noise | null {
  if (/^(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file) || /^dockerfile[._-]/.test(file) || file.endsWith(".dockerfile"))
    return "container and deployment";
  if (
    /^(?:tsconfig|jsconfig)\.[\w.-]+\.json$/.test(file) ||
    /^\.?(?:eslint|prettier|jest|vitest|mocha|babel|webpack|rollup|vite|karma|stylelint|commitlint|lint-staged)(?:rc)?(?:\.config)?\.\w+$/.test(
      file,
    )
  ) {
    return "tool configuration";
  }
  if (/^requirements[\w.-]*\.(?:txt|in)$/.test(file)) return "manifest";
  if (
    /(?:_pb2(?:_grpc)?\.pyi?|\.pb\.(?:cc|h|ts|js)|_pb\.(?:js|ts|d\.ts)|\.g\.(?:cs|dart)|\.generated\.\w+|_generated\.\w+|\.designer\.cs)$/.test(
      file,
    )
  )
    return "generated";
  return null;
}

function names(noise: Noise, list: string): [string, Noise][] {
  return list.split(" ").map((name) => [name, noise]);
}
