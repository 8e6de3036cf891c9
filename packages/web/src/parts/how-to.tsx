import type { JSX } from "preact";
import { tame } from "../../../drystone/src/report/_shared/index.js";
import { Command } from "./command.js";

/** `how` of a missing input: a command, and a note in brackets behind three spaces. */
export function HowTo({ text }: { readonly text: string }): JSX.Element {
  const [command = "", ...notes] = text.split(/ {3}(?=\()/);
  const [, line] = /^\((.+)\)$/s.exec(notes[0] ?? "") ?? [];
  if (command === "drystone.yaml" && line !== undefined) {
    return (
      <div class="how-to">
        <Command text={line} /> <span class="quiet">(in drystone.yaml)</span>
      </div>
    );
  }
  return (
    <div class="how-to">
      <Command text={command} />
      {notes.map((note) => (
        <span key={note} class="quiet">
          {" "}
          {tame(note, 200)}
        </span>
      ))}
    </div>
  );
}
