/** The syntax of Terraform's language as a tree. */

export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Attribute {
  readonly value: Expression;
  readonly line: number;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly line: number;
}

export type Expression =
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  /** Texts and expressions in turn. */
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  /** A name and the steps behind it; null for a splat. */
  | { readonly kind: "path"; readonly base: Expression | string; readonly steps: readonly (Expression | string | null)[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "map"; readonly entries: readonly MapEntry[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "choice"; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "operation"; readonly operator: string; readonly left: Expression | null; readonly right: Expression }
  | ForExpression;

export interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
  readonly line: number;
}

export interface ForExpression {
  readonly kind: "for";
  /** One name, or key and value. */
  readonly names: readonly string[];
  readonly over: Expression;
  /** Null for a list. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** Values of equal keys are gathered in lists. */
  readonly groups: boolean;
}

export const nothing: Expression = { kind: "constant", value: null };
