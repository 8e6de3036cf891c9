export { collectInventory, type Inventory } from "./collect-inventory.js";
