import type { JSX } from "preact";
import type { PageData } from "../model.js";
import { Title } from "./heading.js";

/** False where the report was asked to leave out every question about people. */
export function isAskedAboutPeople({ people }: Pick<PageData, "people">): boolean {
  return people !== "off";
}

export function PeopleLeftOut({ title }: { readonly title: string }): JSX.Element {
  return (
    <>
      <Title>{title}</Title>
      <p>Questions about people and teams are left out of this report, as asked (people: off).</p>
    </>
  );
}
