/** Paths of ASP.NET routes. */

/** One slash before and between, none behind; `{id:int?}` and `{**rest}` become `{id}` and `{rest}`. A route that begins with `/` or `~/` drops what stands before it when `absolute`. */
export function joinRoutes(prefix: string, route: string, absolute = false): string {
  const isAbsolute = absolute && /^~?\//.test(route);
  const whole = `/${isAbsolute ? "" : prefix}/${route.replace(/^~/, "")}`
    .replace(/\{\*{0,2}([A-Za-z_]\w{0,80})[^{}]{0,200}\}/g, "{$1}")
    .replace(/\{\}/g, "{value}")
    .replace(/\/{2,}/g, "/");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}

/** Tokens of attribute routes: `[controller]`, `[action]`, `[area]`. */
export function withTokens(
  route: string,
  tokens: { readonly controller: string; readonly action: string; readonly area: string },
): string {
  return route.replace(/\[(controller|action|area)\]/gi, (_, name: string) => tokens[name.toLowerCase() as keyof typeof tokens]);
}
