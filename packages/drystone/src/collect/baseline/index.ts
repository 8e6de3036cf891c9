/** What files say about operating components: health, metrics, logs, trace context, alerts, pipelines, runbooks, timeouts. */
export { type AlertMeaning, alertMeaning } from "./alert-meaning.js";
export { watchedServices } from "./alert-signs.js";
export { collectBaseline } from "./collect-baseline.js";
export type { FileSign } from "./file-sign.js";
export { signsOfFile } from "./signs-of-file.js";
