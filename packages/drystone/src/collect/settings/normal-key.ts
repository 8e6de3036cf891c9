/**
 * The same text for all spellings of a key: `ORDER_SERVICE_URL`, `order.service-url`, `order.serviceUrl`; `Urls__Basket`, `Urls:Basket`.
 * Letters and digits only, in lower case.
 */
export function normalKey(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, "");
}
