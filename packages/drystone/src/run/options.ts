/** What a run can be asked for. */

import type { SystemConfig } from "#model/facts.js";
import { defaultParameters, type Parameters } from "#model/parameters.js";
import { endOfDay } from "#util/dates.js";
import { UsageError } from "#util/errors.js";
import type { RunningInputs } from "./running-inputs.js";

export interface CollectOptions {
  /** Repositories, or folders of them. */
  readonly paths: readonly string[];
  /** A drystone.yaml elsewhere. */
  readonly config?: string | undefined;
  /** Null neither reads nor writes a cache. */
  readonly cacheDirectory: string | null;
  /** Repositories of configuration servers. */
  readonly configRepositories?: readonly string[];
  /** Exported files; a kind that is given here takes the place of the same kind in drystone.yaml. */
  readonly inputs?: RunningInputs;
  /** Collect the history and nothing else. */
  readonly onlyHistory?: boolean;
  readonly progress?: (text: string) => void;
  /** Told what went wrong without touching the result, e.g. a cache that cannot be written. */
  readonly warn?: (message: string, hint: string) => void;
}

export interface AssessOptions {
  /** `12m`, `2y`, `90d` or `all`. */
  readonly window?: string | undefined;
  readonly changeSet?: string | undefined;
  /** ISO date. */
  readonly asOf?: string | undefined;
  /** Command name and version for the result. */
  readonly command?: string;
}

const units = ["auto", "commit", "mainline", "ticket"] as const;

/** Defaults, thresholds of drystone.yaml, then the command line. @throws UsageError for a value that does not parse. */
export function parametersOf(options: AssessOptions, config: SystemConfig): Parameters {
  let parameters: Parameters = withThresholds(defaultParameters, config);
  if (options.window !== undefined)
    parameters = { ...parameters, window: { ...parameters.window, ...parseWindow(options.window) } };
  if (options.changeSet !== undefined) {
    const unit = units.find((known) => known === options.changeSet);
    if (unit === undefined) {
      throw new UsageError(
        "DS-U11",
        `--change-set ${JSON.stringify(options.changeSet)} is not known`,
        `use one of ${units.join(", ")}${options.changeSet === "session" ? "; what one person did within a day is not taken for one change" : ""}`,
      );
    }
    parameters = { ...parameters, changeSet: { ...parameters.changeSet, unit } };
  }
  return parameters;
}

function parseWindow(text: string): { months: number | null; days: number | null } {
  if (text === "all") return { months: null, days: null };
  const match = /^([1-9]\d{0,3})([dwmy])$/.exec(text);
  const count = Number(match?.[1]);
  if (!match || !Number.isInteger(count)) {
    throw new UsageError(
      "DS-U10",
      `--window ${JSON.stringify(text)} is no length of time`,
      "use months, years, days or weeks: 12m, 2y, 90d, 26w, or all",
    );
  }
  if (match[2] === "m") return { months: count, days: null };
  if (match[2] === "y") return { months: count * 12, days: null };
  return { months: null, days: match[2] === "w" ? count * 7 : count };
}

/** End of the window in seconds, or null for the last activity. @throws UsageError for a date that does not exist. */
export function asOfSeconds(options: AssessOptions): number | null {
  if (options.asOf === undefined) return null;
  const seconds = endOfDay(options.asOf);
  if (seconds === null)
    throw new UsageError("DS-U12", `--as-of ${JSON.stringify(options.asOf)} is no date`, "use a date like 2026-11-20");
  return seconds;
}

/** `A1.tHi` in drystone.yaml replaces that number; a name that is none is a mistake, not a wish. */
function withThresholds(parameters: Parameters, config: SystemConfig): Parameters {
  const changed = new Map<string, Map<string, number>>();
  for (const [name, { value }] of Object.entries(config.thresholds)) {
    const [section = "", key = ""] = name.split(".");
    const group = new Map(Object.entries(new Map<string, unknown>(Object.entries(parameters)).get(section) ?? {}));
    if (typeof group.get(key) !== "number") {
      const known = Object.entries(parameters).flatMap(([of, values]) =>
        Object.entries(values).flatMap(([one, number]) => (typeof number === "number" ? [`${of}.${one}`] : [])),
      );
      throw new UsageError(
        "DS-C10",
        `${config.file ?? "drystone.yaml"}: threshold ${JSON.stringify(name)} is not known`,
        `use one of ${known.join(", ")}`,
      );
    }
    const own = changed.get(section) ?? new Map<string, number>();
    changed.set(section, own.set(key, value));
  }
  if (changed.size === 0) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([section, values]) => [
      section,
      { ...values, ...Object.fromEntries(changed.get(section) ?? []) },
    ]),
  ) as unknown as Parameters;
}
