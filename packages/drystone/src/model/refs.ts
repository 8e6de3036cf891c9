/** Entity refs as Backstage writes them: `kind:namespace/name`, compared without case. */

export type Ref = string;

/** Turns any text into the name part of a ref: lower case, `[a-z0-9]` joined by `-`, `_` or `.`, at most 63 characters. */
export function refName(text: string): string {
  const name = text
    .slice(0, 1000)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .replace(/[._-]{1,1000}$/, "")
    .slice(0, 63)
    .replace(/[._-]{1,63}$/, "");
  return name === "" ? "unnamed" : name;
}

export const componentRef = (name: string): Ref => `component:default/${refName(name)}`;
export const resourceRef = (name: string): Ref => `resource:default/${refName(name)}`;
export const groupRef = (name: string): Ref => `group:default/${refName(name)}`;

/** Parses `[kind:][namespace/]name`; kind and namespace fall back to the given defaults. Never throws. */
export function parseRef(text: string, defaultKind: string, defaultNamespace = "default"): Ref {
  const match = /^(?:([^:/\s]+):)?(?:([^/\s]+)\/)?(.+)$/.exec(text.trim());
  if (!match) return `${defaultKind}:${defaultNamespace}/${refName(text)}`;
  const [, kind = defaultKind, namespace = defaultNamespace, name = text] = match;
  return `${kind.toLowerCase()}:${refName(namespace)}/${refName(name)}`;
}

/** The name a reader sees: the last part of the ref. */
export function shortName(ref: Ref): string {
  const slash = ref.lastIndexOf("/");
  return slash < 0 ? ref : ref.slice(slash + 1);
}
