/** Two versions of a service: its methods, what they take and what they give. */
import type { ProtoMethod, ProtoService } from "#model/contract-source.js";
import { inNew, lineIn, type Placed, type ProtoComparison, type Spot, tell } from "./proto-comparison.js";
import { isSameType, typeOf } from "./proto-types.js";

export function compareProtoService(comparison: ProtoComparison, old: Placed<ProtoService>): void {
  const next = comparison.new.services.get(inNew(old.value.name, comparison));
  if (next === undefined)
    return tell(
      comparison,
      {
        rule: "service-removed",
        level: "error",
        message: "the service is gone: whoever calls it gets an error",
        fix: "keep it until nobody calls it",
      },
      { subject: old.value.name, old: lineIn(old.file, old.value.line), new: null },
    );
  for (const method of old.value.methods) {
    const now = next.value.methods.find(({ name }) => name === method.name);
    const spot: Spot = {
      subject: `${old.value.name}/${method.name}`,
      old: lineIn(old.file, method.line),
      new: lineIn(next.file, now?.line ?? next.value.line),
    };
    if (now !== undefined) compareMethod(comparison, [old.value.name, method], [next.value.name, now], spot);
    else
      tell(
        comparison,
        {
          rule: "rpc-removed",
          level: "error",
          message: "the method is gone: whoever calls it gets an error",
          fix: "keep it, marked as deprecated, until nobody calls it",
        },
        spot,
      );
  }
}

type MethodOf = readonly [service: string, method: ProtoMethod];

function compareMethod(comparison: ProtoComparison, old: MethodOf, next: MethodOf, spot: Spot): void {
  const [[oldService, before], [newService, after]] = [old, next];
  for (const side of ["request", "response"] as const) {
    const was = typeOf(comparison.old, oldService, { type: before[side], keyType: null });
    const is = typeOf(comparison.new, newService, { type: after[side], keyType: null });
    if (isSameType(was, is, comparison)) continue;
    tell(
      comparison,
      {
        rule: `rpc-${side}-changed`,
        level: "error",
        message: `the ${side} changed from ${before[side]} to ${after[side]}`,
        fix: "add a method with the new type and keep this one",
      },
      spot,
    );
  }
  if (before.requestStream === after.requestStream && before.responseStream === after.responseStream) return;
  tell(
    comparison,
    {
      rule: "rpc-streaming-changed",
      level: "error",
      message: `it changed from ${streaming(before)} to ${streaming(after)}: generated clients no longer fit`,
      fix: "add a method with the new form and keep this one",
    },
    spot,
  );
}

function streaming({ requestStream, responseStream }: ProtoMethod): string {
  return `${oneOrMany(requestStream, "request")} and ${oneOrMany(responseStream, "response")}`;
}

function oneOrMany(stream: boolean, word: string): string {
  return stream ? `a stream of ${word}s` : `one ${word}`;
}
