/** Code that is built with those who use it. */
import type { Evidence } from "#model/evidence.js";
import type { RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/** A component that uses a library of the system. @param detail what the build file calls it; null where only imports show it. */
export function libraryUse(user: Ref, library: Ref, detail: string | null, place: Evidence): RelationFact {
  return {
    id: `library:${user}>${library}`,
    from: user,
    to: library,
    kind: "dependsOn",
    protocol: "code",
    category: "business",
    confidence: "confirmed",
    seen: ["static"],
    detail,
    operation: null,
    evidence: [place],
  };
}
