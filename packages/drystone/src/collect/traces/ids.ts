/** Ids of traces and spans: hexadecimal in OTLP files, base64 where a general protobuf printer wrote them. */

/** Lower-case hexadecimal of at most `digits`; null for no id and for one of zeros only. */
export function hexId(id: unknown, digits: 16 | 32): string | null {
  if (typeof id !== "string" || id === "") return null;
  if (id.length === digits) {
    const form = formOf(id);
    if (form !== "other") return form === "zero" ? null : form === "lower" ? id : id.toLowerCase();
  }
  if (id.length === (digits === 32 ? 24 : 12)) {
    const bytes = Buffer.from(id, "base64");
    if (bytes.length === digits / 2) return isZero(bytes.toString("hex")) ? null : bytes.toString("hex");
  }
  // Jaeger leaves out zeros in front, and has traces of 64 bits.
  const form = id.length < digits ? formOf(id) : "other";
  return form === "lower" || form === "upper" ? id.toLowerCase().padStart(digits, "0") : null;
}

/** In one pass: every id of every span comes here. */
function formOf(id: string): "lower" | "upper" | "zero" | "other" {
  let isUpper = false;
  let isZeros = true;
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (code !== 48) isZeros = false;
    } else {
      isZeros = false;
      if (code >= 65 && code <= 70) isUpper = true;
      else if (code < 97 || code > 102) return "other";
    }
  }
  return isZeros ? "zero" : isUpper ? "upper" : "lower";
}

function isZero(id: string): boolean {
  for (let at = 0; at < id.length; at++) if (id.charCodeAt(at) !== 48) return false;
  return true;
}
