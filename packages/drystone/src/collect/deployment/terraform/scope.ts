/** What expressions can see. */
import type { TerraformValue } from "./value.js";

/** What names mean in a place. */
export interface Scope {
  /** Value of a name with its first steps, such as `var.name`; how many steps it took. Null for names that it does not know. */
  readonly lookup: (base: string, steps: readonly string[]) => { readonly value: TerraformValue; readonly taken: number } | null;
  /** Names of a `for`, of `each`, of a dynamic block. */
  readonly names: ReadonlyMap<string, TerraformValue>;
  readonly file: string;
  /** Text of a file that an expression asks for. */
  readonly readFile: (path: string) => string | null;
  readonly budget: { steps: number };
  readonly depth: number;
}
