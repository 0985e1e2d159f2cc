// What is generated must be what is committed, and what the codes promise must hold across packages.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { documents } from "../src/documents.ts";
import { errorCodes } from "../src/error-codes.ts";
import { STANDARDS } from "../src/standards-rows.ts";
import { verifyRules } from "../src/verify-rules.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.each([...documents(root)])("%s is what `pnpm generate` makes", (path, text) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});

describe("error codes", () => {
  const codes = errorCodes(root);

  test("are found in every package that throws its own", () => {
    const packages = new Set(codes.map(({ packageName }) => packageName));
    expect([...packages].sort()).toEqual(
      ["options", "tls", "transport", "trust", "verify", "x509"].map((name) => `@tlskit/${name}`),
    );
    expect(codes.length).toBeGreaterThan(80);
  });

  test("are unique in the project", () => {
    const seen = new Map<string, string>();
    const twice = codes.filter(({ code, file }) => {
      const first = seen.get(code);
      seen.set(code, file);
      return first !== undefined;
    });
    expect(twice).toEqual([]);
  });

  test("each say when they happen", () => {
    expect(codes.filter(({ meaning }) => meaning === "")).toEqual([]);
  });
});

describe("standards", () => {
  const rows = STANDARDS.flatMap((standard) => standard.rows);

  test.each(rows.map((row) => [`${row.section}: ${row.what}`, row] as const))(
    "%s: files and tests are there",
    (_, row) => {
      for (const path of [...row.files, ...row.tests]) expect(existsSync(join(root, path)), path).toBe(true);
      expect(row.files.length).toBeGreaterThan(0);
      expect(row.tests.every((path) => path.endsWith(".test.ts"))).toBe(true);
      // What is only in part must say what is missing.
      if (row.status !== "done") expect(row.note).toBeDefined();
    },
  );

  test("every rule of the verifier is found in its table, with what it stands on and where it applies", () => {
    const rules = verifyRules(root);
    const source = readFileSync(join(root, "packages/verify/src/rules/table.ts"), "utf8");
    expect(rules.length).toBe([...source.matchAll(/^ {2}(?:alone|inOctets|inPath)\(/gm)].length);
    for (const rule of rules) expect(Object.values(rule).every((text) => text !== "")).toBe(true);
  });
});
