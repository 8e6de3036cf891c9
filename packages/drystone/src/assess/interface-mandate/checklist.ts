/** What files tell, without reading contracts, of whether a service could be opened to outsiders. `drystone contracts externalizable` reads them. */
import { type ExternalizableItem, externalizableItems, neededToOpen } from "#model/externalizable.js";
import type { ContractFact } from "#model/facts.js";

export type Answer = "yes" | "no" | "unknown";
export type Checklist = Readonly<Record<ExternalizableItem, Answer>>;

/** Without a contract there is nothing that documents it and nothing that has a version. @param isBypassed others reach its data or code past its interface. */
export function checklist(contracts: readonly ContractFact[], isBypassed: boolean): Checklist {
  const byContract: Answer = contracts.length === 0 ? "no" : "unknown";
  const unknown = Object.fromEntries(externalizableItems.map(({ id }) => [id, "unknown"])) as Record<ExternalizableItem, Answer>;
  return { ...unknown, documented: byContract, versioned: byContract, "back-door": isBypassed ? "no" : "unknown" };
}

export function externalisable(answers: Checklist): Answer {
  const needed = neededToOpen.map((item) => answers[item]);
  return needed.includes("no") ? "no" : needed.includes("unknown") ? "unknown" : "yes";
}

/** Items answered yes. */
export function yesCount(answers: Checklist): number {
  return Object.values(answers).filter((answer) => answer === "yes").length;
}
