/** Text from outside: always shown as text, never longer than a reader can use, in its own direction. */
import type { JSX } from "preact";
import { clean, shorten, tame } from "../../../drystone/src/report/_shared/index.js";

/** A name: up to `width` columns, the whole of it (up to 300) as a tooltip. Its direction does not disturb the sentence around it. */
export function Name({ text, width = 64 }: { readonly text: string; readonly width?: number }): JSX.Element {
  const shown = shorten(text, width);
  return (
    <bdi dir="auto" class="name" title={shown === text ? undefined : clean(text, 300)}>
      {shown}
    </bdi>
  );
}

/** A sentence of the result. */
export function Sentence({ text, limit = 600 }: { readonly text: string; readonly limit?: number }): JSX.Element {
  return <span dir="auto">{tame(text, limit).replace(/(\d) %/g, "$1\u00a0%")}</span>;
}

/** Code, path or command as written. */
export function Code({ text, limit = 300 }: { readonly text: string; readonly limit?: number }): JSX.Element {
  return (
    <code dir="ltr" translate={false}>
      {clean(text, limit)}
    </code>
  );
}
