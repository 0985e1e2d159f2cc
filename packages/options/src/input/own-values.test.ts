// What counts as options.

import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { CertificateOptions } from "../index.ts";

test("a plain object of another realm, as test runners have them", () => {
  const options = runInNewContext("({ verifyDepth: 3, revocation: { mode: 'prefer' } })");
  expect(new CertificateOptions(options)).toMatchObject({ verifyDepth: 3, revocation: { mode: "prefer" } });
  expect(() => new CertificateOptions(runInNewContext("new (class Options { verifyDepth = 3 })"))).toThrow(
    "plain object",
  );
  expect(() => new CertificateOptions(runInNewContext("Object.create({ verifyDepth: 3 })"))).toThrow("plain object");
});

test("what Node calls a version is told in our words", () => {
  expect(() => new CertificateOptions({ insecurelyLowerMinimumTo: "TLSv1" as never })).toThrow('"TLSv1.0" here');
});
