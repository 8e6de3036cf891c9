export { assessInterfaceMandate } from "./interface-mandate.js";
