/** Rows of comma-separated text (RFC 4180; also semicolons and tabs), as objects by the names of the first row. */

const mostRows = 2_000_000;
const mostCell = 20_000;

/** Names are lower case without spaces around. Rows with too few cells lack the rest; `broken` counts rows with too many, and those with a quote that nothing closes. */
export function csvRows(text: string): { readonly rows: readonly ReadonlyMap<string, string>[]; readonly broken: number } {
  const { rows, broken } = cellsOf(text);
  const [header, ...lines] = rows;
  if (header === undefined) return { rows: [], broken };
  const names = header.map((name) =>
    name
      .replace(/^\ufeff/, "")
      .trim()
      .toLowerCase(),
  );
  const whole = lines.filter((cells) => cells.length <= names.length);
  return {
    rows: whole.map((cells) => new Map(cells.map((cell, at) => [names[at] ?? "", cell.trim()]))),
    broken: broken + lines.length - whole.length,
  };
}

function cellsOf(text: string): { readonly rows: string[][]; readonly broken: number } {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let broken = 0;
  const endRow = (): void => {
    row.push(cell);
    if (row.some((each) => each.trim() !== "")) rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length && rows.length < mostRows; at++) {
    const character = text[at] as string;
    if (character === '"' && cell.trim() === "") {
      const end = endOfQuoted(text, at, separator);
      if (end < 0) {
        // What follows may be as good as ever: only this line is lost.
        broken++;
        const next = text.indexOf("\n", at);
        at = next < 0 ? text.length : next;
        row = [];
        cell = "";
      } else {
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        at = end;
      }
    } else if (character === separator) {
      row.push(cell);
      cell = "";
    } else if (character === "\n") endRow();
    else if (character !== "\r") cell += cell.length < mostCell ? character : "";
  }
  if (cell !== "" || row.length > 0) endRow();
  return { rows, broken };
}

/** Place of the quote that closes the cell; -1 where the next single quote does not end a cell, or none comes for long. */
function endOfQuoted(text: string, start: number, separator: string): number {
  for (let at = text.indexOf('"', start + 1); at >= 0 && at - start <= mostCell; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    const next = /[^ \t\r]|\t/.exec(text.slice(at + 1, at + 20))?.[0];
    return next === undefined || next === separator || next === "\n" ? at : -1;
  }
  return -1;
}

/** The one that stands most often in the first line. */
function separatorOf(text: string): string {
  const [first = ""] = text.slice(0, 10_000).split("\n", 1);
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: first.split(separator).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}
