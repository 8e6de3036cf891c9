/** Long documents as bytes. */

/** A part of a document: a text, or bytes that stand there as base64. */
export type Piece = string | Uint8Array;

/** Bytes whose base64 is made at a time: a multiple of three, so that what follows goes on without padding between. */
const stepBytes = 48 * 1024;

/**
 * The pieces one after the other, texts as UTF-8. All but large texts lie in the same memory, because fresh memory costs more than filling it:
 * each part is good until the next one is asked for.
 */
export function* pieceBytes(pieces: Iterable<Piece>): Generator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow((stepBytes / 3) * 4);
  for (const piece of pieces) {
    if (typeof piece !== "string") for (const text of base64Of(piece)) yield memory.subarray(0, memory.write(text, "latin1"));
    else if (piece.length * longestCharacter <= memory.length) yield memory.subarray(0, memory.write(piece));
    else yield Buffer.from(piece);
  }
}

/** Bytes of UTF-8 for one unit of a text. */
const longestCharacter = 3;

/** The base64 of bytes in texts that join. */
export function* base64Of(piece: Uint8Array): Generator<string> {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  for (let at = 0; at < bytes.length; at += stepBytes) yield bytes.toString("base64", at, Math.min(bytes.length, at + stepBytes));
}
