import type { Source } from "./source.js";

/** Works `read` out once for each file, however many detectors ask. */
export function perSource<T>(read: (source: Source) => T): (source: Source) => T {
  const known = new WeakMap<Source, { readonly value: T }>();
  return (source) => {
    const found = known.get(source) ?? { value: read(source) };
    known.set(source, found);
    return found.value;
  };
}
