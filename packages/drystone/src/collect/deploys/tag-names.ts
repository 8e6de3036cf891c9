/** What the name of a tag releases: `orders@1.2.3`, `orders/v1.2.3`, `orders-v1.2.3`, `v1.2.3`. */

export interface ReleaseTag {
  /** As the tag names it; "" for the whole repository. */
  readonly service: string;
  readonly version: string;
  /** Release candidates and the like are not meant for users. */
  readonly isPrerelease: boolean;
}

const maxLength = 200;
const versionAtEnd = /(?:^|([@/_-]))(v?)(\d{1,9}(?:\.\d{1,9}){0,3})([-+.][0-9A-Za-z][0-9A-Za-z.+-]{0,60})?$/;
const prerelease = /(?:^|[-.+\d])(?:alpha|beta|rc|pre|preview|snapshot|dev|nightly|canary|next|m)(?:[-.+\d]|$)/i;
const ways = /^(?:releases?|deploy(?:ment)?s?|prod(?:uction)?|tags?)\//i;

/** Null for what is no release. */
export function releaseTag(tag: string): ReleaseTag | null {
  if (tag.length > maxLength) return null;
  const plain = tag.replace(ways, "");
  const match = versionAtEnd.exec(plain);
  if (match === null) return null;
  const [all, separator = "", prefix = "", version = "", rest = ""] = match;
  // `orders-2` may be a name; a version has a dot, a `v`, or stands behind `@` or `/`.
  if (!version.includes(".") && prefix === "" && separator !== "@" && separator !== "/") return null;
  return {
    service: plain.slice(0, plain.length - all.length),
    version: version + rest,
    isPrerelease: prerelease.test(rest),
  };
}
