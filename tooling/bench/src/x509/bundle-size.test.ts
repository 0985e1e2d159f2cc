// Sizes are the same on every machine, and one table that a bundler cannot leave out is soon a kilobyte.

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { bundleSize } from "./bundle-size.ts";

const built = existsSync(new URL("../../../../packages/x509/dist/node/index.js", import.meta.url));

test.skipIf(!built)("what only reads takes 12 kB at most, and what issues no more than it did", async () => {
  expect(await bundleSize("readBasicOurs")).toBeLessThanOrEqual(12);
  expect(await bundleSize("parseOurs")).toBeLessThanOrEqual(31);
  expect(await bundleSize("issueOurs")).toBeLessThanOrEqual(46);
});
