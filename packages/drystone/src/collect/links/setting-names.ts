/** What the name of a setting tells of the address it holds. */
import { normalKey } from "#collect/settings/index.js";
import type { Part } from "./parts.js";

/** `order_service` of `REACT_APP_ORDER_SERVICE_URL`, `cart` of `CART_URL_BASE`; null for a key that names no address or nothing else. */
export function nameInKey(key: string): string | null {
  const plain = key.replace(/^(?:REACT_APP|NEXT_PUBLIC|VITE|VUE_APP|NUXT_PUBLIC|NUXT|EXPO_PUBLIC|PUBLIC)_/, "");
  const name =
    /^([A-Za-z]\w{2,60}?)(?:_(?:BASE|API|SERVER|GRPC|HTTP|INTERNAL|REST))*_(?:URL|URI|HOST|ADDR|ADDRESS|ENDPOINT|ORIGIN)(?:_BASE)?$/.exec(
      plain,
    )?.[1];
  return name === undefined || /^(?:base|app|client|site|server|host|service|self|root|public|backend_base|external)$/i.test(name)
    ? null
    : name;
}

/** Settings whose addresses people open and programs do not. */
export function namesPage(key: string): boolean {
  return /front|web(?!hook)|dashboard|redirect|origin|cors|widget|site|public|landing|docs|home|logo|image|avatar|cdn|static|callback/i.test(
    key,
  );
}

/** Where browsers are sent back to or come from, whose tokens are good, where documentation says a service is: nobody calls there. */
export function isForBrowsers(text: string): boolean {
  return /redirect_?-?ur[il]|postlogout|post_logout|with_?origins|(?:allowed?|cors)_?\.?origins?|valid_?(?:audience|issuer)|\baudiences?\b|\baddServer\(|\bcors\b|(?:log(?:in|out)|sign-?(?:in|out))-?(?:callback|oidc)|oauth2-redirect|<a\s{1,9}[^>]{0,200}href/i.test(
    text,
  );
}

/** Settings that code reads for such places only. */
export function keysForBrowsers(part: Part): Set<string> {
  const reads = part.cues.flatMap(({ cue }) =>
    cue.kind === "setting" ? [{ key: normalKey(cue.key), is: isForBrowsers(cue.text) }] : [],
  );
  const others = new Set(reads.filter(({ is }) => !is).map(({ key }) => key));
  return new Set(reads.filter(({ key, is }) => is && !others.has(key)).map(({ key }) => key));
}
