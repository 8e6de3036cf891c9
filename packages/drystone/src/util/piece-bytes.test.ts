import { expect, test } from "vitest";
import { type Piece, pieceBytes } from "./piece-bytes.js";

const many = Uint8Array.from({ length: 200_000 }, (_, index) => index * 7);

test.each<[string, Piece[], string]>([
  ["nothing", ["", new Uint8Array(0)], ""],
  ["texts around bytes", ['{"ids":"', Uint8Array.of(1, 2, 3, 4), '"}'], '{"ids":"AQIDBA=="}'],
  ["part of a larger memory", [many.subarray(1, 3)], "Bw4="],
  ["more bytes than one step", [many, many.subarray(5)], base64(many) + base64(many.subarray(5))],
  [
    "texts of any length and script",
    ["Zoë", "→".repeat(50_000), "𝄞".repeat(30_000)],
    `Zoë${"→".repeat(50_000)}${"𝄞".repeat(30_000)}`,
  ],
])("%s", (_name, pieces, document) => {
  // Each part is copied before the next one is asked for.
  const parts = Array.from(pieceBytes(pieces), (part) => Buffer.copyBytesFrom(part));
  expect(Buffer.concat(parts).toString("utf8") === document).toBe(true);
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
