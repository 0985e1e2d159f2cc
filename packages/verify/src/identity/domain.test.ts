import fc from "fast-check";
import { expect, test } from "vitest";
import { faultOfLabels, isDomain, parseDomain } from "./domain.ts";

const label = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zA-Z0-9_-]{0,5}$/) },
  fc.constantFrom(
    "a".repeat(63),
    "a".repeat(64),
    "0x1F",
    "0x",
    "127",
    "-",
    "xn--a",
    "*",
    "\u212a",
    "é",
    " ",
    "a\n",
    "",
  ),
);

test("the quick question has the same answer as the one that says why", () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 8 }), (labels) => {
      const text = labels.join(".");
      // Not toLowerCase, which makes a "k" of the Kelvin sign.
      const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      expect(isDomain(text), text).toBe(faultOfLabels(lower.split(".")) === undefined);
    }),
    { numRuns: 3_000 },
  );
});

test("a name that is canonical already is read as any other", () => {
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 8 }), (labels) => {
      // A trailing dot is no part of the name, so that what has one is never taken as it stands.
      const text = labels.join(".");
      const long = parseDomain(`${text}.`);
      if (!text.endsWith(".") && text !== "") expect(parseDomain(text), text).toEqual(long);
      const lower = text.toLowerCase();
      if (isDomain(lower)) expect(parseDomain(lower)).toEqual({ name: lower });
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ["a".repeat(63), true],
  [`${"a".repeat(63)}.`.repeat(3) + "a".repeat(61), true],
  [`${"a".repeat(63)}.`.repeat(3) + "a".repeat(62), false],
  ["a.example\n", false],
  ["", false],
])("%j", (text, isOne) => {
  expect([isDomain(text), faultOfLabels(text.split(".")) === undefined]).toEqual([isOne, isOne]);
});
