/** What a command asks that checks the health of a program. */

/** `http :8080/health` for a request to a page, `grpc :50051` for a probe of gRPC, else the command: `exec pg_isready -U shop`. */
export function commandTarget(words: readonly string[]): string {
  const line = words.join(" ").slice(0, 500);
  const url = /https?:\/\/[^\s:/"']{1,200}(:[\w${}]{1,40})?(\/[^\s"'|;&)]{0,200})?/.exec(line);
  if (url) return `http ${url[1] ?? ""}${url[2] ?? "/"}`;
  if (/\bgrpc[_-]health[_-]probe\b/.test(line))
    return `grpc ${/-addr[= ]\s{0,5}\S{0,100}?(:\d{1,5})/.exec(line)?.[1] ?? ""}`.trim();
  return `exec ${line.slice(0, 120)}`.trim();
}
