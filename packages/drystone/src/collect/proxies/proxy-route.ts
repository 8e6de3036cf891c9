/** What a proxy passes on to whom. */
export interface ProxyRoute {
  /** Prefix at the proxy; null where all paths are meant or a pattern has no fixed start. */
  readonly path: string | null;
  readonly host: string | null;
  /** `http://user:8080/api` or `user:8080`; variables that the file does not set are left in. */
  readonly target: string;
  readonly file: string;
  /** Line of the target. */
  readonly line: number;
  readonly protocol: "http" | "grpc" | "fastcgi" | "tcp";
}

/** A route before it is known in which file it stands. */
export type FoundRoute = Omit<ProxyRoute, "file">;

export const maxRoutes = 5000;

/** A route without the words after `?` and before `@`: they may be keys and passwords. */
export function placed({ target, ...route }: FoundRoute, file: string): ProxyRoute {
  return { ...route, target: target.replace(/^([a-z][\w+.-]{0,20}:\/\/)?[^/@\s]{0,300}@/i, "$1").replace(/\?.*$/s, ""), file };
}

/** The start of a pattern that is fixed: `/api/` of `^/api/(.*)$` and of `/api/{rest}`; null when there is none. */
export function fixedStart(pattern: string): string | null {
  const start = /^\^?((?:[\w/.~@:%+-]|\\[./_-])*)/.exec(pattern.slice(0, 500))?.[1] ?? "";
  const whole = start.length === pattern.replace(/^\^/, "").length;
  // A sign that is repeated or optional is no longer fixed.
  const fixed =
    !whole && /^[*?+{]/.test(pattern.replace(/^\^/, "").slice(start.length)) && !start.endsWith("/") ? start.slice(0, -1) : start;
  const text = fixed.replaceAll("\\", "").replace(/[.+]$/, "");
  return text.startsWith("/") ? text : null;
}
