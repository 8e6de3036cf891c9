export { signalWorkedOnAlone } from "./worked-on-alone.js";
