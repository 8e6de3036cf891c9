/** A sign as one file gives it, before it is known to which component the file belongs. */
import type { BaselineSign, BaselineSignKind } from "#model/baseline.js";

export interface FileSign {
  readonly kind: BaselineSignKind;
  readonly subject: string;
  readonly detail: string | null;
  readonly value: number | null;
  readonly reach: BaselineSign["reach"];
  readonly line: number;
  /** The line itself, without secrets, at most 160 characters. */
  readonly text: string;
}

export function fileSign(
  kind: BaselineSignKind,
  subject: string,
  place: { readonly line: number; readonly text: string },
  more: Partial<Pick<FileSign, "detail" | "value" | "reach">> = {},
): FileSign {
  return { kind, subject, detail: null, value: null, reach: "component", line: place.line, text: place.text, ...more };
}
