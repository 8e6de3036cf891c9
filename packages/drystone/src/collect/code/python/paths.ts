/** Joins prefixes and a path of any Python framework: `{name}` for parameters, one slash between parts, none at the end. */
export function endpointPath(...parts: readonly string[]): string {
  const joined = parts
    .join("/")
    .replace(/\(\?P<(\w{1,60})>(?:[^()]|\([^()]{0,80}\)){0,120}\)/g, "{$1}")
    .replace(/\((?!\?P)(?:[^()]|\([^()]{0,80}\)){0,120}\)\??/g, "{}")
    .replace(/<(?:[\w.]{1,60}(?:\([^)]{0,80}\))?:)?(\w{1,60})(?::[^>]{0,80})?>/g, "{$1}")
    .replace(/\{(\w{1,60}):[^{}]{1,60}\}/g, "{$1}")
    .replace(/\/:(\w{1,60})/g, "/{$1}")
    .replace(/^[\^/]+|\/\^|\\[AZzb]|\$$/g, "/")
    .replace(/\$(?=\/|$)|\?$/g, "")
    .replace(/\\([./-])/g, "$1")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return joined.startsWith("/") ? joined : `/${joined}`;
}
