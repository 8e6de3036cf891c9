export { isInside, isPackaging, isPassive, languageOf } from "./folders.js";
export { isKindOfClass, isSortedByKind, type ModuleFolder, moduleFolders } from "./module-folders.js";
