/** Which component or resource answers to a name or a port. Never by likeness of names. */
import type { Placement } from "#collect/inventory/index.js";
import type { ComponentFact, ResourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { plainName } from "#util/words.js";

/** `near` are the deployment files of who asks: where several have a name, one of the same file is meant. */
export interface AddressBook {
  /** By a host name as a network gives it, then as a registry does; null when none or several have it. */
  byHost(host: string, repository: string, near?: ReadonlySet<string>): Ref | null;
  /** By any name that a component or resource is known by; null when none or several have it. */
  byName(name: string, repository: string): Ref | null;
  /** The only one that listens on a port of the developer's machine. */
  byLocalPort(port: number, repository: string, near?: ReadonlySet<string>): Ref | null;
}

interface Entry {
  readonly ref: Ref;
  readonly repository: string;
  /** Deployment file that gives it the name. */
  readonly file?: string;
}

/**
 * @param appNames names under which components register themselves. @param ownPorts ports that the settings of a component say it listens on.
 * @param launchPorts ports on a developer's machine only: they count where nobody else has them.
 */
export function addressBook(
  components: readonly ComponentFact[],
  resources: readonly ResourceFact[],
  placed: readonly Placement[],
  appNames: ReadonlyMap<Ref, readonly string[]>,
  ownPorts: ReadonlyMap<Ref, readonly number[]>,
  launchPorts: ReadonlyMap<Ref, readonly number[]>,
): AddressBook {
  const hosts = new Map<string, Entry[]>();
  const names = new Map<string, Entry[]>();
  const stems = new Map<string, Entry[]>();
  const ports = new Map<string, Entry[]>();
  const put = (index: Map<string, Entry[]>, key: string, entry: Entry) => {
    const entries = index.get(key);
    if (key === "") return;
    if (entries === undefined) index.set(key, [entry]);
    else if (
      !entries.some(({ ref, repository, file }) => ref === entry.ref && repository === entry.repository && file === entry.file)
    )
      entries.push(entry);
  };
  const stores = new Set(resources.map(({ ref }) => ref));
  for (const { ref, unit, repository } of placed) {
    if (unit === null) continue;
    const entry = { ref, repository, file: unit.file };
    for (const name of [unit.name, ...unit.aliases]) put(hosts, name.toLowerCase(), entry);
    // A server in a cluster is not on the developer's machine; programs are when they run there without it.
    const inCluster = (unit.format === "kubernetes" || unit.format === "helm") && stores.has(ref);
    for (const { container, host } of unit.ports) {
      if (host !== null || !inCluster) put(ports, String(host ?? container), entry);
    }
  }
  const libraries = new Set(components.filter(({ kind }) => kind === "library" || kind === "module").map(({ ref }) => ref));
  for (const { ref, repository, name, aliases } of components) {
    if (libraries.has(ref)) continue;
    for (const known of [name, ...aliases, ...(appNames.get(ref) ?? [])]) {
      put(names, plainName(known), { ref, repository });
      put(stems, stem(known), { ref, repository });
    }
  }
  for (const { ref, name, aliases, kind } of resources) {
    if (kind === "table" || kind === "topic" || kind === "volume") continue;
    for (const known of [name, ...aliases]) put(names, plainName(known), { ref, repository: "" });
  }
  // A port inside of a container that the machine knows under another number.
  const mapped = new Set(
    placed.flatMap(({ ref, unit }) =>
      (unit?.ports ?? []).flatMap(({ container, host }) => (host === null || host === container ? [] : [`${ref} ${container}`])),
    ),
  );
  const same = new Set(placed.flatMap(({ ref, unit }) => (unit?.ports ?? []).map(({ host }) => `${ref} ${host}`)));
  const isMapped = (ref: Ref, port: number) => mapped.has(`${ref} ${port}`) && !same.has(`${ref} ${port}`);
  const launched = new Map<string, Entry[]>();
  for (const [index, of] of [
    [ports, ownPorts],
    [launched, launchPorts],
  ] as const)
    for (const [ref, own] of of) {
      const repository = components.find((component) => component.ref === ref)?.repository ?? "";
      for (const port of own) if (!isMapped(ref, port)) put(index, String(port), { ref, repository });
    }
  return {
    byHost: (host, repository, near) => {
      const name = host.toLowerCase();
      // `shop.app` is on the public internet, `shop.app.svc` is not.
      const short =
        /^([\w-]+)\.(?:[\w-]+\.)?(?:svc|cluster|local|internal|consul|service|mesh|default|apps|app(?=\.))\b/.exec(name)?.[1] ??
        null;
      return (
        only(hosts.get(name), repository, near) ??
        only(names.get(plainName(name)), repository) ??
        (short === null ? null : (only(hosts.get(short), repository) ?? only(names.get(plainName(short)), repository)))
      );
    },
    byName: (name, repository) =>
      only(names.get(plainName(name)), repository) ??
      only(hosts.get(name.toLowerCase()), repository) ??
      only(stems.get(stem(name)), repository),
    byLocalPort: (port, repository, near) => only(ports.get(String(port)) ?? launched.get(String(port)), repository, near),
  };
}

function only(entries: readonly Entry[] | undefined, repository: string, near?: ReadonlySet<string>): Ref | null {
  if (entries === undefined) return null;
  const beside = new Set(entries.flatMap(({ ref, file }) => (file !== undefined && near?.has(file) === true ? [ref] : [])));
  if (beside.size === 1) return [...beside][0] ?? null;
  const own = new Set(entries.filter((entry) => entry.repository === repository).map(({ ref }) => ref));
  const all = own.size > 0 ? own : new Set(entries.map(({ ref }) => ref));
  const [first] = all;
  return all.size === 1 ? (first ?? null) : null;
}

/** `order-service` and `orders` are both `order`; at least three letters stay. */
export function stem(name: string): string {
  const short = plainName(name)
    .replace(/(?:micro)?(?:service|svc|server|api|app|application|ms)$/, "")
    .replace(/s$/, "");
  return short.length >= 3 ? short : plainName(name);
}
