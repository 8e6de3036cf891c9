/** The main path: collect, then assess. The first file to read. */
import type { Facts } from "#model/facts.js";
import type { Result } from "#model/result.js";
import type { AdviceRequest } from "./advice-request.js";
import { collectFacts } from "./collect-facts.js";
import type { AssessOptions, CollectOptions } from "./options.js";
import type { RunningInputs } from "./running-inputs.js";
import { version } from "./version.js";

export { type AdviceRequest, adviceRequest } from "./advice-request.js";
export { collectFacts } from "./collect-facts.js";
export type { AssessOptions, CollectOptions } from "./options.js";
export { noRunningInputs, type RunningInputs } from "./running-inputs.js";

/** The facts with what exported files say. */
export async function withRunningFacts(facts: Facts, inputs: RunningInputs): Promise<Facts> {
  return (await import("./running-facts.js")).withRunningFacts(facts, inputs);
}

/** Facts to a result, without git, files or network. What assesses is loaded only when it is asked for. */
export async function assessFacts(facts: Facts, options: AssessOptions = {}): Promise<Result> {
  const { buildResult } = await import("./build-result.js");
  return buildResult(facts, options, version);
}

/** Facts to a result with the advice that was asked for. @throws UsageError for a name that is nothing of the system. */
export async function adviseFacts(facts: Facts, request: AdviceRequest, options: AssessOptions = {}): Promise<Result> {
  const { adviseResult } = await import("./advise-result.js");
  return adviseResult(facts, request, options, version);
}

/** Repositories to a result. */
export async function assess(
  options: Omit<CollectOptions, "cacheDirectory"> & AssessOptions & { readonly cacheDirectory?: string | null },
): Promise<Result> {
  return assessFacts(await collectFacts({ ...options, cacheDirectory: options.cacheDirectory ?? null }), options);
}
