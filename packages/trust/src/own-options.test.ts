// Whatever nobody would read is refused: a misspelt `by` distrusts a certificate, where its key was meant.

import { createTestCa } from "@tlskit/testing";
import { describe, expect, test } from "vitest";
import {
  OpenSSLDefaultPaths,
  platformTrust,
  ReloadingTrust,
  trustRootFromCertificates,
  trustRootFromDirectory,
  trustRootFromFile,
} from "./index.ts";

const { certificate } = await createTestCa();
const trust = trustRootFromCertificates([certificate]);
const misspelt = <Options>(options: object): Options => options as Options;

describe("a name that nobody reads", () => {
  test.each<[string, () => unknown]>([
    ["buy", () => trust.distrust([certificate], misspelt({ buy: "key", allowEmpty: true }))],
    ["allowempty", () => trustRootFromCertificates([certificate], misspelt({ allowempty: true }))],
    ["onskip", () => trustRootFromFile("/nowhere", misspelt({ onskip: () => {} }))],
    ["allowempty", () => trustRootFromDirectory("/nowhere", misspelt({ allowempty: true }))],
    ["env", () => platformTrust(misspelt({ env: {} }))],
    ["filesystem", () => new OpenSSLDefaultPaths("/etc/ssl", misspelt({ filesystem: {} }))],
    ["intervall", () => ReloadingTrust.start(async () => trust, misspelt({ intervall: 5 }))],
  ])("%s", async (name, call) => {
    await expect((async () => call())()).rejects.toMatchObject({
      code: "TRUST_ARGUMENT_INVALID",
      details: { argument: `options.${name}`, expected: expect.stringContaining("one of") },
    });
  });
});
