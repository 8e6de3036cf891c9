// What the report read in files: components and stores, who uses whom, operations, libraries with their versions, and the places behind its findings.
import { claim, holdsAll } from "./checks.mjs";
import { quote } from "./git.mjs";
import { placeClaim, versionClaim } from "./places.mjs";

/** A component or a store was inferred from this line of this file. */
export function componentClaims(component, context) {
  return placesOf(component.evidence, context)
    .filter(({ place }) => !declaresOwner(component, place))
    .map(({ repository, place }) =>
      placeClaim(
        component.ref.startsWith("resource:") ? "resource" : "component",
        `${component.name} (${component.kind}): ${place.text} (${place.file}:${place.line}).`,
        repository,
        place,
      ),
    );
}

function declaresOwner({ ownership }, place) {
  return (ownership?.declared ?? []).some(({ evidence }) =>
    (evidence ?? []).some(({ file, line }) => file === place.file && line === place.line),
  );
}

export function relationClaims(relation, context) {
  const [from, to] = [relation.from, relation.to].map((ref) => context.named.get(ref)?.name);
  if (!from || !to) return [];
  return placesOf(relation.evidence, context).map(({ repository, place }) =>
    placeClaim("relation", `${from} ${relation.kind} ${to}: ${place.text} (${place.file}:${place.line}).`, repository, place),
  );
}

/** A component uses a library at a version: the build file names it, the last place says the version. */
export function libraryClaims(library, context) {
  const name = library.name.split(":").at(-1);
  return library.uses.flatMap((use) => {
    const user = context.components.get(use.component);
    const places = placesOf(use.evidence, context);
    if (!user || places.length === 0) return [];
    if (use.version === "workspace") return workspaceClaims(library, user, places[0], context);
    const distinct = places.filter(
      ({ place: { file, line } }, index) => places.findIndex(({ place }) => place.file === file && place.line === line) === index,
    );
    const where = distinct.map(({ place }) => `${place.file}:${place.line}`).join(" and ");
    const version = use.version === "managed" ? "" : use.version;
    const said = use.version === "managed" ? "at a version that is managed elsewhere" : version;
    return [
      versionClaim(
        "library",
        `${user.name} uses ${library.name}${said && ` ${said}`} (${where}).`,
        distinct,
        name,
        version.replace(/^v(?=\d)/, ""),
      ),
    ];
  });
}

/** Its source is in the system: the build file names it, and so does one of its own. */
function workspaceClaims(library, user, { repository, place }, { components }) {
  const source = components.get(library.component);
  const name = library.name.split(":").at(-1);
  return [
    claim(
      "library",
      `${user.name} uses ${library.name}, whose source is here too (${place.file}:${place.line}).`,
      `${repository.git} show ${quote(`HEAD:${place.file}`)} | sed -n '${place.line}p'${source?.paths[0] ? `; ${repository.git} ls-tree --name-only HEAD ${quote(source.paths[0])}` : ""}`,
      holdsAll([name, ...(source?.paths[0] ? [source.paths[0]] : [])]),
    ),
  ];
}

/** What a finding rests on stands where the report says; the lines that it joins to clones say nothing of themselves. */
export function findingPlaceClaims(finding, context) {
  return placesOf(finding.evidence, context)
    .filter(({ place }) => !/^lines \d+ to \d+$/.test(place.text))
    .map(({ repository, place }) =>
      placeClaim("finding", `${finding.message} ${place.text} (${place.file}:${place.line}).`, repository, place),
    );
}

/** Something of a service can be called: an operation of a contract or of its code. */
export function operationClaims(operation, context) {
  return placesOf(operation.evidence ?? [], context).map(({ repository, place }) =>
    placeClaim("operation", `${place.text} (${place.file}:${place.line}).`, repository, place),
  );
}

function placesOf(evidence, { repositories }) {
  return evidence.flatMap((place) => {
    const repository = repositories.get(place.repository);
    return place.type === "file" && repository && place.line > 0 && place.text ? [{ repository, place }] : [];
  });
}
