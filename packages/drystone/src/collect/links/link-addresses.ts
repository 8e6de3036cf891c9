/** Links by address: literals, settings and manifests that name a host. */
import { withoutSecrets } from "#collect/secrets/index.js";
import { normalKey } from "#collect/settings/index.js";
import type { Evidence } from "#model/evidence.js";
import { isObservability } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { type Address, isHostName, parseAddresses } from "./address.js";
import { clientsOf, isConfiguredOnly, isLeftOver } from "./configured-only.js";
import { cueEvidence, givenEvidence, type LinkContext, linkTo } from "./context.js";
import type { CueClass } from "./edges.js";
import { isLocal, targetOf } from "./find-target.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";
import { sameTechnology } from "./same-technology.js";
import { isForBrowsers, keysForBrowsers, nameInKey, namesPage } from "./setting-names.js";

/** Keys whose value is the name of a host even when it is a lone word. */
const hostKey = /host|addr|url|uri|endpoint|server|service|broker|bootstrap|dsn|_db$|api$|^api/i;

export function linkAddresses(context: LinkContext): void {
  for (const part of context.parts) {
    linkCues(context, part);
    linkGiven(context, part);
  }
  // Servers that are only deployed here know others from their manifests.
  for (const part of context.deployedOnly) linkGiven(context, part);
}

function linkCues(context: LinkContext, part: Part): void {
  const forBrowsers = keysForBrowsers(part);
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "call" && isForBrowsers(cue.text)) continue;
    if (cue.kind === "address" && forBrowsers.has(normalKey(/^([^\s=]{1,200}) = /.exec(cue.text)?.[1] ?? ""))) continue;
    if (cue.kind === "address")
      follow(context, part, found, cue.value, cue.use === "client" ? "call" : fileClass(found), cue.technology);
    else if (cue.kind === "call") follow(context, part, found, cue.target, "call", cue.protocol);
    else if (cue.kind === "setting") followSetting(context, part, found, cue.key, cue.fallback);
    else if (cue.kind === "named-call") followName(context, part, found, cue.name, cue.path);
  }
}

function fileClass({ cue }: FoundCue): CueClass {
  return /\.(?:ya?ml|properties|json|toml|ini|env|conf|xml)$|(?:^|\/)\.env/.test(cue.file) ? "settings" : "code";
}

