import { createTestCa } from "@tlskit/testing";
import { describe, expect, test } from "vitest";
import { LinkCache, VerifyArgumentError, verifyPath } from "../index.ts";

const ca = await createTestCa();
const leaf = await ca.issue("localhost");

/** Values whose own description fails, or lies. */
const nonsense: readonly (readonly [string, unknown])[] = [
  ["a symbol", Symbol("s")],
  ["an object without a prototype", Object.create(null)],
  ["an object whose constructor throws", Object.defineProperty({}, "constructor", { get: () => expect.unreachable() })],
  ["an object whose constructor has a symbol for a name", { constructor: { name: Symbol("s") } }],
  ["an object without a constructor", { constructor: null }],
  ["a big integer", 5n],
  ["a function", () => 1],
];

test("what turns into a purpose when it is looked up is none", async () => {
  for (const purpose of [["server"], { toString: () => "server" }, new String("server")]) {
    const input = { leaf, trust: [ca.certificate], name: "localhost", purpose };
    await expect(verifyPath(input as never)).rejects.toMatchObject({ details: { argument: "purpose" } });
  }
});

describe("an argument that cannot even be described is refused by an error of ours", () => {
  test.each(nonsense)("%s", async (_what, value) => {
    for (const name of ["purpose", "at", "profile", "maxDepth", "budget", "policies"] as const) {
      const input = { leaf, trust: [ca.certificate], purpose: "server" as const, name: "localhost", [name]: [value] };
      await expect(verifyPath(input as never)).rejects.toMatchObject({ code: "VERIFY_ARGUMENT_INVALID" });
      // Empty objects are budgets and policies without limits.
      if (typeof value === "object" && (name === "budget" || name === "policies")) continue;
      await expect(verifyPath({ ...input, [name]: value } as never)).rejects.toMatchObject({
        code: "VERIFY_ARGUMENT_INVALID",
      });
    }
    expect(() => new LinkCache({ maxEntries: value as never })).toThrow(VerifyArgumentError);
  });
});
