// What the report read in files: components, who uses whom, and libraries with their versions.
import { claim, holdsAll, holdsOneOf } from "./checks.mjs";
import { git, lineCommand, quote } from "./git.mjs";

/** A component or a datastore was inferred from this line of this file. */
export function componentClaims(component, { repositories }) {
  return component.evidence.flatMap((evidence) => {
    const repository = repositories.get(evidence.repository);
    if (!repository || evidence.line < 1) return [];
    const owner = component.ownership.declared.find(({ evidence: own }) =>
      own?.some(({ file, line }) => file === evidence.file && line === evidence.line),
    );
    if (owner) return [];
    const words = [component.name, ...component.aliases, ...wordsOf(evidence.text ?? "")];
    return [
      claim(
        "component",
        `${component.name} (${component.kind}): ${evidence.text ?? evidence.file} (${evidence.file}:${evidence.line}).`,
        lineCommand(repository, evidence),
        holdsOneOf(words),
      ),
    ];
  });
}

export function relationClaims(relation, { repositories, components }) {
  const [from, to] = [components.get(relation.from)?.name, components.get(relation.to)?.name];
  return relation.evidence.flatMap((evidence) => {
    const repository = repositories.get(evidence.repository);
    if (!repository || !from || !to || evidence.line < 1) return [];
    return [
      claim(
        "relation",
        `${from} ${relation.kind} ${to}: ${evidence.text ?? relation.detail} (${evidence.file}:${evidence.line}).`,
        lineCommand(repository, evidence),
        // The group of a Maven coordinate stands on the line before.
        holdsAll(
          (evidence.text ?? "")
            .replace(/^[\w.-]+:(?=[\w.-]+ )/, "")
            .split(/[ :]/)
            .filter((word) => word !== ""),
        ),
      ),
    ];
  });
}

/** A component declares a library at a version. */
export function libraryClaims(library, { repositories, components }) {
  return library.uses.flatMap(({ component, version }) => {
    const user = components.get(component);
    const repository = repositories.get(user?.repository);
    const path = user?.paths[0];
    // A member of the same workspace has the version that stands there.
    if (!repository || path === undefined || !version || version === "workspace") return [];
    // Maven names a library by group and artifact, on lines of their own.
    const name = library.name.split(":").at(-1) ?? library.name;
    const manifests = manifestsBelow(repository, path);
    if (manifests.length === 0) return [];
    const command = `${repository.git} grep -hF -A 3 -e ${quote(name)} HEAD -- ${manifests.map(quote).join(" ")}`;
    if (version === "managed")
      return [
        claim("library", `${user.name} uses ${library.name} at a version that is managed elsewhere.`, command, isManaged(name)),
      ];
    return [
      claim("library", `${user.name} uses ${library.name} ${version}.`, command, holdsAll([version.replace(/^v(?=\d)/, "")])),
    ];
  });
}

/** Manifests in a folder, or below it where it has none itself. */
function manifestsBelow(repository, path) {
  const manifest =
    /(^|\/)(package\.json|pom\.xml|[^/]+\.csproj|go\.mod|requirements[\w.-]*\.(txt|in)|pyproject\.toml|build\.gradle(\.kts)?|Gemfile|Cargo\.toml|composer\.json|mix\.exs)$/;
  repository.files ??= git(repository.path, ["ls-tree", "-r", "--name-only", "-z", "HEAD"]).split("\0");
  const below = repository.files.filter((file) => manifest.test(file) && (path === "" || file.startsWith(`${path}/`)));
  const own = below.filter((file) => !file.slice(path === "" ? 0 : path.length + 1).includes("/"));
  return own.length > 0 ? own : below;
}

/** The element is there and states no version of its own. */
function isManaged(name) {
  return (output) => {
    const lines = output.split("\n");
    const at = lines.findIndex((line) => line.includes(`>${name}<`) || line.includes(`"${name}"`));
    if (at < 0) return `differs: ${name} is not there`;
    const end = lines.findIndex((line, index) => index >= at && /<\/dependency>|\/>|<\/PackageReference>/.test(line));
    const element = lines.slice(at, end < 0 ? at + 1 : end + 1).join(" ");
    return /<version>|Version="/.test(element) ? "differs: it states a version" : "confirmed";
  };
}

/** What the line must hold for the reason that the report gives. */
function wordsOf(reason) {
  const found = [];
  if (/Dockerfile/i.test(reason)) found.push("ENTRYPOINT", "CMD", "FROM");
  if (/main package/.test(reason)) found.push("package main", "func main");
  if (/is the main file/.test(reason)) found.push("//", "use ", "fn ", "import ", "package ");
  if (/builds an executable/.test(reason)) found.push("<OutputType>", "Sdk.Web", "Sdk.Worker", "<Project");
  if (/starts an application|`main`|main method/.test(reason))
    found.push("@SpringBootApplication", "main(", "@QuarkusMain", "Main");
  if (/`start` script/.test(reason)) found.push('"start"');
  for (const [, word] of reason.matchAll(
    /(?:the (?:Deployment|StatefulSet|DaemonSet|Job|CronJob|image|service)|builds|applies|uses) (\S+)/g,
  ))
    found.push(word);
  return found;
}
