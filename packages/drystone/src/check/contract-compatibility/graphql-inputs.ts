/** What the reference implementation does not compare of inputs: defaults that come, go or change, and choices of one. */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from "graphql";
import type { Level } from "./change.js";

export interface InputChange {
  readonly type: string;
  /** As the reference implementation puts it: `By.size ...`. */
  readonly description: string;
  readonly level: Level;
}

export function inputChanges(before: GraphQLSchema, after: GraphQLSchema): InputChange[] {
  return Object.values(before.getTypeMap()).flatMap((old): InputChange[] => {
    const next = after.getType(old.name);
    if (old.name.startsWith("__")) return [];
    if (isInputObjectType(old) && isInputObjectType(next)) {
      const chosen: InputChange[] =
        next.isOneOf && !old.isOneOf
          ? [{ type: "INPUT_BECAME_ONE_OF", description: `${old.name} takes exactly one of its fields now.`, level: "error" }]
          : [];
      return [...chosen, ...defaultChanges(old.name, Object.values(old.getFields()), next.getFields())];
    }
    if (!(isObjectType(old) && isObjectType(next)) && !(isInterfaceType(old) && isInterfaceType(next))) return [];
    return Object.values(old.getFields()).flatMap((field) => {
      const now = next.getFields()[field.name];
      // A default that was there before is compared by the reference implementation.
      const without = field.args.filter((arg) => arg.defaultValue === undefined);
      return now === undefined
        ? []
        : defaultChanges(`${old.name}.${field.name}`, without, Object.fromEntries(now.args.map((arg) => [arg.name, arg])));
    });
  });
}

type Input = GraphQLArgument | GraphQLInputField;

/** Who leaves it out gets something else. */
function defaultChanges(owner: string, old: readonly Input[], next: Readonly<Record<string, Input>>): InputChange[] {
  return old.flatMap((input): InputChange[] => {
    const now = Object.hasOwn(next, input.name) ? next[input.name] : undefined;
    const [before, after] = [textOf(input), now === undefined ? null : textOf(now)];
    if (now === undefined || before === after) return [];
    const spot = owner.includes(".") ? `${owner} argument ${input.name}` : `${owner}.${input.name}`;
    return [
      {
        type: "INPUT_DEFAULT_CHANGE",
        description: `${spot}: the default changed from ${before ?? "none"} to ${after ?? "none"}, and who leaves it out gets something else.`,
        level: "warning",
      },
    ];
  });
}

function textOf({ astNode }: Input): string | null {
  return astNode?.defaultValue === undefined ? null : print(astNode.defaultValue).slice(0, 100);
}
