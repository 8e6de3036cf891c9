/** Who answers for a part: as for a component, asked of exactly its files. */
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Estate } from "../estate/index.js";
import type { FileView } from "../files/index.js";
import { type ComponentOwnership, componentOwnership, ownerRefs } from "../ownership/index.js";
import type { Part } from "./part.js";

export interface PartOwnership extends ComponentOwnership {
  /** Teams that answer for it, without the persons of the same lines; persons where there is no team. */
  readonly answering: readonly Ref[];
  /** False where nothing in the system declares owners. */
  readonly isDeclaredAnywhere: boolean;
}

export function ownershipOfPart(estate: Estate, view: FileView, part: Part): PartOwnership {
  const { facts } = estate;
  const holder = holderOf(estate, view, part);
  const paths = [...part.files].flatMap((file) => {
    const known = view.files[file];
    return known !== undefined && known.repository === holder.repository ? [known.path] : [];
  });
  const ownership = componentOwnership(
    holder.component,
    paths,
    facts.ownershipRules,
    ownerRefs(facts.ownershipRules, facts.teams),
  );
  const refs = [...new Set(ownership.declared.map(({ ref }) => ref))];
  const teams = refs.filter((ref) => ref.startsWith("group:"));
  return {
    ...ownership,
    answering: teams.length > 0 ? teams : refs,
    isDeclaredAnywhere:
      facts.ownershipRules.length > 0 || facts.components.some(({ declaredOwners }) => declaredOwners.length > 0),
  };
}

/** The component that holds most of the files; one without owners where the files lie in none. */
function holderOf(
  estate: Estate,
  view: FileView,
  part: Part,
): { readonly component: ComponentFact; readonly repository: number } {
  const counts = new Map<number, number>();
  for (const file of part.files) {
    const component = view.files[file]?.component ?? -1;
    counts.set(component, (counts.get(component) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, x], [b, y]) => y - x || a - b);
  const named = estate.components.findIndex(({ ref }) => ref === part.subject);
  const component = estate.components[named >= 0 ? named : (most?.[0] ?? -1)];
  const repository = estate.facts.repositories.findIndex(({ id }) => id === component?.repository);
  if (component !== undefined) return { component, repository };
  const first = view.files[[...part.files][0] ?? -1]?.repository ?? 0;
  return {
    component: { ...nobody, ref: part.subject, name: part.name, repository: estate.facts.repositories[first]?.id ?? "" },
    repository: first,
  };
}

const nobody: ComponentFact = {
  ref: "",
  name: "",
  kind: "module",
  built: true,
  partOf: null,
  repository: "",
  paths: [],
  aliases: [],
  technology: null,
  declaredOwners: [],
  declared: false,
  inferredFrom: [],
  evidence: [],
};
