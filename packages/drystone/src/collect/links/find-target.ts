/** From an address to the component or resource that is meant. */
import { componentRef, type Ref } from "#model/refs.js";
import type { Address } from "./address.js";
import type { LinkContext } from "./context.js";
import type { Part } from "./parts.js";
import { sameTechnology } from "./same-technology.js";

/** Null when no name and no port leads anywhere. `allowOutside`: a public host becomes an external component. */
export function targetOf(context: LinkContext, part: Part, address: Address, allowOutside: boolean): Ref | null {
  const host = address.host.toLowerCase();
  const near = new Set(part.units.flatMap(({ unit }) => (unit === null ? [] : [unit.file])));
  if (isLocal(host))
    return address.port === null
      ? null
      : (context.book.byLocalPort(address.port, part.repository, near) ?? byUsualPort(context, address.port));
  const known =
    context.book.byHost(host, part.repository, near) ??
    (address.technology === "discovery" ? context.book.byName(host, part.repository) : null);
  if (known !== null) return known;
  if (!allowOutside || !isPublic(host)) return null;
  return address.technology === "smtp" ? outsideServer(context, part, "mail-server", host) : outside(context, part, host);
}

/** `http://localhost:9200`: the port that everybody gives to one kind of server, of which the system has just one. */
function byUsualPort(context: LinkContext, port: number): Ref | null {
  const technology = usualPorts.get(port);
  if (technology === undefined) return null;
  const fitting = [...context.resources.values()].filter(
    (resource) => resource.partOf === null && sameTechnology(resource.technology, technology),
  );
  return fitting.length === 1 ? (fitting[0]?.ref ?? null) : null;
}

const usualPorts: ReadonlyMap<number, string> = new Map([
  [5432, "postgresql"],
  [3306, "mysql"],
  [1433, "sqlserver"],
  [27_017, "mongodb"],
  [6379, "redis"],
  [5672, "rabbitmq"],
  [9092, "kafka"],
  [4222, "nats"],
  [9200, "elasticsearch"],
  [9042, "cassandra"],
  [7687, "neo4j"],
  [8086, "influxdb"],
  [11_211, "memcached"],
  [5984, "couchdb"],
]);

export function isLocal(host: string): boolean {
  return /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|host\.docker\.internal|docker\.for\.\w+|\[?::1\]?|192\.168\.\d+\.\d+|10\.0\.2\.2)$/.test(
    host,
  );
}

const documentation =
  /(?:^|\.)(?:example\.(?:com|org|net)|w3\.org|github\.com|githubusercontent\.com|schema\.org|json-schema\.org|swagger\.io|openapis\.org|apache\.org|mozilla\.org|npmjs\.(?:com|org)|stackoverflow\.com|wikipedia\.org|spring\.io|springframework\.org|microsoft\.com|aka\.ms|jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|bootstrapcdn\.com|googleapis\.com\/css|gstatic\.com|fontawesome\.com|gravatar\.com|shields\.io|placeholder\.com|placehold\.it|localhost|test|invalid|local)$/;

/** A host of the public internet that a program could really use. */
function isPublic(host: string): boolean {
  return (
    /^(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,6}(?:com|net|org|io|dev|app|cloud|ai|co|eu|de|uk|us|fr|nl|cn|in|br|jp|ru|info|biz|me|tech|online|site|gov|edu)$/.test(
      host,
    ) && !documentation.test(host)
  );
}

function outside(context: LinkContext, part: Part, host: string): Ref {
  return outsideServer(context, part, host.replace(/^www\./, ""), null);
}

/** A system outside, under the name of what it does where its host says nothing to a reader. */
export function outsideServer(context: LinkContext, part: Part, name: string, alias: string | null): Ref {
  const ref = componentRef(name);
  if (!context.components.has(ref) && !context.found.components.has(ref)) {
    context.found.components.set(ref, {
      ref,
      name,
      kind: "external",
      built: false,
      partOf: null,
      repository: part.repository,
      paths: [],
      aliases: alias === null ? [] : [alias],
      technology: null,
      declaredOwners: [],
      declared: false,
      inferredFrom: [`${part.component?.name ?? part.ref} has its address`],
      evidence: [],
    });
  }
  return ref;
}
