/** The views that this result has something for, one below the other: to print, or to read from top to bottom. */
import type { ComponentType, JSX } from "preact";
import type { ViewProps } from "../page.js";

interface Printed {
  readonly id: string;
  readonly component: ComponentType<ViewProps>;
}

/** @param printed the views in their order. */
export function wholeOf(printed: (props: ViewProps) => readonly Printed[]): ComponentType<ViewProps> {
  return (props) => <Whole {...props} printed={printed(props)} />;
}

function Whole({ printed, ...props }: ViewProps & { readonly printed: readonly Printed[] }): JSX.Element {
  const plain = { ...props, parts: [] };
  return (
    <>
      <p class="no-print">
        <button type="button" onClick={() => window.print()}>
          Print, or save as PDF
        </button>
      </p>
      {printed.map(({ id, component: View }) => (
        <article key={id} class="sheet">
          <View {...plain} />
        </article>
      ))}
    </>
  );
}
