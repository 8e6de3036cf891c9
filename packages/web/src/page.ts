/** What every view is given. */
import type { ReportView } from "../../drystone/src/report/_shared/index.js";
import type { PageData, Result } from "./model.js";

export interface ViewProps {
  readonly data: PageData;
  readonly result: Result;
  /** Sentences of the report, the same as in the terminal. */
  readonly report: ReportView;
  /** Parts of the address behind the view. */
  readonly parts: readonly string[];
}
