import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { clean } from "../../../drystone/src/report/_shared/index.js";

/** A command with a button that copies it. `what` completes "Copy …" for those who do not see the command beside it. */
export function Command({ text, what = "the command" }: { readonly text: string; readonly what?: string }): JSX.Element {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  // What is copied is what is seen: a control character in a name never reaches a shell.
  const shown = clean(text, 2000);
  const copy = async (): Promise<void> => setState((await copied(shown)) ? "copied" : "failed");
  return (
    <span class="command">
      <code dir="ltr" translate={false}>
        {shown}
      </code>
      <button type="button" class="copy" onClick={() => void copy()} aria-label={`Copy ${what}: ${clean(text, 80)}`}>
        {state === "copied" ? "Copied" : state === "failed" ? "Press Ctrl+C" : "Copy"}
      </button>
      <span class="unseen" role="status">
        {state === "copied" ? "Copied" : ""}
      </span>
    </span>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Pages from disk have no clipboard in some browsers.
function copiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
