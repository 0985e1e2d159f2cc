import { describe, expect, test } from "vitest";
import { decide } from "../src/decide.ts";
import { type VerifyPathInput, verifyPath, verifyPathSync } from "../src/index.ts";
import { RULES } from "../src/rules/table.ts";
import { runSync } from "../src/search/signature-check.ts";
import { forgeCa, forgeLeaf, forgeRoot } from "./forge.ts";
import { inputFor } from "./inputs.ts";
import { NEAR_MISSES } from "./near-misses.ts";
import { refusal } from "./refusal.ts";
import { RULE_FIXTURES } from "./rule-fixtures.ts";

describe("the rule table", () => {
  test("every rule has a fixture, an id of its own and a section", () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(RULE_FIXTURES.map(({ rule }) => rule))).toEqual(new Set(ids));
    for (const { section } of RULES) expect(section).not.toBe("");
  });

  test("a good chain passes every rule of every profile", async () => {
    const root = forgeRoot();
    const ca = forgeCa(root);
    const input = inputFor([forgeLeaf(ca), ca, root], { name: "a.example" });
    for (const profile of ["compatible", "rfc5280", "webpki"] as const) {
      expect(verifyPathSync({ ...input, profile }).chain).toHaveLength(3);
      expect((await verifyPath({ ...input, profile })).chain).toHaveLength(3);
    }
  });

  // What a rule must let pass: near to what it refuses.
  test.each(NEAR_MISSES)("$0 is accepted", (_, make) => {
    expect(verifyPathSync(make()).chain.length).toBeGreaterThan(1);
  });

  describe.each(RULE_FIXTURES)("$rule: $what", ({ rule, code, depth, input }) => {
    const made: VerifyPathInput = input();

    test("is refused for this reason alone, and says where", () => {
      const error = refusal(() => verifyPathSync(made));
      expect(error.reasons.map((reason) => [reason.code, reason.rule, reason.depth])).toEqual([[code, rule, depth]]);
      expect(error.code).toBe(code);
      expect(error.reasons[0]?.certificate).toBe(error.chain[depth]);
      expect(error.reasons[0]?.remedy).not.toBe("");
    });

    test("mutation: without the rule it is accepted", () => {
      const mutilated = RULES.filter(({ id }) => id !== rule);
      expect(runSync(decide(made, mutilated)).leaf).toBe(made.leaf);
    });
  });
});
