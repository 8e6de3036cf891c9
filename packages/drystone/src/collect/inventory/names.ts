/** Comparing the names that different files give to one thing. Never by how much they look alike. */
import { lastPart } from "#collect/manifests/index.js";
import { plainName, wordsOf } from "#util/words.js";

/** Without the word that says only that it is a program, or in which language: `cartservice`, `cart-svc`, `cart-api-go` and `cart` are `cart`. Short rests stay whole. */
export function stemOf(name: string): string {
  const plain = plainName(
    name.replace(/[-_.](?:go|golang|java|kotlin|node|nodejs|python|rust|ruby|php|dotnet|csharp|scala)$/i, ""),
  );
  const stem = plain.replace(/(?:microservice|service|svc|server|application|app|api|ms)$/, "");
  return stem.length >= 2 ? stem : plain;
}

/** Without the word that tells releases of one program apart that run beside each other: `reviews-v2`, `cart-canary`; null when there is none. */
export function withoutTrack(name: string): string | null {
  const bare = name.replace(/[-_](?:v\d{1,4}|canary|stable|blue|green|fix|hotfix|preview|shadow|primary|baseline|patched)$/i, "");
  return bare === name || bare === "" ? null : bare;
}

/** Compares names without the word that most of them start with: `shop-cart` and `cart`. Such a word is on three names at least, and on most. */
export function withoutCommonPrefix(names: readonly string[]): (name: string) => string {
  const distinct = new Set(names);
  const counts = new Map<string, number>();
  for (const name of distinct) {
    const [word, ...rest] = wordsOf(name);
    if (word !== undefined && rest.length > 0) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const common = [...counts].find(([, count]) => count >= 3 && count * 2 > distinct.size)?.[0];
  return (name) => {
    const words = wordsOf(name);
    return (words.length > 1 && words[0] === common ? words.slice(1) : words).join("");
  };
}

const generic =
  /^(?:app|application|web|server|api|backend|service|main|default|client|demo|root|src|project|workspace|monorepo|my-?app|sample|example|template|node|site|core|code|cmd|docker|dev|develop|development|prod|production|local|image|package|undefined|unnamed|base|parent)$/;

/** True for a name that says nothing about this system. */
export function isGeneric(name: string): boolean {
  return generic.test(name.toLowerCase());
}

const trial =
  /^(?:tests?|e2e|lint|mocks?|mocked|unit|acceptance|integration|cypress|playwright|selenium|ci|sut|fixtures?|wiremock|mockserver|format|prettier|devcontainer|shell|debug)$/;

/** True for services of a compose file that only check others: `test_unit`, `e2e`. */
export function isTrial(name: string): boolean {
  return wordsOf(name).some((word) => trial.test(word));
}

/** An image without registry, tag and digest: `ghcr.io/shop/cart:1.2` is `shop/cart`. */
export function imagePath(image: string): string {
  const bare = image.trim().replace(/@sha256:[0-9a-f]*$/i, "");
  const slash = bare.lastIndexOf("/");
  const colon = bare.indexOf(":", slash + 1);
  const parts = (colon < 0 ? bare : bare.slice(0, colon)).split("/");
  const first = parts[0] ?? "";
  return (parts.length > 1 && (/[.:]/.test(first) || first === "localhost" || first === "") ? parts.slice(1) : parts)
    .join("/")
    .toLowerCase();
}

/** The words after the version in a tag: `demo:2.1-cart` names `cart` where one image name serves all; "" when there are none. */
export function imageTagName(image: string): string {
  const slash = image.lastIndexOf("/");
  const colon = image.indexOf(":", slash + 1);
  return colon < 0 ? "" : (/^(?:[\w.]{1,60}-)?([a-z][a-z-]{2,60})$/.exec(image.slice(colon + 1))?.[1] ?? "");
}

/** Last part of an image path. */
export function imageName(image: string): string {
  return lastPart(imagePath(image));
}
