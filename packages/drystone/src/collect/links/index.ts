/** Cues, settings and manifests joined into relations. */
export { collectLinks, type LinkInput, type Links } from "./collect-links.js";
export type { FoundCue } from "./found-cue.js";
export type { Belongings, FoundSettings } from "./parts.js";
export { withOperations } from "./with-operations.js";
