/** Backstage entities as people write them: nothing is rejected, unknown kinds and fields are kept. */
import type { Problem } from "#model/facts.js";
import { parseRef, type Ref } from "#model/refs.js";
import { readYaml, record, scalarText, texts } from "../yaml/index.js";

export interface CatalogEntity {
  readonly ref: Ref;
  /** As written: Component, API, Group, or a kind of their own. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** `metadata.title`; null without one. */
  readonly title: string | null;
  readonly description: string | null;
  readonly file: string;
  readonly line: number;
  readonly annotations: ReadonlyMap<string, string>;
  /** `spec.type`, lower case; null without one. */
  readonly type: string | null;
  readonly owner: { readonly ref: Ref; readonly line: number } | null;
  /** References of `spec` with the line of each, refs in lower case; only keys that hold some. */
  readonly references: ReadonlyMap<ReferenceKey, readonly { readonly ref: Ref; readonly line: number }[]>;
  /** `spec.profile.email`. */
  readonly email: string | null;
  readonly displayName: string | null;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Kind that a reference has when it names none. */
const defaultKinds = {
  system: "system",
  domain: "domain",
  subcomponentOf: "component",
  dependsOn: "component",
  dependencyOf: "component",
  providesApis: "api",
  consumesApis: "api",
  parent: "group",
  children: "group",
  members: "user",
  memberOf: "group",
} as const;
type ReferenceKey = keyof typeof defaultKinds;

/** `catalog-info.yaml`, `orders.catalog-info.yml`, and the entity folders of an organisation: `org.yaml`, `catalog/groups.yaml`. */
export function isCatalogFile(path: string): boolean {
  return /(?:^|[/.])catalog-info\.ya?ml$|^(?:\.backstage\/|backstage\/|catalog\/|(?:.{1,200}\/)?catalog\/)?(?:org|groups|users|teams|all|systems|domains|entities)\.ya?ml$/.test(
    path,
  );
}

/** Reads all entities of a file. A document without `kind` and `metadata.name` is none, nor is one whose name a template fills in. */
export function readCatalog(
  path: string,
  text: string,
): { readonly entities: readonly CatalogEntity[]; readonly problems: readonly Problem[] } {
  const { documents, problems } = readYaml(path, text);
  const entities = documents.flatMap((document): CatalogEntity[] => {
    const root = record(document.value);
    const metadata = record(root["metadata"]);
    const { kind } = root;
    const name = word(metadata["name"]);
    // The marker keeps other formats out that also have a kind, Kubernetes above all.
    if (typeof kind !== "string" || name === null || !/backstage/i.test(scalarText(root["apiVersion"]))) return [];
    // What a software template writes is not there yet: `${{ values.name }}`, `<%= name %>`.
    if (/\{\{|\{%|<%|\$\{/.test(name)) return [];
    const spec = record(root["spec"]);
    const profile = record(spec["profile"]);
    const namespace = word(metadata["namespace"]) ?? "default";
    const owner = word(spec["owner"]);
    return [
      {
        ref: parseRef(`${kind}:${namespace}/${name}`, "component"),
        kind,
        name,
        namespace,
        title: word(metadata["title"]),
        description: word(metadata["description"]),
        file: path,
        line: document.lineOf(["metadata", "name"]),
        annotations: new Map(Object.entries(record(metadata["annotations"])).map(([key, value]) => [key, scalarText(value)])),
        type: word(spec["type"])?.toLowerCase() ?? null,
        owner: owner === null ? null : { ref: parseRef(owner, "group", namespace), line: document.lineOf(["spec", "owner"]) },
        references: new Map(
          (Object.keys(defaultKinds) as ReferenceKey[]).flatMap((key) => {
            const found = texts(spec[key]).map((reference, index) => ({
              ref: parseRef(reference, defaultKinds[key], namespace),
              line: document.lineOf(["spec", key, index]),
            }));
            return found.length === 0 ? [] : [[key, found] as const];
          }),
        ),
        email: word(profile["email"]),
        displayName: word(profile["displayName"]),
        spec,
      },
    ];
  });
  return { entities, problems };
}

function word(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : typeof value === "number" ? String(value) : null;
}
