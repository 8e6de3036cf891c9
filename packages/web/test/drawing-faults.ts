/** What a reader would see is wrong with a drawing, whatever it shows. */

/**
 * Runs in the page, which gets this function alone: names that stand out of their boxes, boxes on each other, a page that scrolls sideways.
 * Half a pixel is the rounding of a browser; widths of letters are estimated, so a name may stand out by three.
 */
export function drawingFaults(): string[] {
  const found: string[] = [];
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) found.push(`the page is ${over} px too wide`);
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page gets this function alone
  const boxOf = (element: Element | null): DOMRect => element?.getBoundingClientRect() ?? new DOMRect();
  const shapes = [...document.querySelectorAll(".estate .pill, .modules .module, .estate .group-box")];
  for (const [at, one] of shapes.entries()) {
    const a = boxOf(one.querySelector("rect, path") ?? one);
    for (const other of shapes.slice(at + 1)) {
      if (one.closest("svg") !== other.closest("svg") || one.matches(".group-box") !== other.matches(".group-box")) continue;
      const b = boxOf(other.querySelector("rect, path") ?? other);
      if (
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5
      )
        found.push(`${one.textContent} lies on ${other.textContent}`);
    }
    const text = one.querySelector(":scope > text");
    if (text !== null && (boxOf(text).left < a.left - 3 || boxOf(text).right > a.right + 3))
      found.push(`${text.textContent} is wider than its box`);
  }
  for (const title of document.querySelectorAll(".estate .group-title")) {
    const name = boxOf(title.querySelector(".group-name"));
    const inside = shapes.some((shape) => {
      const box = boxOf(shape);
      return (
        shape.matches(".group-box") &&
        name.left >= box.left &&
        name.right <= box.right + 3 &&
        name.top >= box.top &&
        name.bottom <= box.bottom + 3
      );
    });
    if (!inside) found.push(`${title.textContent} stands out of its group`);
  }
  const rows = [...document.querySelectorAll(".dsm .dsm-row")].map(boxOf);
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (next !== undefined && next.top < row.top + row.height * 0.6)
      found.push("labels of two rows of the matrix lie on each other");
  }
  return found.map((fault) => `${location.hash} ${fault}`);
}
