import type { Detector, Emit } from "../detector.js";
import { tableOfClass } from "./inflect.js";

const mostReferences = 300;

/** `has_many :items`, `belongs_to :user, class_name: "Account"`. A reference to any class, as polymorphic ones are, names none. */
export const associations: Detector = {
  name: "ruby/associations",
  languages: ["ruby"],
  words: ["has_many", "has_one", "belongs_to", "has_and_belongs_to_many"],
  detect(source, emit) {
    let count = 0;
    for (const match of source.code.matchAll(
      /^[ \t]{0,40}(?:has_many|has_one|belongs_to|has_and_belongs_to_many)[ \t(]{1,3}:(\w{1,80})([^\n]{0,200})/gm,
    )) {
      if (++count > mostReferences) break;
      associationOf(match[1] ?? "", match[2] ?? "", match.index, emit);
    }
  },
};

function associationOf(name: string, options: string, at: number, emit: Emit): void {
  if (/\bpolymorphic:\s{0,3}true/.test(options)) return;
  const given = /\bclass_name:\s{0,3}["'](?:\w{0,60}::){0,5}(\w{1,80})["']/.exec(options)?.[1];
  // Tables are found by their own names too.
  emit(at, { kind: "entity-use", entity: given ?? (name.endsWith("s") ? name : tableOfClass(name)), access: "read" });
}
