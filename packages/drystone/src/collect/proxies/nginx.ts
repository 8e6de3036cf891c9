/** nginx: `proxy_pass` and its kind in servers and locations. */
import { type Directive, readDirectives } from "./nginx-blocks.js";
import { type FoundRoute, fixedStart, maxRoutes, type ProxyRoute, placed } from "./proxy-route.js";

/** True when a text passes requests on as nginx does. */
export function isNginx(text: string): boolean {
  return /(?:^|[\s{;])(?:proxy|grpc|fastcgi|uwsgi|scgi)_pass\s{1,100}[^\s;]/m.test(text);
}

/** Routes of a configuration, of a part of one, or of a template of one. */
export function readNginx(file: string, text: string): ProxyRoute[] {
  const directives = readDirectives(text);
  const upstreams = new Map<string, readonly string[]>();
  collectUpstreams(directives, upstreams, 0);
  const routes: FoundRoute[] = [];
  collectRoutes(directives, { path: null, host: null, tcp: false, variables: new Map() }, upstreams, routes, 0);
  return routes.map((route) => placed(route, file));
}

/** Servers of the `upstream` blocks by name. */
function collectUpstreams(directives: readonly Directive[], upstreams: Map<string, readonly string[]>, depth: number): void {
  for (const { name, args, block } of directives) {
    if (block === null || depth > 20) continue;
    const servers = block.flatMap((inner) => (inner.name === "server" ? (inner.args[0] ?? []) : []));
    if (name === "upstream" && args[0] !== undefined) upstreams.set(args[0], servers.slice(0, 50));
    else collectUpstreams(block, upstreams, depth + 1);
  }
}

interface Context {
  readonly path: string | null;
  readonly host: string | null;
  readonly tcp: boolean;
  readonly variables: ReadonlyMap<string, string>;
}

function collectRoutes(
  directives: readonly Directive[],
  outer: Context,
  upstreams: ReadonlyMap<string, readonly string[]>,
  routes: FoundRoute[],
  depth: number,
): void {
  const context: Context = { ...outer, host: hostOf(directives) ?? outer.host, variables: withSet(directives, outer.variables) };
  for (const directive of directives) {
    if (routes.length >= maxRoutes) return;
    const protocol = passes.get(directive.name);
    const target = directive.args[0];
    if (protocol && target !== undefined && directive.block === null) {
      for (const address of addresses(target, context.variables, upstreams)) {
        const { path, host, tcp } = context;
        routes.push({
          path,
          host,
          target: address,
          line: directive.line,
          protocol: tcp && protocol === "http" ? "tcp" : protocol,
        });
      }
    } else if (directive.block !== null && depth < 40)
      collectRoutes(directive.block, inside(directive, context), upstreams, routes, depth + 1);
  }
}

const passes: ReadonlyMap<string, ProxyRoute["protocol"]> = new Map([
  ["proxy_pass", "http"],
  ["grpc_pass", "grpc"],
  ["fastcgi_pass", "fastcgi"],
  ["uwsgi_pass", "fastcgi"],
  ["scgi_pass", "fastcgi"],
]);

function inside(directive: Directive, context: Context): Context {
  if (directive.name === "stream") return { ...context, tcp: true };
  return directive.name === "location" ? { ...context, path: locationPath(directive.args) } : context;
}

/** `location /api`, `location = /api`, `location ~ ^/api/(.*)$`. */
function locationPath(args: readonly string[]): string | null {
  const [first = "", second] = args;
  const joined = /^(=|\^~|~\*?)(\/.{0,500}|\^.{0,500})$/.exec(first);
  const [modifier, pattern] = joined ? [joined[1] ?? "", joined[2] ?? ""] : second === undefined ? ["", first] : [first, second];
  if (modifier.startsWith("~")) return fixedStart(pattern);
  return pattern.startsWith("/") || pattern.includes("${") || pattern.includes("{{") ? pattern : null;
}

function hostOf(directives: readonly Directive[]): string | null {
  const names = directives.flatMap((directive) =>
    directive.name === "server_name" && directive.block === null ? directive.args : [],
  );
  return names.find((name) => /^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(name)) ?? null;
}

function withSet(directives: readonly Directive[], outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const variables = new Map(outer);
  for (const { name, args } of directives) {
    const [variable, value] = args;
    if (name === "set" && variable?.startsWith("$") && value !== undefined && value.length < 500)
      variables.set(variable.slice(1), filledIn(value, variables));
  }
  return variables;
}

/** Known variables replaced; those of the environment (`${NAME}`) and of the request stay. */
function filledIn(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .replace(
      /\$(?:\{([A-Za-z_]\w{0,100})\}|([A-Za-z_]\w{0,100}))/g,
      (whole, braced?: string, plain?: string) => variables.get(braced ?? plain ?? "") ?? whole,
    )
    .slice(0, 2000);
}

/** The address itself, or one for each server of the upstream that it names; none for sockets. */
function addresses(
  written: string,
  variables: ReadonlyMap<string, string>,
  upstreams: ReadonlyMap<string, readonly string[]>,
): string[] {
  const whole = filledIn(written, variables).replace(requestVariables, "");
  const [, scheme = "", host = "", rest = ""] = /^([a-z][\w+.-]{0,20}:\/\/)?([^/]{0,500})(.{0,2000})$/s.exec(whole) ?? [];
  if (host === "" || host.startsWith("unix:")) return [];
  const servers = upstreams.get(host) ?? [host];
  return servers.filter((server) => !server.startsWith("unix:")).map((server) => scheme + server + rest);
}

/** What nginx itself knows of a request says nothing about the server. */
const requestVariables =
  /\$(?:request_uri|uri|is_args|args|query_string|document_uri|fastcgi_path_info|\d)\b|\$\{(?:request_uri|uri|is_args|args|query_string)\}/g;