function follow(
  context: LinkContext,
  part: Part,
  found: FoundCue,
  template: string,
  cueClass: CueClass,
  technology: string | null,
): void {
  for (const { text, given, missing } of resolveTemplate(template, part, context.shared)) {
    const invoked = /\/v1\.0\/invoke\/([\w.-]{1,80})\/method(\/[^\s?#]{1,200})?/.exec(text);
    if (invoked?.[1] !== undefined) {
      followName(context, part, found, invoked[1], invoked[2] ?? null);
      continue;
    }
    if (missing !== null) followMissing(context, part, found, missing, text);
    for (const address of parseAddresses(text)) {
      const known: Address = { ...address, technology: address.technology ?? technology };
      if (isOwn(part, known)) continue;
      // A library may know many systems outside; which of them a component really uses, only its own code says.
      const holders = cueClass === "settings" ? holdersOfBlock(context, part, found) : null;
      const outsideAllowed =
        holders === null &&
        found.own &&
        !isServer(part) &&
        !namesPage(template) &&
        (cueClass === "call" || (cueClass === "settings" && known.scheme !== null) || given.length > 0);
      const target = targetOf(context, part, known, outsideAllowed);
      // Clients announce themselves to an administration server; the use goes the other way.
      if (target === null || context.components.get(target)?.kind === "admin") continue;
      const own: CueClass =
        isUnused(found, cueClass, given.length) && !context.resources.has(target)
          ? "lone"
          : holders?.has(target) || isLeftOver(part, found, context.resources.get(target)?.technology ?? null)
            ? "order"
            : cueClass;
      const classes: CueClass[] = [own, ...given.map(({ from }): CueClass => (from === "file" ? "settings" : "manifest"))];
      link(context, part, target, known, classes, [cueEvidence(found), ...given.map(givenEvidence)]);
    }
  }
}

/** A lone address in the code of a library says that somebody may call it: all who have the library have it. */
function isUnused({ own }: FoundCue, cueClass: CueClass, given: number): boolean {
  return !own && cueClass === "code" && given === 0;
}

/**
 * A list of addresses that stands in the settings of many does not say who calls whom, least of all where the one that it names holds it too; code that reads the key does.
 * Null where the line is no part of such a list.
 */
function holdersOfBlock(context: LinkContext, part: Part, { cue }: FoundCue): ReadonlySet<Ref> | null {
  const key = /^([^\s=]{1,200}) = /.exec(cue.text)?.[1];
  if (key === undefined || part.reads.has(normalKey(key))) return null;
  const found = holdersOf(context).get(cue.text);
  return found !== undefined && found.size >= leastHolders ? found : null;
}

const leastHolders = 3;
const knownHolders = new WeakMap<readonly Part[], ReadonlyMap<string, ReadonlySet<Ref>>>();

/** Components by the line of settings, `key = address`, that they hold. */
function holdersOf({ parts }: LinkContext): ReadonlyMap<string, ReadonlySet<Ref>> {
  const known = knownHolders.get(parts);
  if (known !== undefined) return known;
  const found = new Map<string, Set<Ref>>();
  for (const { ref, cues } of parts)
    for (const one of cues)
      if (one.cue.kind === "address" && one.own && fileClass(one) === "settings")
        found.set(one.cue.text, (found.get(one.cue.text) ?? new Set<Ref>()).add(ref));
  knownHolders.set(parts, found);
  return found;
}

/**
 * An address that only a setting outside of the repository has: `${ORDER_SERVICE_URL}/orders`. Where the setting is called exactly like a component, that one is meant.
 */
function followMissing(context: LinkContext, part: Part, found: FoundCue, key: string, text: string): void {
  const name = nameInKey(key);
  const target = name === null || namesPage(key) ? null : context.book.byName(name, part.repository);
  const kind = target === null ? undefined : context.components.get(target)?.kind;
  if (target === null || target === part.ref || (kind !== "service" && kind !== "gateway" && kind !== "auth")) return;
  const path = /^(?:[a-z]{2,10}:\/\/)?\{\}(\/[^\s?#]{0,200})/.exec(text)?.[1] ?? null;
  const address: Address = {
    scheme: null,
    host: name ?? "",
    port: null,
    path,
    technology: null,
    database: null,
    schema: null,
    user: null,
  };
  link(context, part, target, address, ["code"], [cueEvidence(found)]);
}

/** What a setting is given in a manifest or file, or falls back to. */
function followSetting(context: LinkContext, part: Part, found: FoundCue, key: string, fallback: string | null): void {
  const template = fallback === null ? `\${${key}}` : `\${${key}:-${fallback}}`;
  for (const { text, given, missing } of resolveTemplate(template, part, context.shared)) {
    if (missing !== null && text === "{}") followMissing(context, part, found, missing, text);
    if (text === "{}" || text === "") continue;
    const classes: CueClass[] = ["code", ...given.map(({ from }): CueClass => (from === "file" ? "settings" : "manifest"))];
    for (const address of hostsIn(text, key)) {
      if (isOwn(part, address)) continue;
      const target = targetOf(
        context,
        part,
        address,
        found.own && !namesPage(key) && (given.length > 0 || address.scheme !== null),
      );
      if (target === null || (namesDatabase(key, text) && !context.resources.has(target))) continue;
      link(context, part, target, address, classes, [cueEvidence(found), ...given.map(givenEvidence)]);
    }
  }
}

/** `POSTGRES_DB=orders` names a database, and a host only where a store is called so. */
function namesDatabase(key: string, text: string): boolean {
  return /_db$|database/i.test(key) && isHostName(text);
}

function followName(context: LinkContext, part: Part, found: FoundCue, template: string, path: string | null): void {
  for (const { text, given } of resolveTemplate(template, part, context.shared)) {
    const name = /^(?:lb|http|https|https\+http):\/\/([\w.-]{1,200})/.exec(text)?.[1] ?? text;
    const target = context.book.byName(name, part.repository);
    if (target === null) {
      if (/^[\w.-]{2,80}$/.test(name))
        context.unresolved.push({
          component: part.ref,
          kind: "call",
          text: name,
          reason: "no component of this system has this name",
          evidence: [cueEvidence(found)],
        });
      continue;
    }
    const address: Address = {
      scheme: null,
      host: name,
      port: null,
      path,
      technology: "http",
      database: null,
      schema: null,
      user: null,
    };
    link(context, part, target, address, ["call", "convention"], [cueEvidence(found), ...given.map(givenEvidence)]);
  }
}

/** Manifests and settings files that no code names: the framework or a script reads them. A value that many share counts only when the code reads its key. */
function linkGiven(context: LinkContext, part: Part): void {
  const forBrowsers = keysForBrowsers(part);
  for (const [normal, values] of part.given) {
    for (const given of values) {
      if (given.from === "file" || (given.from === "shared" && !part.reads.has(normal))) continue;
      if (isForBrowsers(given.key) || forBrowsers.has(normal)) continue;
      for (const { text } of resolveTemplate(given.value, part, context.shared)) {
        for (const address of hostsIn(text, given.key)) {
          if (isOwn(part, address)) continue;
          const target = targetOf(context, part, address, false);
          if (target === null || (namesDatabase(given.key, text) && !context.resources.has(target))) continue;
          const classes: CueClass[] = part.reads.has(normal)
            ? ["manifest", "code"]
            : [isUnread(context, part, target) ? "order" : "manifest"];
          link(context, part, target, address, classes, [givenEvidence(given)]);
        }
      }
    }
  }
  linkCommands(context, part);
}

const explicit: ReadonlySet<string> = new Set(["node", "go", "rust"]);

/** In languages whose programs ask for each variable by name, one that is given and not asked for says little, unless there is a client that may ask by itself. */
function isUnread(context: LinkContext, part: Part, target: Ref): boolean {
  const resource = context.resources.get(target);
  const { component } = part;
  if (resource === undefined || component === null || !component.built || !explicit.has(component.technology ?? "")) return false;
  const known = part.cues.filter(({ cue }) => cue.kind === "setting" && /\.(?:[cm]?[jt]sx?|go|rs)$/.test(cue.file)).length;
  return known >= 3 && !clientsOf(part).some(({ technology }) => sameTechnology(resource.technology, technology));
}

/** Arguments of the command: `--db=postgres:5432`, `-kafka kafka:9092`. */
function linkCommands(context: LinkContext, part: Part): void {
  for (const { unit, repository } of part.units) {
    if (unit === null) continue;
    const words = unit.command.flatMap((word) => word.split(/[\s"'()[\]{}]+/).filter(Boolean)).slice(0, 500);
    for (const [index, word] of words.entries()) {
      const value = word.replace(/^--?[\w.-]{1,60}=/, "").replace(/^["'[({]{1,50}|["'\])},;]{1,50}$/g, "");
      const named = isNamedByFlag(words[index - 1] ?? "", word, value) ? hostsIn(value, "host") : parseAddresses(value);
      for (const address of named) {
        const target = isOwn(part, address) ? null : targetOf(context, part, address, false);
        if (target === null) continue;
        const text = withoutSecrets(word).slice(0, 160);
        link(
          context,
          part,
          target,
          address,
          ["manifest"],
          [{ type: "file", repository, file: unit.file, line: unit.line, text }],
        );
      }
    }
    for (const { name, file = unit.file, line, kind, alias } of unit.dependsOn) {
      const target = context.book.byHost(name, repository, new Set([unit.file]));
      if (target === null || target === part.ref) continue;
      const text = `${kind} ${alias ?? name}`;
      link(
        context,
        part,
        target,
        null,
        [kind === "wait" ? "manifest" : "order"],
        [{ type: "file", repository, file, line, text }],
      );
    }
  }
}

/** `-join consul`, `--db-host=postgres`: a lone word is a host when a flag says so. */
function isNamedByFlag(before: string, word: string, value: string): boolean {
  return word === value
    ? /^--?(?:[\w-]*(?:host|join|server|addr(?:ess)?|url|endpoint|peer|connect))$/i.test(before)
    : hostKey.test(word) || /join|peer/i.test(word);
}

function hostsIn(text: string, key: string): Address[] {
  const addresses = parseAddresses(text);
  if (addresses.length > 0) return addresses;
  if (!hostKey.test(key) || !isHostName(text) || text.length > 100) return [];
  return [{ scheme: null, host: text, port: null, path: null, technology: null, database: null, schema: null, user: null }];
}

/** Servers that are configured here and not programmed: their files are full of addresses of documentation. */
function isServer(part: Part): boolean {
  return part.component !== null && isObservability(part.component.kind);
}

/** Its own address: what it listens on or tells others. */
function isOwn(part: Part, address: Address): boolean {
  const own = part.units.some(
    ({ unit }) => unit !== null && [unit.name, ...unit.aliases].some((name) => name.toLowerCase() === address.host.toLowerCase()),
  );
  if (own) return true;
  if (!isLocal(address.host)) return false;
  return part.units.some(({ unit }) =>
    unit?.ports.some(({ container, host }) => container === address.port || host === address.port),
  );
}

function link(
  context: LinkContext,
  part: Part,
  target: Ref,
  address: Address | null,
  classes: readonly CueClass[],
  evidence: readonly Evidence[],
): void {
  if (isLinkForPeople(context, part, target, classes)) return;
  if (isConfiguredOnly(context, part, target, evidence)) {
    context.edges.add({ from: part.ref, to: target, kind: "reads", protocol: "db", detail: null, classes: ["order"], evidence });
    return;
  }
  const { kind, protocol } = linkTo(context, target, address);
  const path = address?.path?.replace(/[?#].*$/, "") ?? null;
  context.edges.add({
    from: part.ref,
    to: target,
    kind,
    protocol,
    detail: kind === "calls" && path !== null && path !== "/" ? path : null,
    classes,
    evidence,
  });
  const resource = context.resources.get(target);
  if (resource !== undefined && address !== null && classes.some((one) => one !== "order")) {
    context.storeUses.push({
      component: part.ref,
      resource: target,
      technology: resource.technology ?? address.technology,
      database: address.database,
      schema: address.schema,
      user: address.user,
      evidence: evidence.slice(0, 4),
    });
  }
}

/** The address of a page in the code of a service is sent to people or allowed as an origin; only a request there is a call. */
function isLinkForPeople(context: LinkContext, part: Part, target: Ref, classes: readonly CueClass[]): boolean {
  const kind = context.components.get(target)?.kind;
  const from = part.component?.kind;
  return (
    (kind === "frontend" || kind === "website") &&
    (from === "service" || from === "auth" || from === "job") &&
    !classes.includes("call")
  );
}
