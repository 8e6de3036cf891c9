/** The caller asked for something that cannot be done: two lines and exit 2, no stack. */
export class UsageError extends Error {
  readonly code: string;
  readonly hint: string;

  /** @param code `DS-U01` and the like, stable. @param message names the file and the value seen. @param hint the fix. */
  constructor(code: string, message: string, hint: string) {
    super(message);
    this.name = "UsageError";
    this.code = code;
    this.hint = hint;
  }
}
