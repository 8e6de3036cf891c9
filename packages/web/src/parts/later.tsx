import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What takes long to draw, or stands below the first screen, comes a moment after the rest of the view, one after the other: who changes the view reads its first lines at once. */
export function Later({ children }: { readonly children: () => ComponentChildren }): JSX.Element {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => inTurn(() => setIsDue(true)), []);
  return isDue ? <>{children()}</> : <div class="later" aria-busy="true" />;
}

const waiting: (() => void)[] = [];

/** @returns what takes it out of the line. */
function inTurn(run: () => void): () => void {
  waiting.push(run);
  if (waiting.length === 1) afterPaint(next);
  return () => {
    const at = waiting.indexOf(run);
    // The first one is on its way: it keeps its place, and does nothing.
    if (at === 0) waiting[0] = () => undefined;
    else if (at > 0) waiting.splice(at, 1);
  };
}

function next(): void {
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) afterPaint(next);
}

/** Calls back when nothing of the view waits any more. */
export function whenDrawn(run: () => void): void {
  afterPaint(() => (waiting.length === 0 ? run() : whenDrawn(run)));
}

/** How many of a list are shown: a few in the first frame, `first` in the next, more when the reader asks. */
export function useShown(first: number): readonly [shown: number, showMore: () => void] {
  const [limit, setLimit] = useState(Math.min(first, firstFrame));
  useEffect(() => afterPaint(() => setLimit((before) => Math.max(before, first))), []);
  return [limit, () => setLimit(limit + 200)];
}

/** More than a screen holds helps nobody at once. */
const firstFrame = 8;

/** Details whose content is made when they are opened. */
export function Folded({
  summary,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly children: () => ComponentChildren;
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="folded" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}

/** Calls back when the browser has drawn what is there, at the latest after 200 ms (a page in the background draws nothing). */
function afterPaint(run: () => void): () => void {
  let isOpen = true;
  const once = (): void => {
    if (!isOpen) return;
    isOpen = false;
    run();
  };
  const timer = setTimeout(once, 200);
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once, 0)));
  return () => {
    isOpen = false;
    clearTimeout(timer);
  };
}
