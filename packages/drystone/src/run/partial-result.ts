import type { Result } from "#model/result.js";
import { version } from "./version.js";

/** What a command that answers one question knows; all else of its document is empty. */
export interface PartialResult extends Pick<Result, "inputs" | "headline" | "assessments" | "parameters"> {
  /** As it is typed: `contracts diff`. */
  readonly command: string;
  readonly model: Partial<Result["model"]>;
}

/** A result document of a command that answers one question. */
export function partialResult({ command, inputs, headline, model, assessments, parameters }: PartialResult): Result {
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version, command },
    inputs,
    headline,
    model: {
      components: [],
      resources: [],
      teams: [],
      contracts: [],
      operations: [],
      libraries: [],
      relations: [],
      unresolved: [],
      ...model,
    },
    measures: [],
    assessments,
    verdicts: [],
    advice: [],
    parameters,
  };
}

/** The first reason of an assessment is the answer to its question. */
export function headlineOf({ id, question, reasons }: Result["assessments"][number]): Result["headline"] {
  return { question, answer: reasons[0] ?? "", notApplicable: null, assessment: id };
}
