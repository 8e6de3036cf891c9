export { isPassive } from "#collect/folders/index.js";
export { collectInventory, type Inventory, type UsedDependency } from "./collect-inventory.js";
export { libraryUse } from "./library-use.js";
export { imageName, stemOf } from "./names.js";
export type { Placement } from "./placements.js";
