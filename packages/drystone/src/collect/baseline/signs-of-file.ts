/** What one file of program text or settings says about operating its component. Pure: the same text gives the same signs. */
import { type FileSign } from "./file-sign.js";
import { healthPatterns } from "./health-patterns.js";
import { histogramSigns } from "./histogram-signs.js";
import { logFieldPatterns, loggingPatterns, resourcePatterns } from "./logging-patterns.js";
import { metricsPatterns } from "./metrics-patterns.js";
import { signsOfLines } from "./pattern.js";
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

export function signsOfFile(text: string): FileSign[] {
  if (text.length > maxText) return [];
  const signs = [...signsOfLines(text, patterns), ...histogramSigns(text)];
  // The fields of a log are read where the log is set up; elsewhere the same words mean something else.
  const logs = signs.some(({ kind, detail }) => kind === "json-logs" && detail !== "otlp");
  return logs ? [...signs, ...signsOfLines(text, logFieldPatterns)] : signs;
}
