/** Recognising a violation, whatever moved around it. */
import type { ViolationKey } from "#model/policy.js";

/** One text per key, to look it up. With `"without-module"` an entry is found again after its module got another name. */
export function keyText(key: ViolationKey, module: "with-module" | "without-module" = "with-module"): string {
  return [key.rule, module === "with-module" ? key.module : "", key.from, key.to, key.kind ?? ""].join("\0");
}
