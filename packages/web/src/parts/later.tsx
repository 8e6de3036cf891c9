import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What takes long to draw comes a moment after the rest of the view: who changes the view reads its first lines at once. */
export function Later({ children }: { readonly children: () => ComponentChildren }): JSX.Element {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => afterPaint(() => setIsDue(true)), []);
  return isDue ? <>{children()}</> : <div class="later" aria-busy="true" />;
}

/** Calls back when the browser has drawn what is there, at the latest after 200 ms (a page in the background draws nothing). */
export function afterPaint(run: () => void): () => void {
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
