import { expect, test } from "vitest";
import { checked, compared } from "#report/_shared/fixtures/checked.js";
import { hostile } from "#report/_shared/fixtures/index.js";
import { toJunit } from "./index.js";

test("of a check", async () => expect(toJunit(checked)).toMatchFileSnapshot("golden/checked.xml"));

test("in a pull request what was there does not fail; a question without an answer is skipped", () => {
  const text = toJunit(compared);
  expect(text.match(/<testsuites [^>]*>/)?.[0]).toBe(
    '<testsuites name="drystone check" tests="5" failures="1" skipped="1" errors="0">',
  );
});

test("nothing of a hostile repository is markup or an illegal character", () => {
  const text = toJunit(hostile);
  expect(text).not.toMatch(/<(?!\?xml|\/?(?:testsuites?|testcase|failure|skipped|system-out)\b)|&(?!(?:amp|lt|gt|quot|apos);)/);
  expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
});
