/** Joins prefixes and a path: `{name}` for parameters, one slash between parts, none at the end. */
export function endpointPath(...parts: readonly string[]): string {
  const holes: string[] = [];
  const joined = parts
    .map((part) =>
      part.replace(/\$\{[^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100})?\}/g, (hole) => `\u0000${holes.push(hole) - 1}\u0000`),
    )
    .flatMap((part) => part.split("/"))
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(segment)
    .join("/")
    // oxlint-disable-next-line no-control-regex -- stands for a hole while the path is split
    .replace(/\u0000(\d{1,4})\u0000/g, (_, index: string) => holes[Number(index)] ?? "");
  return `/${joined}`;
}

/** `:id`, `:id(\\d+)?`, `[id]`, `[...slug]`; what is none stays. */
function segment(part: string): string {
  const file = /^\[{1,2}(?:\.\.\.)?([\w-]{1,80})\]{1,2}$/.exec(part);
  if (file) return `{${file[1] ?? ""}}`;
  return part.replace(/:([A-Za-z_]\w{0,80})(?:\([^()]{0,100}\))?[?*+]?/g, "{$1}");
}
