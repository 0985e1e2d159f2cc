// A README that says what is exported must not forget half of it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { entryPoints, root } from "../src/entry-points.ts";

/** Of what is one of many, the README names the kind: `encodeKeyUsage`, … */
const families = [/^encode[A-Z]/];

test.each(entryPoints())("%s: its README names what it exports", async (entry) => {
  const readme = readFileSync(join(root, "packages", entry.split("/")[1] ?? "", "README.md"), "utf8");
  const names = Object.keys((await import(entry)) as object);
  expect(names.length).toBeGreaterThan(0);
  const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme));
  expect(missing.filter((name) => !families.some((family) => family.test(name)))).toEqual([]);
});
