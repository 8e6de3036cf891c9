/** Rows of comma-separated text (RFC 4180; also semicolons and tabs), as objects by the names of the first row. */

const mostRows = 2_000_000;
const mostCell = 100_000;

/** Names are lower case without spaces around. Rows with too few cells lack the rest; `broken` counts rows with too many. */
export function csvRows(text: string): { readonly rows: readonly ReadonlyMap<string, string>[]; readonly broken: number } {
  const [header, ...lines] = cellsOf(text);
  if (header === undefined) return { rows: [], broken: 0 };
  const names = header.map((name) =>
    name
      .replace(/^\ufeff/, "")
      .trim()
      .toLowerCase(),
  );
  const whole = lines.filter((cells) => cells.length <= names.length);
  return {
    rows: whole.map((cells) => new Map(cells.map((cell, at) => [names[at] ?? "", cell.trim()]))),
    broken: lines.length - whole.length,
  };
}

function cellsOf(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.some((each) => each.trim() !== "")) rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length && rows.length < mostRows; at++) {
    const character = text[at] as string;
    if (quoted) {
      if (character !== '"') cell += cell.length < mostCell ? character : "";
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") {
      quoted = true;
      cell = "";
    } else if (character === separator) {
      row.push(cell);
      cell = "";
    } else if (character === "\n") endRow();
    else if (character !== "\r") cell += cell.length < mostCell ? character : "";
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

/** The one that stands most often in the first line. */
function separatorOf(text: string): string {
  const [first = ""] = text.slice(0, 10_000).split("\n", 1);
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: first.split(separator).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}
