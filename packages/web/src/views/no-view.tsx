import type { JSX } from "preact";
import { NotFound } from "./not-found.js";

export function NoView(): JSX.Element {
  return <NotFound what="view" name={location.hash.slice(1, 80)} />;
}
