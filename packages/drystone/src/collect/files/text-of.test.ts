import { expect, test } from "vitest";
import { textOf } from "./text-of.js";

const utf16 = Buffer.from("\ufeffflask\n", "utf16le");

test.each([
  ["UTF-8", Buffer.from("flask\n"), "flask\n"],
  ["UTF-8 with a mark", Buffer.from("\ufeffflask\n"), "flask\n"],
  ["UTF-16", utf16, "flask\n"],
  ["UTF-16 the other way round", Buffer.from(utf16).swap16(), "flask\n"],
  ["an odd number of bytes behind the mark", Buffer.concat([utf16, Buffer.from([0])]), null],
  ["binary", Buffer.from([1, 0, 2]), null],
  ["nothing", Buffer.alloc(0), ""],
])("%s", (_name, bytes, expected) => {
  expect(textOf(bytes)).toBe(expected);
});
