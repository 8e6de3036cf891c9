/** Cues, settings and manifests joined into relations. */
export { collectLinks, type LinkInput, type Links } from "./collect-links.js";
export type { Belongings, FoundCue, FoundSettings } from "./parts.js";
export { withOperations } from "./with-operations.js";
