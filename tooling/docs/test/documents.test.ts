// What is generated must be what is committed, and what the codes promise must hold across packages.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { documents } from "../src/documents.ts";
import { errorCodes } from "../src/error-codes.ts";

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
