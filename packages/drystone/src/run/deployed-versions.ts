/** Which version of each service runs in an environment, from deploy events: one JSON object per line. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

export interface Deployed {
  readonly service: string;
  readonly version: string;
  /** As written. */
  readonly time: string;
  /** Line in the file. */
  readonly line: number;
}

const maxBytes = 200 * 1024 * 1024;

/** The last deploy of each service that succeeded, by name in lower case. @throws UsageError when the file cannot be read or names no such environment. */
export function deployedVersions(file: string, environment: string): ReadonlyMap<string, Deployed> {
  if (!existsSync(file) || !statSync(file).isFile() || statSync(file).size > maxBytes)
    throw new UsageError(
      "DS-U46",
      `${printable(file)} cannot be read`,
      'pass deploy events, one per line: {"service","version","time","environment","success"}',
    );
  const latest = new Map<string, Deployed & { readonly at: number }>();
  const environments = new Set<string>();
  for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
    const event = eventOf(line);
    if (event === null) continue;
    environments.add(event.environment);
    if (event.environment !== environment || event.failed || Number.isNaN(event.at)) continue;
    const key = event.service.toLowerCase();
    const before = latest.get(key);
    if (before === undefined || before.at <= event.at)
      latest.set(key, { service: event.service, version: event.version, time: event.time, line: index + 1, at: event.at });
  }
  if (!environments.has(environment))
    throw new UsageError(
      "DS-U47",
      `${printable(file)} has no deploy to ${printable(environment)}`,
      environments.size === 0
        ? 'write one event per line: {"service","version","time","environment","success"}'
        : `use one of ${[...environments].slice(0, 10).map(printable).join(", ")}`,
    );
  return latest;
}

interface Event {
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly time: string;
  readonly at: number;
  readonly failed: boolean;
}

function eventOf(line: string): Event | null {
  if (line.length > 100_000 || !line.trimStart().startsWith("{")) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const fields = new Map(Object.entries(typeof value === "object" && value !== null ? value : {}));
  const text = (name: string): string => {
    const one: unknown = fields.get(name);
    return typeof one === "string" || typeof one === "number" ? String(one) : "";
  };
  if (text("service") === "" || text("version") === "") return null;
  const time = text("time");
  const seconds = Number(time);
  const at = time !== "" && !Number.isNaN(seconds) ? (seconds > 1e11 ? seconds : seconds * 1000) : Date.parse(time);
  return {
    service: text("service"),
    version: text("version"),
    environment: text("environment"),
    time,
    at,
    failed: fields.get("success") === false,
  };
}
