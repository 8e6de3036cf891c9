/** The languages of the import graph. One line adds one. */
import type { FrontEnd } from "./front-end.js";
import { javaScript } from "./javascript/index.js";
import { csharp } from "./languages/csharp.js";
import { go } from "./languages/go.js";
import { jvm } from "./languages/jvm.js";
import { php } from "./languages/php.js";
import { python } from "./languages/python.js";
import { ruby } from "./languages/ruby.js";
import { rust } from "./languages/rust.js";

export const frontEnds: readonly FrontEnd[] = [javaScript, jvm, python, go, csharp, php, ruby, rust];

const byEnding = new Map(frontEnds.flatMap((frontEnd) => frontEnd.endings.map((ending) => [ending, frontEnd] as const)));

/** The front end that reads a file; null for files that import nothing. */
export function frontEndOf(path: string): FrontEnd | null {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? null : (byEnding.get(path.slice(dot)) ?? null);
}
