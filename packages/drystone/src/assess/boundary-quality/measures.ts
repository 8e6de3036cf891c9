/** Fan-in and consequences per service. */
import type { BlockingCall } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { Measure } from "#model/result.js";
import { rounded } from "../_shared/index.js";
import { type Answer, type JudgedService } from "./conditions.js";
import { consequences } from "./consequences.js";

export function boundaryMeasures(estate: Estate, calls: readonly BlockingCall[], services: readonly JudgedService[]): Measure[] {
  const others = estate.services.length - 1;
  return services.map(({ component, callers, conditions, state }): Measure => {
    const { dependents, needs, availability } = consequences(component.ref, calls, estate.parameters.E3.availability);
    return {
      id: "boundary.fan-in",
      subjects: [component.ref],
      value: others > 0 ? rounded(callers.length / others) : null,
      unit: "share of other services",
      interval: null,
      sample: { n: others, of: "other services" },
      window: null,
      detail: {
        callers: callers.length,
        state,
        vocabulary: word(conditions.vocabulary),
        fanIn: word(conditions.fanIn),
        data: word(conditions.data),
        events: word(conditions.events),
        library: word(conditions.library),
        dependents: dependents.size,
        needs: needs.size,
        availability: rounded(availability),
      },
    };
  });
}

function word({ met }: Answer): string {
  return met === null ? "unknown" : met ? "yes" : "no";
}
