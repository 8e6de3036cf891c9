/** Contracts that machines can read, and who provides them. */
export { type CollectedContracts, collectContracts } from "./collect-contracts.js";
export type {
  ContractCopy,
  FoundChannel,
  FoundContract,
  FoundOperation,
  FoundSchema,
  FoundService,
} from "./contract.js";
export { contractAt } from "./contract-at.js";
export { readContractDocument } from "./contract-document.js";
export { contractFacts } from "./contract-facts.js";
export { readPacts } from "./pacts.js";
export { readContractSource } from "./read-contract.js";
