/** The views that matter, one below the other: to print, or to read from top to bottom. */
import type { JSX } from "preact";
import type { ViewProps } from "../page.js";
import { AdviceView } from "./advice.js";
import { Answer } from "./answer.js";
import { Contracts } from "./contracts.js";
import { DataStores } from "./data-stores.js";
import { Dependencies } from "./dependencies.js";
import { Estate } from "./estate.js";
import { Findings } from "./findings.js";
import { Libraries } from "./libraries.js";
import { Method } from "./method.js";
import { Modules } from "./modules.js";
import { Ownership } from "./ownership.js";

const printed = [
  Answer,
  Estate,
  Ownership,
  Dependencies,
  DataStores,
  Libraries,
  Contracts,
  Modules,
  AdviceView,
  Findings,
  Method,
];

export function Whole(props: ViewProps): JSX.Element {
  const plain = { ...props, parts: [] };
  return (
    <>
      <p class="no-print">
        <button type="button" onClick={() => window.print()}>
          Print, or save as PDF
        </button>
      </p>
      {printed.map((View, index) => (
        <article key={index} class="sheet">
          <View {...plain} />
        </article>
      ))}
    </>
  );
}
