export { collectInventory, type Inventory, type UsedDependency } from "./collect-inventory.js";
export { isPassive } from "./folders.js";
export { imageName, stemOf } from "./names.js";
export type { Placement } from "./placements.js";
