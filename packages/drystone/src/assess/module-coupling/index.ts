export { assessModuleCoupling } from "./module-coupling.js";
