export { askChangesAlone } from "./changes-alone.js";
