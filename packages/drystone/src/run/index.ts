/** The main path: collect, then assess. The first file to read. */
import type { Facts } from "#model/facts.js";
import type { Result } from "#model/result.js";
import { collectFacts } from "./collect-facts.js";
import type { AssessOptions, CollectOptions } from "./options.js";
import { version } from "./version.js";

export { collectFacts } from "./collect-facts.js";
export { declarationText } from "./declaration-text.js";
export type { AssessOptions, CollectOptions } from "./options.js";

/** Facts to a result, without git, files or network. What assesses is loaded only when it is asked for. */
export async function assessFacts(facts: Facts, options: AssessOptions = {}): Promise<Result> {
  const { buildResult } = await import("./build-result.js");
  return buildResult(facts, options, version);
}

/** Repositories to a result. */
export async function assess(
  options: Omit<CollectOptions, "cacheDirectory"> & AssessOptions & { readonly cacheDirectory?: string | null },
): Promise<Result> {
  return assessFacts(await collectFacts({ ...options, cacheDirectory: options.cacheDirectory ?? null }), options);
}
