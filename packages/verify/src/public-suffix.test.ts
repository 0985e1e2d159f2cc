import { expect, test } from "vitest";
import { publicSuffixList } from "./public-suffix.ts";

test("the public-suffix list knows both of its sections", () => {
  expect(["co.uk", "github.io", "com"].map(publicSuffixList.isPublicSuffix)).toEqual([true, true, true]);
  expect(["example.co.uk", "example.com"].map(publicSuffixList.isPublicSuffix)).toEqual([false, false]);
});
