export { assessChangeCoupling } from "./change-coupling.js";
