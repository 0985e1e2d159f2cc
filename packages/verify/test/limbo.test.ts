/** Path validation vectors made by others (x509-limbo, NIST PKITS). `exceptions.json` lists what differs, and why. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decideCase, readCases } from "./limbo-format.ts";

interface Exception {
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
  readonly reason: string;
}

const shared = process.env.TLSKIT_SHARED ?? new URL("../../../../shared", import.meta.url).pathname;
const exceptions: readonly Exception[] = JSON.parse(
  readFileSync(new URL("./exceptions.json", import.meta.url), "utf8"),
);

const reasons: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL("./limbo-reasons.json", import.meta.url), "utf8"),
);

describe.each(["limbo-dev-core.json.gz", "limbo-rfc9881.json.gz", "pkits-dev.json.gz"])("%s", (name) => {
  const file = `${shared}/vectors/${name}`;
  const isPresent = existsSync(file);

  if (!isPresent) {
    const isRequired = process.env.TLSKIT_REQUIRE_SHARED === "1";
    test.skipIf(!isRequired)(`needs ${name}, which is not on this machine`, () => expect(isPresent).toBe(true));
    return;
  }

  const cases = readCases(file);

  test.each(cases)("$id", (vector) => {
    const { result, codes } = decideCase(vector);
    const exception = exceptions.find(({ id }) => id === vector.id);
    // An exception that is none any more must go.
    expect(result).toBe(exception?.actual ?? vector.expected_result);
    // Right for the right reason: the reviewed codes, the most useful one first.
    expect(codes).toEqual(reasons[vector.id] ?? []);
    // A refusal for want of work or of an algorithm proves nothing about the rules.
    if (!vector.features.includes("denial-of-service")) {
      expect(["BUDGET_EXCEEDED", "ALGORITHM_UNSUPPORTED"]).not.toContain(codes[0]);
    }
  });
});

test("exceptions differ from what is expected, and say why", () => {
  for (const { expected, actual, reason } of exceptions) {
    expect(actual).not.toBe(expected);
    expect(reason).not.toBe("");
  }
});

describe("the default profile is neither weak nor shrill: where Go, pyca and OpenSSL agree, it agrees", () => {
  const [file, natives] = ["limbo-dev-core.json.gz", "limbo-natives-dev.json.gz"].map(
    (name) => `${shared}/vectors/${name}`,
  );
  if (file === undefined || natives === undefined || !existsSync(file) || !existsSync(natives)) {
    const isRequired = process.env.TLSKIT_REQUIRE_SHARED === "1";
    test.skipIf(!isRequired)("needs limbo-natives-dev.json.gz, which is not on this machine", () => expect.fail());
    return;
  }
  const verdicts: Readonly<Record<string, string>> = JSON.parse(gunzipSync(readFileSync(natives)).toString()).results;
  const agreed = readCases(file).flatMap((vector) => {
    const three = verdicts[vector.id]?.slice(0, 3);
    if (three !== "SSS" && three !== "FFF") return [];
    return [{ vector, id: vector.id, result: three === "SSS" ? "SUCCESS" : "FAILURE" }];
  });

  test.each(agreed)("$id: $result", ({ vector, result }) => {
    expect(decideCase(vector, "compatible").result).toBe(result);
  });
});
