/** Stores that a client library tells of without an address, and the tables that code and migrations name. */
import type { Ref } from "#model/refs.js";
import { type Address, parseAddresses } from "./address.js";
import { stem } from "./address-book.js";
import { isConfiguredOnly, isLeftOver } from "./configured-only.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { CueClass } from "./edges.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";
import { sameTechnology } from "./same-technology.js";
import { serverElsewhere } from "./server-elsewhere.js";

export function linkStores(context: LinkContext): void {
  for (const part of context.parts) {
    linkClients(context, part);
    linkDataSources(context, part);
    nameDatabases(context, part);
  }
}

/** A client without an address: the only store of that technology that fits is meant. */
function linkClients(context: LinkContext, part: Part): void {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "store-client" || cue.technology === "in-memory" || isLeftOver(part, found, cue.technology)) continue;
    if (storesOf(context, part, cue.technology).length > 0) continue;
    const elsewhere = isBuildFile(cue.file) ? null : serverElsewhere(context, part, found, cue.technology);
    const target = elsewhere?.ref ?? likelyStore(context, part, cue.technology);
    if (target === null) {
      context.unresolved.push({
        component: part.ref,
        kind: "store",
        text: `${cue.technology} (${cue.library})`,
        reason: "no store of this technology, or several",
        evidence: [cueEvidence(found)],
      });
      continue;
    }
    const classes: CueClass[] = [isConfiguredOnly(context, part, target, [cueEvidence(found)]) ? "order" : clientClass(found)];
    linkStore(context, part, found, cue.technology, target, elsewhere?.address ?? null, classes);
  }
}

function linkStore(
  context: LinkContext,
  part: Part,
  found: FoundCue,
  technology: string,
  target: Ref,
  address: Address | null,
  classes: readonly CueClass[],
): void {
  const broker = context.resources.get(target)?.kind === "broker";
  context.edges.add({
    from: part.ref,
    to: target,
    kind: broker ? "dependsOn" : "reads",
    protocol: broker ? "queue" : "db",
    detail: null,
    classes,
    evidence: [cueEvidence(found)],
  });
  context.storeUses.push({
    component: part.ref,
    resource: target,
    technology,
    database: address?.database ?? null,
    schema: address?.schema ?? null,
    user: address?.user ?? null,
    evidence: [cueEvidence(found)],
  });
}

/** Databases that the framework connects to when the program starts, whoever wrote the client: `spring.datasource.url`. */
function linkDataSources(context: LinkContext, part: Part): void {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "address" || !dataSource.test(cue.text)) continue;
    const technology = resolveTemplate(cue.value, part, context.shared)
      .flatMap(({ text }) => parseAddresses(text))
      .map((address) => address.technology ?? cue.technology)
      .find((one) => one !== null);
    if (technology === undefined || technology === null || storesOf(context, part, technology).length > 0) continue;
    const elsewhere = serverElsewhere(context, part, found, technology);
    if (elsewhere !== null) linkStore(context, part, found, technology, elsewhere.ref, elsewhere.address, ["settings"]);
  }
}

/** Data sources of Spring, with one or several of them, of Quarkus and of Micronaut. */
const dataSource =
  /^(?:spring\.(?:datasource|r2dbc|data\.mongodb)|quarkus\.(?:datasource|mongodb)|datasources)\.[\w.-]{0,200}(?:url|uri|connection-string) = /i;

/** A client in a shared library of a language whose frameworks wire everything says only that it could be used. */
function clientClass({ cue, own }: FoundCue): CueClass {
  const library = cue.kind === "store-client" ? cue.library : "";
  if (isBuildFile(cue.file)) return connectsByItself(library) ? "convention" : "dependency";
  return !own && /\.(?:cs|java|kt|scala)$/.test(cue.file) ? "dependency" : "call";
}

