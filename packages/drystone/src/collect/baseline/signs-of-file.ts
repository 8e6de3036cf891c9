/** What one file of program text or settings says about operating its component. Pure: the same text gives the same signs. */
import { languageOfPath } from "#collect/code/index.js";
import { type FileSign } from "./file-sign.js";
import { healthPatterns } from "./health-patterns.js";
import { histogramSigns } from "./histogram-signs.js";
import { logFieldPatterns, loggingPatterns, resourcePatterns } from "./logging-patterns.js";
import { metricsPatterns } from "./metrics-patterns.js";
import { signsOfLines } from "./pattern.js";
import { springSettings } from "./spring-settings.js";
import { timeoutPatterns } from "./timeout-patterns.js";
import { tracingPatterns } from "./tracing-patterns.js";

const patterns = [
  ...healthPatterns,
  ...metricsPatterns,
  ...loggingPatterns,
  ...resourcePatterns,
  ...tracingPatterns,
  ...timeoutPatterns,
];
/** What is larger was generated or packed. */
const maxText = 1_000_000;

/** @param path "" for a text that is in no file of its own. */
export function signsOfFile(path: string, text: string): FileSign[] {
  if (text.length > maxText) return [];
  const language = languageOfPath(path);
  const signs = [...signsOfLines(text, language, patterns), ...histogramSigns(text), ...springSettings(text)];
  // The fields of a log are read where the log is set up; elsewhere the same words mean something else.
  const places = signs.filter(({ kind, detail }) => kind === "json-logs" && detail !== "otlp").map(({ line }) => line);
  if (places.length === 0) return signs;
  const fields = signsOfLines(text, language, logFieldPatterns).filter(({ line }) =>
    places.some((place) => Math.abs(place - line) <= nearby),
  );
  return [...signs, ...fields];
}

/** Lines around the place where a logger is set up. */
const nearby = 30;
