/** What stands behind a statement. Shapes of result.md; `subject`, `date` and `text` are there so that a reader need not look the place up. */
export type Evidence =
  | {
      readonly type: "commit";
      readonly repository: string;
      readonly commit: string;
      readonly date?: string;
      readonly subject?: string;
    }
  | { readonly type: "file"; readonly repository: string; readonly file: string; readonly line: number; readonly text?: string }
  | {
      readonly type: "declaration";
      readonly repository: string;
      readonly file: string;
      readonly line: number;
      readonly text?: string;
    }
  | { readonly type: "span"; readonly trace: string; readonly span: string }
  | { readonly type: "deploy"; readonly id: string }
  | { readonly type: "workitem"; readonly id: string };

/** A finding holds at most this many; `evidenceTotal` says how many there are. */
export const maxEvidence = 20;
