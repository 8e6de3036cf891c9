/** A page of terminal text: wraps, indents and colours; the one place through which everything printed goes. */
import { clean, displayWidth, noBreak, wrap } from "./width.js";

/** How a terminal report is printed. */
export interface TextOptions {
  /** Width of the terminal; below 60 the report is still laid out for 60, above 110 for 110 (longer lines are hard to read). */
  readonly columns: number;
  readonly colour: boolean;
  /** `teams` hides who a person is, `handles` shows handles, `off` leaves out every question about people. */
  readonly people: "teams" | "handles" | "off";
  readonly folders?: Folders;
}

/** Where repositories lie for the reader, by id; without an entry the id is taken for the folder. */
export type Folders = Readonly<Record<string, string>>;

/** Red and cyan stay apart for every kind of colour blindness; a symbol and a word always stand beside them. */
export type Tone = "plain" | "strong" | "quiet" | "alarm" | "between" | "calm" | "command";

/** A piece of a line in one tone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** Collects lines; `toString` ends with a newline. */
export interface Page {
  readonly columns: number;
  readonly folders: Folders;
  blank(): void;
  heading(text: string): void;
  /** Wrapped text; `first` starts the first line and later lines hang below its end. */
  text(text: string, layout?: { indent?: number; first?: string; tone?: Tone; firstTone?: Tone }): void;
  /** One line of differently toned pieces, `right` at the right edge, or below, indented by `hang`, when it does not fit. */
  spans(left: readonly Span[], right: Span | null, hang: number): void;
  /** A line to copy: never wrapped, but for a note in brackets behind three spaces, which goes below it; one of more than 2000 characters is hostile and only announced. */
  command(text: string, indent: number): void;
  toString(): string;
}

/** @param options see `TextOptions` */
export function newPage(options: TextOptions): Page {
  const columns = Math.max(60, Math.min(110, Math.floor(options.columns) || 80));
  const paint = painter(options.colour);
  const lines: string[] = [];
  const page: Page = {
    columns,
    folders: options.folders ?? {},
    blank: () => {
      if (lines.length > 0 && lines.at(-1) !== "") lines.push("");
    },
    heading: (text) => {
      page.blank();
      lines.push(...wrap(safe(text), columns).map((line) => paint(line, "strong")));
    },
    text: (text, { indent = 0, first: start = "", tone = "plain", firstTone = tone } = {}) => {
      const lead = " ".repeat(indent);
      const first = safe(start);
      const hang = " ".repeat(displayWidth(first));
      for (const [index, line] of wrap(safe(text), columns - indent - hang.length).entries()) {
        lines.push(lead + (index === 0 ? paint(first, firstTone) : hang) + paint(line, tone));
      }
    },
    spans: (left, right, hang) => {
      const width = left.reduce((sum, span) => sum + displayWidth(safe(span.text)), 0);
      if (width > columns) return page.text([...left, ...(right === null ? [] : [right])].map((span) => span.text).join(" "));
      const line = left.map((span) => paint(held(span.text), span.tone)).join("");
      const gap = right === null ? 0 : columns - width - displayWidth(safe(right.text));
      if (right !== null && gap > 0) return void lines.push(line + " ".repeat(gap) + paint(held(right.text), right.tone));
      lines.push(line);
      if (right !== null) page.text(right.text, { indent: hang, tone: right.tone });
    },
    command: (text, indent) => {
      const [command = "", ...notes] = text.split(/ {3}(?=\()/);
      const shown =
        command.length > 2000 ? `(a command of ${text.length} characters; it is in the JSON result)` : clean(command, 2000);
      lines.push(" ".repeat(indent) + paint(shown, "command"));
      for (const note of notes) page.text(note, { indent: indent + 2, tone: "quiet" });
    },
    toString: () => `${lines.map((line) => line.trimEnd()).join("\n")}\n`,
  };
  return page;
}

// Text comes here bounded already; this catches a control character that somebody forgot.
function safe(text: string): string {
  return clean(text, 10_000);
}

function held(text: string): string {
  return safe(text).replaceAll(noBreak, " ");
}

function painter(colour: boolean): (text: string, tone: Tone) => string {
  if (!colour) return (text) => text;
  return (text, tone) => (tone === "plain" || text.trim() === "" ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`);
}

const codes: Readonly<Record<Exclude<Tone, "plain">, string>> = {
  strong: "1",
  quiet: "2",
  alarm: "1;31",
  between: "33",
  calm: "36",
  command: "36",
};
