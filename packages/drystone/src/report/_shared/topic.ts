/** What a question is called and means. */
export interface Topic {
  readonly title: string;
  /** A noun for lists: `changes, deployment and data`. */
  readonly noun: string;
  readonly definition: string;
  /** Where the definition and its limits come from. */
  readonly source: string;
  /** Where the evidence behind the question is weak or contested. */
  readonly contested: string;
  /** Keys of `result.parameters` that the assessment uses, and the names of its two limits there. */
  readonly parameters: readonly string[];
  readonly limits: readonly [string, string] | null;
}
