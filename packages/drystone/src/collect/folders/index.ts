export { isInside, isPackaging, isPassive, languageOf } from "./folders.js";
