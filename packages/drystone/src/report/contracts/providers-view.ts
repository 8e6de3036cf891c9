/** Contracts by the component that offers them. */
import type { Result } from "#model/result.js";

export interface ProviderView {
  /** "" when none is known. */
  readonly name: string;
  /** `used by web`; "" for no provider. */
  readonly used: string;
  readonly contracts: readonly { readonly text: string; readonly file: string }[];
}

/** By name; contracts without a provider come last. */
export function providersView({ model }: Result): ProviderView[] {
  const byProvider = new Map<string, Result["model"]["contracts"][number][]>();
  for (const contract of model.contracts) {
    const key = contract.provider === null ? "" : shortName(contract.provider);
    byProvider.set(key, [...(byProvider.get(key) ?? []), contract]);
  }
  return [...byProvider]
    .sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1))
    .map(([name, contracts]) => ({
      name,
      used: name === "" ? "" : usedText(name, model.relations),
      contracts: contracts.map(({ ref, kind, version, file }) => {
        const count = model.operations.filter((operation) => operation.contract === ref).length;
        const operations = count === 0 ? "" : `, ${count} ${count === 1 ? "operation" : "operations"}`;
        return { text: `${shortName(ref)}: ${kind}${version === null ? "" : ` ${version}`}${operations}`, file };
      }),
    }));
}

function usedText(provider: string, relations: Result["model"]["relations"]): string {
  const own = relations.filter(({ to }) => shortName(to) === provider);
  const users = [...new Set(own.map(({ from }) => shortName(from)))].sort();
  if (users.length === 0) return "no consumer seen";
  return `used by ${users.slice(0, 6).join(", ")}${users.length > 6 ? ` and ${users.length - 6} more` : ""}`;
}

export function shortName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}
