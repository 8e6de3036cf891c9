/** Caddyfile: `reverse_proxy`, `php_fastcgi`, and `proxy` of version 1. */
import { lineWords } from "./line-words.js";
import { type FoundRoute, maxRoutes, type ProxyRoute, placed } from "./proxy-route.js";

export function isCaddy(text: string): boolean {
  return /^[ \t]{0,50}(?:reverse_proxy|php_fastcgi)\s{1,20}\S|^[ \t]{0,50}proxy\s{1,20}\/\S{0,200}\s{1,20}\S/m.test(text);
}

interface Frame {
  readonly path: string | null;
  readonly host: string | null;
  readonly matchers: Map<string, string[]>;
  /** In a block of `reverse_proxy`, where further servers are named. */
  readonly proxies: readonly (string | null)[] | null;
}

export function readCaddy(file: string, text: string): ProxyRoute[] {
  const routes: FoundRoute[] = [];
  const frames: Frame[] = [{ path: null, host: null, matchers: new Map(), proxies: null }];
  for (const [index, written] of text.split("\n").slice(0, 20_000).entries()) {
    const words = lineWords(written.slice(0, 2000).replace(/(?:^|\s)#.{0,2000}$/, ""));
    const opens = words.at(-1) === "{";
    const args = opens ? words.slice(0, -1) : words;
    const frame = frames.at(-1);
    if (!frame || routes.length >= maxRoutes) break;
    if (words[0] === "}") {
      if (frames.length > 1) frames.pop();
      continue;
    }
    const proxied = readLine(args, frame, index + 1, routes);
    if (opens && frames.length < 50) frames.push(inside(args, frame, frames.length === 1, proxied));
    else if (frames.length === 1 && isAddress(args[0] ?? "")) frames[0] = { ...frame, host: hostOf(args[0] ?? "") };
  }
  return routes.map((route) => placed(route, file));
}

/** @returns the paths of a proxy, when the line is one. */
function readLine(args: readonly string[], frame: Frame, line: number, routes: FoundRoute[]): readonly (string | null)[] | null {
  const [name = "", ...rest] = args;
  const push = (paths: readonly (string | null)[], targets: readonly string[], protocol: ProxyRoute["protocol"]) => {
    for (const path of paths)
      for (const target of targets)
        if (!target.startsWith("unix"))
          routes.push({ path, host: frame.host, target, line, protocol: target.startsWith("h2c:") ? "grpc" : protocol });
  };
  if (name.startsWith("@")) {
    const paths = rest[0] === "path" ? rest.slice(1).map(prefixOf) : [];
    frame.matchers.set(name, paths);
    return null;
  }
  if (name === "path" && frame.matchers.has("@")) frame.matchers.get("@")?.push(...rest.map(prefixOf));
  if (frame.proxies !== null && name === "to") push(frame.proxies, rest, "http");
  if (!/^(?:reverse_proxy|php_fastcgi|proxy)$/.test(name)) return null;
  const matcher = rest[0] ?? "";
  const isMatcher = /^(?:[/*@])/.test(matcher);
  const found = !isMatcher
    ? [frame.path]
    : matcher.startsWith("@")
      ? (frame.matchers.get(matcher) ?? [])
      : [matcher === "*" ? frame.path : prefixOf(matcher)];
  const paths = found.length > 0 ? found : [frame.path];
  push(paths, isMatcher ? rest.slice(1) : rest, name === "php_fastcgi" ? "fastcgi" : "http");
  return paths;
}

function inside(args: readonly string[], frame: Frame, isTop: boolean, proxied: readonly (string | null)[] | null): Frame {
  const [name = "", matcher = ""] = args;
  if (proxied !== null) return { ...frame, proxies: proxied };
  // A matcher with a block of its own lists its paths there.
  if (name.startsWith("@")) {
    const paths: string[] = frame.matchers.get(name) ?? [];
    frame.matchers.set(name, paths);
    return { ...frame, matchers: new Map([["@", paths]]) };
  }
  if (/^(?:handle|handle_path|route)$/.test(name)) {
    const path = matcher.startsWith("@")
      ? (frame.matchers.get(matcher)?.[0] ?? null)
      : matcher.startsWith("/")
        ? prefixOf(matcher)
        : frame.path;
    return { ...frame, path };
  }
  return isTop ? { ...frame, host: hostOf(name), matchers: new Map(frame.matchers) } : frame;
}

function prefixOf(matcher: string): string {
  return matcher.replace(/\*$/, "");
}

function isAddress(word: string): boolean {
  return /^(?:https?:\/\/)?[\w*.-]{0,200}(?::\d{1,5})?,?$/.test(word) && /[.:]/.test(word);
}

function hostOf(address: string): string | null {
  const host = /^(?:https?:\/\/)?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?::\d{1,5})?,?$/.exec(address)?.[1];
  return host ?? null;
}
