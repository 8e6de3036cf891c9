// What the report leaves out, and which component a file belongs to: written apart from the product, to check it.

/** The noise of docs/concepts, short: enough to explain a difference, written apart from the product's own list. */
export function isNoise(path, components) {
  const owner = [...components.values()]
    .flatMap(({ paths }) => paths)
    .filter((folder) => folder !== "" && path.startsWith(`${folder}/`));
  const longest = owner.toSorted((a, b) => b.length - a.length)[0];
  const inside = (longest === undefined ? path : path.slice(longest.length + 1)).toLowerCase();
  return (
    /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(lock|workspace)\.yaml|go\.(mod|sum|work)|pom\.xml|requirements[\w.-]*\.(txt|in)|pyproject\.toml|uv\.lock|poetry\.lock|pipfile(\.lock)?|gemfile(\.lock)?|cargo\.(toml|lock)|composer\.(json|lock)|mix\.(exs|lock)|(build|settings)\.gradle(\.kts)?|gradlew(\.bat)?|(gradle|maven)-wrapper\.properties|gradle\.properties|mvnw(\.cmd)?|packages\.lock\.json|global\.json|nuget\.config|version(\.txt)?|\.nvmrc|\.[a-z]+-version|\.tool-versions|lerna\.json)$/.test(
      inside,
    ) ||
    /\.(csproj|sln|slnx|props|targets|gemspec|mdx?|rst|adoc|pdf|docx|puml|drawio|png|jpe?g|gif|svg|ico|webp|bmp|woff2?|ttf|eot|otf|mp[34]|webm|avif|snap|map|po|pot|xlf)$/.test(
      inside,
    ) ||
    /(^|\/)(dockerfile([._-][^/]*)?|[^/]*\.dockerfile|(docker-)?compose[\w.-]*\.ya?ml|\.dockerignore|procfile|skaffold\.yaml|makefile|jenkinsfile|chart\.yaml|values\.yaml|kustomization\.yaml|vagrantfile|tiltfile|cloudbuild\.yaml)$/.test(
      inside,
    ) ||
    /(^|\/)(node_modules|vendor|third_party|dist|build|target|__snapshots__|generated|genproto|docs?|documentation|\.github|\.gitlab|\.circleci|\.husky|k8s|kubernetes(-manifests)?|helm(-chart)?|charts|kustomize|terraform|deploy(ments?)?|manifests|\.vscode|\.idea|\.devcontainer|locales?|i18n|translations)\//.test(
      inside,
    ) ||
    /(^|\/)(readme|licen[cs]e|changelog|changes|notice|codeowners|contributing|authors)(\.(txt|html))?$/.test(inside) ||
    /(^|\/)(\.gitignore|\.gitattributes|\.editorconfig|\.npmrc|\.mailmap|\.env\.example|tsconfig[\w.-]*\.json|jsconfig[\w.-]*\.json|\.?(eslint|prettier|jest|vitest|babel|webpack|rollup|vite|karma|stylelint)(rc|ignore)?(\.config)?(\.\w+)?|biome\.json|\.golangci\.ya?ml|\.travis\.yml|\.gitlab-ci\.yml|\.pylintrc|\.browserslistrc|\.mocharc\.[a-z]+)$/.test(
      inside,
    ) ||
    /(_pb2(_grpc)?\.pyi?|\.pb\.(go|cc|h|ts|js)|_pb\.(js|d\.ts|ts)|\.min\.(js|css)|\.g\.cs|\.designer\.cs|_generated\.\w+)$/.test(
      inside,
    )
  );
}

export function isService({ built, kind, paths }) {
  return built && paths.length > 0 && !["library", "module", "external"].includes(kind);
}

export function isInside(file, { paths }) {
  return paths.some((path) => path === "" || file.startsWith(`${path.replace(/\/(\*\*)?$/, "")}/`));
}
