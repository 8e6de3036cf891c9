export { signalScalesDifferently } from "./scales-differently.js";
