/** Apache httpd: `ProxyPass`, rewriting to another server, balancers. */
import { lineWords } from "./line-words.js";
import { type FoundRoute, fixedStart, maxRoutes, type ProxyRoute, placed } from "./proxy-route.js";

export function isApache(text: string): boolean {
  return (
    /^[ \t]{0,50}(?:ProxyPass(?:Match|Reverse)?|BalancerMember|SetHandler\s{1,20}["']?proxy:)/im.test(text) ||
    (/^[ \t]{0,50}RewriteRule\s/im.test(text) && /[[,]P[,\]]/.test(text))
  );
}

const maxLines = 50_000;

export function readApache(file: string, text: string): ProxyRoute[] {
  const lines = joinedLines(text);
  const members = balancerMembers(lines);
  const defined = new Map<string, string>();
  const routes: FoundRoute[] = [];
  const reversed: FoundRoute[] = [];
  const sections: { readonly name: string; readonly path: string | null }[] = [];
  let host: string | null = null;
  for (const { text: written, line } of lines) {
    if (routes.length >= maxRoutes) break;
    const words = lineWords(filledIn(written, defined));
    const name = (words[0] ?? "").toLowerCase();
    if (name.startsWith("</")) sections.pop();
    else if (name.startsWith("<")) {
      sections.push({ name, path: name.startsWith("<location") ? locationPath(words) : null });
      if (name.startsWith("<virtualhost")) host = null;
    } else if (name === "define" && words[1]) defined.set(words[1], words[2] ?? "");
    else if (name === "servername") host = (words[1] ?? "").replace(/^https?:\/\//, "").replace(/:\d{1,5}$/, "") || null;
    else {
      const passed = passedOn(name, words.slice(1), sections.findLast((section) => section.path !== null)?.path ?? null);
      if (!passed) continue;
      const into = name === "proxypassreverse" ? reversed : routes;
      for (const target of addresses(passed.target, members))
        into.push({ path: passed.path, host, target, line, protocol: protocolOf(target) });
    }
  }
  // What only turns answers back says where requests went, unless a rule says it too.
  const known = new Set(routes.map(({ path, target }) => `${path} ${hostAndPort(target)}`));
  const more = reversed.filter(
    ({ path, target }) =>
      !known.has(`${path} ${hostAndPort(target)}`) && !routes.some((route) => hostAndPort(route.target) === hostAndPort(target)),
  );
  return [...routes, ...more].map((route) => placed(route, file));
}

function passedOn(name: string, args: readonly string[], section: string | null): { path: string | null; target: string } | null {
  if (name === "proxypass" || name === "proxypassreverse") {
    const isAddress = isTarget(args[0] ?? "");
    const [path, target] = isAddress ? [section, args[0]] : [args[0] ?? null, args[1]];
    return target !== undefined && isTarget(target) ? { path, target } : null;
  }
  if (name === "proxypassmatch") {
    const isAddress = isTarget(args[0] ?? "");
    const target = (isAddress ? args[0] : args[1]) ?? "";
    return isTarget(target) ? { path: isAddress ? section : fixedStart(args[0] ?? ""), target: withoutGroups(target) } : null;
  }
  if (name === "rewriterule" && /(?:^|[[,])P(?:[,\]]|$)/.test(args[2] ?? "")) {
    const target = args[1] ?? "";
    return isTarget(target) ? { path: fixedStart(args[0] ?? "") ?? section, target: withoutGroups(target) } : null;
  }
  if (name === "sethandler" && args[0]?.startsWith("proxy:")) {
    const target = args[0].slice("proxy:".length);
    return isTarget(target) ? { path: section, target } : null;
  }
  return null;
}

function isTarget(text: string): boolean {
  return /^(?:https?|h2c?|wss?|fcgi|ajp|balancer|uwsgi|scgi):\/\/[^/|]/i.test(text);
}

function withoutGroups(target: string): string {
  return target.replace(/[$%](?:\d|\{[A-Z_:]{1,60}\})/g, "").replace(/[?]$/, "");
}

/** `<Location "/api">`, `<LocationMatch "^/api">`. */
function locationPath(words: readonly string[]): string | null {
  const path = (words[1] === "~" ? words[2] : words[1])?.replace(/>$/, "") ?? "";
  return /^<locationmatch/i.test(words[0] ?? "") || words[1] === "~" ? fixedStart(path) : path || null;
}

function addresses(target: string, members: ReadonlyMap<string, readonly string[]>): string[] {
  const balancer = /^balancer:\/\/([\w.-]{1,200})(\/.{0,1000})?$/i.exec(target);
  if (!balancer) return [target];
  return (members.get((balancer[1] ?? "").toLowerCase()) ?? []).map((member) => member + (balancer[2] ?? ""));
}

/** Servers of `<Proxy balancer://name>`. */
function balancerMembers(lines: readonly Line[]): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  let balancer: string | null = null;
  for (const { text } of lines) {
    const open = /^<Proxy\s{1,20}["']?balancer:\/\/([\w.-]{1,200})/i.exec(text)?.[1];
    if (open !== undefined) balancer = open.toLowerCase();
    else if (/^<\/Proxy>/i.test(text)) balancer = null;
    const member = /^BalancerMember\s{1,20}["']?([^\s"']{1,500})/i.exec(text)?.[1];
    if (member !== undefined && balancer !== null)
      members.set(balancer, [...(members.get(balancer) ?? []), member.replace(/\/$/, "")].slice(0, 50));
  }
  return members;
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/** Lines without comments and blanks; a backslash at the end joins the next. */
function joinedLines(text: string): Line[] {
  const found: Line[] = [];
  const lines = text.split("\n").slice(0, maxLines);
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let whole = (lines[at] ?? "").slice(0, 5000).trim();
    while (whole.endsWith("\\") && at + 1 < lines.length && whole.length < 10_000)
      whole = `${whole.slice(0, -1)} ${(lines[++at] ?? "").slice(0, 5000).trim()}`;
    if (whole !== "" && !whole.startsWith("#")) found.push({ text: whole, line });
  }
  return found;
}

function filledIn(text: string, defined: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{([\w.-]{1,100})\}/g, (whole, name: string) => defined.get(name) ?? whole).slice(0, 10_000);
}

function hostAndPort(target: string): string {
  return /^[a-z\d]{1,20}:\/\/([^/]{1,300})/i.exec(target)?.[1] ?? target;
}

function protocolOf(target: string): ProxyRoute["protocol"] {
  return /^(?:fcgi|uwsgi|scgi):/i.test(target)
    ? "fastcgi"
    : /^h2c?:/i.test(target)
      ? "grpc"
      : /^ajp:/i.test(target)
        ? "tcp"
        : "http";
}