/** Starters that make a connection when the program starts, whether code asks for it or not. */
function connectsByItself(library: string): boolean {
  return /^(?:[\w.]+:)?(?:spring-boot-starter-(?:amqp|data-\w[\w-]*|artemis|activemq)|spring-cloud-(?:starter-)?(?:bus|stream)-[\w-]+|spring-cloud-stream-binder-\w+|quarkus-(?:jdbc|redis|mongodb|messaging|smallrye-reactive-messaging)[\w-]*)$/.test(
    library,
  );
}

function isBuildFile(file: string): boolean {
  return /(?:^|\/)(?:package\.json|pom\.xml|build\.gradle(?:\.kts)?|go\.mod|requirements[\w-]*\.txt|pyproject\.toml|Gemfile|composer\.json|Cargo\.toml|[\w.-]+\.[cf]sproj)$/.test(
    file,
  );
}

/** Stores of a technology that are linked already. */
function storesOf(context: LinkContext, part: Part, technology: string): Ref[] {
  return [
    ...new Set(
      context.storeUses
        .filter(
          (use) =>
            use.component === part.ref &&
            sameTechnology(context.resources.get(use.resource)?.technology ?? use.technology, technology),
        )
        .map((use) => use.resource),
    ),
  ];
}

function likelyStore(context: LinkContext, part: Part, technology: string): Ref | null {
  const fitting = [...context.resources.values()].filter(
    (resource) =>
      ["datastore", "cache", "broker", "bucket"].includes(resource.kind) &&
      resource.partOf === null &&
      sameTechnology(resource.technology, technology),
  );
  if (fitting.length === 1) return fitting[0]?.ref ?? null;
  const waited = part.units.flatMap(({ unit, repository }) => {
    const ordered = new Set((unit?.dependsOn ?? []).map(({ name }) => context.book.byHost(name, repository)));
    const stores = fitting.filter(({ ref }) => ordered.has(ref));
    return stores.length === 0 ? [] : [{ file: unit?.file ?? "", stores }];
  });
  // Where each file that deploys it has one store for it, that is one store under several names.
  const files = new Set(waited.map(({ file }) => file));
  const stores = new Set(waited.flatMap(({ stores: of }) => of));
  const isOne = stores.size === 1 || (files.size === waited.length && waited.every(({ stores: of }) => of.length === 1));
  if (waited.length > 0 && isOne) return waited[0]?.stores[0]?.ref ?? null;
  const own = stem(part.component?.name ?? "");
  const named =
    own === "" ? [] : fitting.filter(({ name, aliases }) => [name, ...aliases].some((known) => stemOfStore(known) === own));
  if (named.length === 1) return named[0]?.ref ?? null;
  // Of several that are deployed for different occasions, the one that the others are connected to.
  const inUse = fitting.filter(({ ref }) => context.storeUses.some((use) => use.resource === ref && use.component !== part.ref));
  return inUse.length === 1 && context.storeUses.filter((use) => use.resource === inUse[0]?.ref).length >= 2
    ? (inUse[0]?.ref ?? null)
    : null;
}

/** `orders-db`, `mongo-orders` and `orders_postgres` are the store of `orders`. */
function stemOfStore(name: string): string {
  return stem(
    name
      .replace(
        /(?:^|[-_.])(?:db|database|data|store|storage|mongo(?:db)?|postgres(?:ql)?|pg|mysql|mariadb|redis|cache|mssql|sql|sqlserver|cassandra)(?=$|[-_.])/gi,
        "",
      )
      .replace(/(?:db|mongo|mysql|postgres|redis)$/i, ""),
  );
}

/** Database names that code gives apart from the address: `client.db("orders")`, `spring.data.mongodb.database`. */
function nameDatabases(context: LinkContext, part: Part): void {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "store-client" || cue.database === null || isLeftOver(part, found, cue.technology)) continue;
    for (const { text } of resolveTemplate(cue.database, part, context.shared)) {
      if (text.includes("{}") || text === "") continue;
      for (const resource of storesOf(context, part, cue.technology))
        context.storeUses.push({
          component: part.ref,
          resource,
          technology: cue.technology,
          database: text,
          schema: null,
          user: null,
          evidence: [cueEvidence(found)],
        });
    }
  }
}
