/** Program text to cues: what each file hints at, for the resolver to join with names, settings and manifests. */
export type { Cue, CueBody, CuePlace, Role, Template } from "./cue.js";
export { cuesOf } from "./cues-of.js";
export type { Detector, Emit } from "./detector.js";
export { springTemplate } from "./java/index.js";
export { type Language, languageOfPath } from "./language.js";
export { knownName, namesOfClass, tableOfClass } from "./ruby/index.js";
