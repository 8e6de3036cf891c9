export { askHasContract } from "./has-contract.js";
