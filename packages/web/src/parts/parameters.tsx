import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import { Code } from "./text.js";

const mostGroups = 200;

/** Settings as used, a group per line: `A1  tLo 0.1 · tHi 0.25`. */
export function Parameters({ groups }: { readonly groups: readonly (readonly [name: string, value: unknown])[] }): JSX.Element {
  return (
    <dl class="facts parameters">
      {groups.slice(0, mostGroups).map(([name, value]) => (
        <div key={name}>
          <dt>{clean(name, 40)}</dt>
          <dd>
            {fieldsOf(value).map(([field, text]) => (
              <span key={field} class="parameter">
                {field !== "" && <span class="quiet">{clean(field, 40)} </span>}
                <Code text={text} limit={300} />
              </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function fieldsOf(value: unknown): readonly (readonly [field: string, text: string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [["", shown(value)]];
  return Object.entries(value)
    .slice(0, 60)
    .map(([field, each]) => [field, shown(each)]);
}

function shown(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(3)));
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
