/** What people write about the order of deploys: `orders: deploy after stock`. First lines of commits only, because no more of a message is kept. */
import type { Estate } from "#derive/estate/index.js";
import type { Evidence } from "#model/evidence.js";
import { commitId, subjectOf } from "#model/history.js";
import type { Ref } from "#model/refs.js";

export interface DeclaredOrder {
  /** Sorted. */
  readonly services: readonly [Ref, Ref];
  readonly evidence: readonly Evidence[];
}

const order =
  /\b(?:deploy|release|roll(?:ed)? ?out|ship)(?:ed|s)? (?:this |it |only |must |be |strictly ){0,3}(?:after|before|together with|along with|in lockstep with) (?:the |new )?["'`]?([\w-]{2,60})/i;

/** Pairs of services of which a commit to the one, in the window, says that it is deployed before, after or with the other. */
export function declaredOrders(estate: Estate): DeclaredOrder[] {
  const services = new Map(
    estate.services.flatMap((index) => {
      const component = estate.components[index];
      return component === undefined
        ? []
        : [component.name, ...component.aliases].map((name) => [name.toLowerCase(), index] as const);
    }),
  );
  const found = new Map<string, { services: readonly [Ref, Ref]; evidence: Evidence[] }>();
  const commits = estate.recent.sets.flatMap(({ parts, components }) =>
    parts.flatMap((part) =>
      part.commits.map((commit) => ({ commit, components, history: estate.facts.histories[part.repository] })),
    ),
  );
  for (const { commit, components, history } of commits) {
    const named = history === undefined ? undefined : order.exec(subjectOf(history, commit))?.[1];
    const other = named === undefined ? undefined : services.get(named.toLowerCase());
    if (other === undefined || history === undefined) continue;
    for (const component of components) {
      if (component === other || !estate.services.includes(component)) continue;
      const [a = "", b = ""] = [estate.components[component]?.ref ?? "", estate.components[other]?.ref ?? ""].sort();
      const known = found.get(`${a}\0${b}`) ?? { services: [a, b] as const, evidence: [] };
      found.set(`${a}\0${b}`, known);
      known.evidence.push({ type: "commit", repository: history.repository, commit: commitId(history, commit) });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
