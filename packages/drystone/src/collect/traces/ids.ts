/** Ids of traces and spans: hexadecimal in OTLP files, base64 where a general protobuf printer wrote them. */

/** Lower-case hexadecimal of at most `digits`; null for no id and for one of zeros only. */
export function hexId(id: unknown, digits: 16 | 32): string | null {
  if (typeof id !== "string" || id === "") return null;
  if (id.length === digits && isHex(id)) return isZero(id) ? null : id.toLowerCase();
  if (id.length === (digits === 32 ? 24 : 12)) {
    const bytes = Buffer.from(id, "base64");
    if (bytes.length === digits / 2) return isZero(bytes.toString("hex")) ? null : bytes.toString("hex");
  }
  // Jaeger leaves out zeros in front, and has traces of 64 bits.
  return id.length < digits && isHex(id) && !isZero(id) ? id.toLowerCase().padStart(digits, "0") : null;
}

function isHex(id: string): boolean {
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    const letter = code | 32;
    if (!((code >= 48 && code <= 57) || (letter >= 97 && letter <= 102))) return false;
  }
  return true;
}

function isZero(id: string): boolean {
  for (let at = 0; at < id.length; at++) if (id.charCodeAt(at) !== 48) return false;
  return true;
}
