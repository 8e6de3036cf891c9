/** What a running service showed. */

export const probeItems = [
  "liveness",
  "readiness",
  "drain",
  "metrics",
  "request-histogram",
  "json-logs",
  "log-fields",
  "trace-context",
  "trace-state",
  "alert-errors",
  "alert-latency",
  "alert-unavailable",
] as const;
export type ProbeItemId = (typeof probeItems)[number];

export interface ProbeItem {
  readonly id: ProbeItemId;
  readonly verdict: "met" | "not-met" | "unknown";
  readonly says: string;
  /** What would decide an unknown, or repair what is not met; null when there is nothing to do. */
  readonly how: string | null;
  /** Met, but not as the convention wants it. */
  readonly remarks: readonly string[];
  /** Numbers behind the verdict; shares are 0..1, times in milliseconds. */
  readonly measured: Readonly<Record<string, number | string>>;
}

export interface ProbeReport {
  readonly schema: "drystone.probe/1";
  /** Without credentials and query. */
  readonly url: string;
  readonly items: readonly ProbeItem[];
}

export function probeItem(
  id: ProbeItemId,
  verdict: ProbeItem["verdict"],
  says: string,
  more: Partial<Pick<ProbeItem, "how" | "remarks" | "measured">> = {},
): ProbeItem {
  return { id, verdict, says, how: null, remarks: [], measured: {}, ...more };
}
