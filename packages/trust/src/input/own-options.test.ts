// Whatever nobody would read is refused: a misspelt `by` distrusts a certificate, where its key was meant.

import { X509Certificate } from "node:crypto";
import { createTestCa } from "@tlskit/testing";
import { describe, expect, test } from "vitest";
import {
  MemoryFirstUseStore,
  OpenSSLDefaultPaths,
  platformTrust,
  ReloadingTrust,
  TrustOnFirstUse,
  TrustRoot,
  trustRootFromCertificates,
  trustRootFromDirectory,
  trustRootFromFile,
} from "../index.ts";

const { certificate } = await createTestCa();
const trust = trustRootFromCertificates([certificate]);
const native = new X509Certificate(certificate.der);
const store = new MemoryFirstUseStore();
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

describe("the error says what was given where a word was wanted, and what makes the right thing of it", () => {
  test.each<readonly [string, () => unknown, string]>([
    ["purposes", () => trust.forPurposes("serverAuth" as never), 'but is "serverAuth".'],
    ["by", () => trust.distrust([certificate], { by: "serial" as never }), 'but is "serial".'],
    ["what may be a key", () => trust.forPurposes("-----BEGIN PRIVATE KEY-----" as never), "but is string."],
    ["one certificate", () => trust.distrust(certificate as never), "Put one into an array."],
    ["a promise", () => trust.and(Promise.resolve(trust) as never), "Await it first."],
    ["PEM", () => trustRootFromCertificates([certificate.toPem()] as never), "Certificate.allFromPem()"],
    ["DER", () => trustRootFromCertificates([certificate.der] as never), "Certificate.fromDer()"],
    ["a promise of certificates", () => trustRootFromCertificates(Promise.resolve([]) as never), "await it first"],
    ["certificates for parts", () => new TrustRoot([certificate] as never), "trustRootFromCertificates([...])"],
    ["nothing for parts", () => new TrustRoot(undefined as never), "trustRootFromCertificates([...])"],
    ["a certificate of node:crypto", () => trustRootFromCertificates([native] as never), "fromDer(certificate.raw)"],
    [
      "an option of first use",
      () => new TrustOnFirstUse(store, { clock: 1 } as never),
      "options.clock must be left out",
    ],
    ["a star", () => trust.withNameConstraints({ excluded: ["*.example.org"] }), "It has a star"],
    ["all mailboxes of a host", () => trust.withNameConstraints({ excluded: ["*@example.org"] }), "It has a star"],
    ["an unknown constraint", () => trust.withNameConstraints({ allow: [] } as never), "must be left out"],
  ])("%s", (_what, run, said) => {
    expect(run).toThrowError(
      expect.objectContaining({ code: "TRUST_ARGUMENT_INVALID", message: expect.stringContaining(said) }),
    );
  });
});

test("what is given beside a peer is refused, too: its name is its host", async () => {
  const input = { leaf: certificate, host: "a.example", port: 443, name: "b.example" } as never;
  await expect(new TrustOnFirstUse(store).verify(input)).rejects.toMatchObject({
    details: { argument: "input.name", expected: expect.stringContaining("leaf, intermediates, host, port") },
  });
});
