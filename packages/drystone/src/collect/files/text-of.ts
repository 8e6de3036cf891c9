/** Bytes as text: UTF-8, or UTF-16 where its mark stands in front, as shells of Windows write it; null for what is binary. */
export function textOf(bytes: Buffer): string | null {
  const mark = bytes.length % 2 === 0 ? bytes.subarray(0, 2).toString("latin1") : "";
  if (mark === "\u00ff\u00fe") return bytes.toString("utf16le").slice(1);
  if (mark === "\u00fe\u00ff") return Buffer.from(bytes).swap16().toString("utf16le").slice(1);
  return bytes.subarray(0, 8192).includes(0) ? null : bytes.toString("utf8").replace(/^\ufeff/, "");
}
