import type { ComponentChildren, JSX } from "preact";

/** Title of a view; takes the focus when the view changes. */
export function Title({
  children,
  lead,
}: {
  readonly children: ComponentChildren;
  readonly lead?: ComponentChildren;
}): JSX.Element {
  return (
    <>
      <h1 tabIndex={-1}>{children}</h1>
      {lead !== undefined && <p class="lead">{lead}</p>}
    </>
  );
}

/** A part of a view. */
export function Section({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="part" id={id} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Word and value, one below the other. */
export function Facts({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
