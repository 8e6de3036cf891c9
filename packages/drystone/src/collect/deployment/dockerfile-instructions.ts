/** The instructions of a Dockerfile with continued lines joined. */

export interface Instruction {
  /** Upper case. */
  readonly name: string;
  /** All after the name. */
  readonly rest: string;
  /** The same, cut at blanks. */
  readonly words: readonly string[];
  readonly line: number;
  /** Its lines as they stand, with their numbers; comments among them are left out. */
  readonly lines: readonly Line[];
}

interface Line {
  readonly text: string;
  readonly line: number;
}

const maxText = 200_000;
const maxRest = 20_000;

/** Reads up to 200 kB; texts of here-documents are left out. */
export function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  const escape = /^#\s{0,9}escape\s{0,9}=\s{0,9}`/im.test(text.slice(0, 500)) ? "`" : "\\";
  let pending: Line[] = [];
  let marks: string[] = [];
  for (const [index, raw] of text.slice(0, maxText).split("\n").entries()) {
    const line = raw.trim();
    if (marks.length > 0) {
      if (line === marks[0]) marks = marks.slice(1);
      continue;
    }
    if (line === "" || line.startsWith("#")) continue;
    if (line.endsWith(escape)) {
      pending.push({ text: line.slice(0, -1), line: index + 1 });
      continue;
    }
    pending.push({ text: line, line: index + 1 });
    const instruction = instructionOf(pending);
    pending = [];
    found.push(instruction);
    marks = /^(?:RUN|COPY|ADD)$/.test(instruction.name) ? hereMarks(instruction.rest) : [];
  }
  if (pending.length > 0) found.push(instructionOf(pending));
  return found;
}

function instructionOf(lines: readonly Line[]): Instruction {
  const whole = lines
    .map(({ text }) => text)
    .join(" ")
    .slice(0, maxRest)
    .trim();
  const [name = ""] = /^\S{1,30}/.exec(whole) ?? [];
  const rest = whole.slice(name.length).trim();
  return { name: name.toUpperCase(), rest, words: rest.split(/\s+/).filter(Boolean), line: lines[0]?.line ?? 1, lines };
}

/** `RUN <<EOF` and `COPY <<'EOF' /x`: the lines up to the mark are no instructions. */
function hereMarks(rest: string): string[] {
  return [...rest.matchAll(/<<-?["']?([A-Za-z_]\w{0,60})["']?/g)].flatMap((found) => found[1] ?? []).slice(0, 5);
}
