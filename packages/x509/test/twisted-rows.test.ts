// Every row of the table of what Twisted does has a test here whose name carries its id. The exceptions are listed with
// their reasons; one that gets a test after all must leave the list.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hasShared, sharedBytes } from "./shared.ts";

const rows: readonly string[] = [
  ...ids("KEY", 24), // certificates and keys
  ...ids("DN", 13), // distinguished names
  ...ids("REQ", 18), // requests and issuing
];

/** Rows that no test of this package can prove. */
const exceptions: Readonly<Record<string, string>> = {
  "KEY-23": "The certificates of a connection belong to the connection: the row is that of @tlskit/transport.",
};

const folder = fileURLToPath(new URL("..", import.meta.url));
const files = globSync("{src,test}/**/*.test.ts", { cwd: folder }).filter(
  (file) => !file.endsWith("twisted-rows.test.ts"),
);
const named = new Set(files.flatMap((file) => idsInNames(readFileSync(`${folder}/${file}`, "utf8"))));

describe("the rows of Twisted", () => {
  test.each(rows.filter((row) => !Object.hasOwn(exceptions, row)))("%s has a test", (row) => {
    expect([...named]).toContain(row);
  });

  test.each(Object.entries(exceptions))("%s is an exception, and has none", (row, reason) => {
    expect(rows).toContain(row);
    expect(reason).toMatch(/\.$/);
    expect([...named]).not.toContain(row);
  });

  test("tests carry no id that is no row", () => {
    expect([...named].filter((id) => !rows.includes(id))).toEqual([]);
  });

  test.skipIf(!hasShared)("the list is that of the table", () => {
    const table = new TextDecoder().decode(sharedBytes("research/twisted-parity.md"));
    expect([...table.matchAll(/^\| ((?:KEY|DN|REQ)-\d\d) \|/gm)].map(([, id]) => id)).toEqual(rows);
  });
});

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(2, "0")}`);
}

/** The ids in string literals that begin with one: the names of tests, and the titles in their tables. */
function idsInNames(source: string): string[] {
  const literals = [...source.matchAll(/(["'`])((?:KEY|DN|REQ)-\d\d\b.*?)\1/g)].map(([, , text = ""]) => text);
  return literals.flatMap((text) => text.match(/\b(?:KEY|DN|REQ)-\d\d\b/g) ?? []);
}
