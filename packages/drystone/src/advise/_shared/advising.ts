/** What a question about one part is asked with. Derived once per part. */
import type { Estate } from "#derive/estate/index.js";
import type { FileView } from "#derive/files/index.js";
import type { Crossings, Part, PartChanges } from "#derive/parts/index.js";
import type { Assessment } from "#model/result.js";

export interface Advising {
  readonly estate: Estate;
  readonly view: FileView;
  readonly part: Part;
  readonly changes: PartChanges;
  readonly crossings: Crossings;
  /** Of the whole system. */
  readonly assessments: readonly Assessment[];
}
