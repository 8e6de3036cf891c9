/** HAProxy: frontends, their rules, and the servers of backends. */
import { lineWords } from "./line-words.js";
import { type FoundRoute, maxRoutes, type ProxyRoute, placed } from "./proxy-route.js";

export function isHaproxy(text: string): boolean {
  return /^(?:backend|listen)\s{1,20}\S/m.test(text) && /^[ \t]{1,50}server(?:-template)?\s{1,20}\S/m.test(text);
}

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly lines: { readonly words: readonly string[]; readonly line: number }[];
}

export function readHaproxy(file: string, text: string): ProxyRoute[] {
  const sections = sectionsOf(text);
  const isTcp = (section: Section) =>
    (modeOf(section) ?? modeOf(sections.find(({ kind }) => kind === "defaults")) ?? "tcp") === "tcp";
  const backends = new Map(
    sections.filter(({ kind }) => kind === "backend" || kind === "listen").map((section) => [section.name, section]),
  );
  const routes: FoundRoute[] = [];
  const used = new Set<string>();
  const lead = (backend: string, condition: Condition, tcp: boolean) => {
    const section = backends.get(backend);
    if (!section || routes.length >= maxRoutes) return;
    used.add(backend);
    for (const { target, line, grpc } of serversOf(section))
      routes.push({ ...condition, target, line, protocol: grpc ? "grpc" : tcp || isTcp(section) ? "tcp" : "http" });
  };
  for (const section of sections) {
    if (section.kind === "listen") lead(section.name, everything, isTcp(section));
    if (section.kind !== "frontend" && section.kind !== "listen") continue;
    const acls = aclsOf(section);
    for (const { words } of section.lines) {
      const tcp = isTcp(section);
      if (words[0] === "use_backend" && words[1])
        for (const condition of conditionsOf(words.slice(2), acls)) lead(words[1], condition, tcp);
      if (words[0] === "default_backend" && words[1]) lead(words[1], everything, tcp);
    }
  }
  // Nobody says when, but somebody may choose it by a map.
  for (const [name, section] of backends) if (!used.has(name)) lead(name, everything, isTcp(section));
  return routes.map((route) => placed(route, file));
}

interface Condition {
  readonly path: string | null;
  readonly host: string | null;
}

const everything: Condition = { path: null, host: null };

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  for (const [index, line] of text.split("\n").slice(0, 50_000).entries()) {
    const words = lineWords(line.slice(0, 2000).replace(/(?:^|\s)#.{0,2000}$/, ""));
    const [kind, name = ""] = words;
    if (kind === undefined) continue;
    if (/^(?:global|defaults|frontend|backend|listen|resolvers|userlist|peers|cache|program)$/.test(kind) && !/^\s/.test(line)) {
      sections.push({ kind, name, lines: [] });
    } else sections.at(-1)?.lines.push({ words, line: index + 1 });
  }
  return sections;
}

function modeOf(section: Section | undefined): string | undefined {
  return section?.lines.find(({ words }) => words[0] === "mode")?.words[1];
}

function serversOf(section: Section): { target: string; line: number; grpc: boolean }[] {
  return section.lines.flatMap(({ words, line }) => {
    const address = words[0] === "server" ? words[2] : words[0] === "server-template" ? words[3] : undefined;
    if (address === undefined || address.startsWith("/") || address.startsWith("unix@")) return [];
    return [{ target: address, line, grpc: words.some((word, at) => word === "h2" && words[at - 1] === "proto") }];
  });
}

type Acls = ReadonlyMap<string, readonly Condition[]>;

function aclsOf(section: Section): Acls {
  const acls = new Map<string, Condition[]>();
  for (const { words } of section.lines) {
    if (words[0] !== "acl" || words[1] === undefined) continue;
    acls.set(words[1], [...(acls.get(words[1]) ?? []), ...tested(words.slice(2))]);
  }
  return acls;
}

/** `path_beg -i /api /v1`, `hdr(host) -i shop.example`. */
function tested(words: readonly string[]): Condition[] {
  const [test = "", ...rest] = words;
  const values = rest.filter((word) => !word.startsWith("-")).slice(0, 50);
  if (/^path(?:_beg|_dir)?$|^path,|^url_beg$/.test(test))
    return values.map((path) => ({ path: path.startsWith("/") ? path : `/${path}`, host: null }));
  return /^(?:req\.)?(?:hdr|req\.ssl_sni)(?:_dom|_beg|_end)?\(?(?:host)?/i.test(test) && /host|sni/i.test(test)
    ? values.map((host) => ({ path: null, host }))
    : [];
}

/** Conditions behind `if`: of names of acls, and of tests in braces. Alternatives stand apart, what is joined is merged. */
function conditionsOf(words: readonly string[], acls: Acls): Condition[] {
  if (words[0] !== "if") return [everything];
  const alternatives = words
    .slice(1)
    .join(" ")
    .split(/\s(?:\|\||or)\s/)
    .slice(0, 20);
  return alternatives.flatMap((alternative) => {
    const inline = [...alternative.matchAll(/\{\s{0,10}([^{}]{1,500})\}/g)].map((match) => tested(lineWords(match[1] ?? "")));
    const named = lineWords(alternative.replace(/\{[^{}]{0,500}\}/g, " ")).flatMap((name) => {
      const found = acls.get(name);
      return found ? [found] : [];
    });
    return [...inline, ...named]
      .filter((conditions) => conditions.length > 0)
      .reduce<Condition[]>(
        (before, conditions) =>
          before
            .flatMap((one) => conditions.map((other) => ({ path: other.path ?? one.path, host: other.host ?? one.host })))
            .slice(0, 100),
        [everything],
      );
  });
}
