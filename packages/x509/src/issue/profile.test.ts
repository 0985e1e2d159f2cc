// What each profile says in a certificate, and what the caller says instead.

import { afterAll, describe, expect, test } from "vitest";
import { newCa, opensslVerify } from "../../test/authority.ts";
import { Openssl } from "../../test/openssl.ts";
import { derUtf8String } from "../der/writer.ts";
import { type Certificate, ExtendedKeyUsage, ExtensionOid, encodeKeyUsage } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

describe("REQ-10: what the profiles say", () => {
  const extensions = (certificate: Certificate) =>
    certificate.extensions.map(({ name, critical }) => `${name}${critical ? " critical" : ""}`);

  test("a root", async () => {
    const ca = await newCa();
    expect(extensions(ca)).toEqual(["subjectKeyIdentifier", "basicConstraints critical", "keyUsage critical"]);
    expect(ca.basicConstraints).toEqual({ ca: true });
    expect([...(ca.keyUsage ?? [])]).toEqual(["keyCertSign", "cRLSign"]);
    expect(ca.version).toBe(3);
  });

  test("an intermediate", async () => {
    const ca = await newCa();
    const middle = await ca.issuePrivate({ subject: { CN: "I" }, profile: "intermediate" });
    expect(extensions(middle)).toEqual([
      "subjectKeyIdentifier",
      "authorityKeyIdentifier",
      "basicConstraints critical",
      "keyUsage critical",
    ]);
    expect(middle.basicConstraints).toEqual({ ca: true, pathLength: 0 });
    expect(middle.authorityKeyIdentifier?.keyIdentifier).toEqual(ca.subjectKeyIdentifier);
  });

  test.each([
    [{ type: "rsa" }, ["digitalSignature", "keyEncipherment"]],
    [{ type: "ecdsa" }, ["digitalSignature"]],
    [{ type: "ed25519" }, ["digitalSignature"]],
  ] as const)("a leaf with the key %j", async (key, usage) => {
    const leaf = await (await newCa()).issuePrivate({ subjectAltName: ["x.example"], key });
    expect(extensions(leaf)).toEqual([
      "subjectKeyIdentifier",
      "authorityKeyIdentifier",
      "basicConstraints critical",
      "keyUsage critical",
      "extendedKeyUsage",
      "subjectAltName",
    ]);
    expect([...(leaf.keyUsage ?? [])]).toEqual(usage);
    expect(leaf.extendedKeyUsage).toEqual([ExtendedKeyUsage.serverAuth]);
    expect(leaf.basicConstraints).toEqual({ ca: false });
    expect(leaf.subject.toString()).toBe("CN=x.example");
  });

  test("the caller's extensions take the place of the profile's; others are added", async () => {
    const more = { oid: "1.2.3.4", critical: false, value: derUtf8String("hello") };
    const usage = { oid: ExtensionOid.keyUsage, critical: false, value: encodeKeyUsage(["keyAgreement"]) };
    const leaf = await (await newCa()).issuePrivate({ subjectAltName: ["x"], extensions: [more, usage] });
    expect(leaf.extension("1.2.3.4")?.value).toEqual(more.value);
    expect([...(leaf.keyUsage ?? [])]).toEqual(["keyAgreement"]);
    expect(leaf.extension(ExtensionOid.keyUsage)?.critical).toBe(false);
    await expect(newCa({ extensions: [more, more] })).rejects.toMatchObject({ details: { argument: "extensions" } });
  });

  test("key usage and purposes by option; an empty list leaves the purposes out", async () => {
    const ca = await newCa();
    const signer = await ca.issuePrivate({
      subject: { CN: "code" },
      keyUsage: ["digitalSignature", "nonRepudiation"],
      extendedKeyUsage: [ExtendedKeyUsage.codeSigning],
    });
    expect([...(signer.keyUsage ?? [])]).toEqual(["digitalSignature", "nonRepudiation"]);
    expect(signer.extendedKeyUsage).toEqual([ExtendedKeyUsage.codeSigning]);
    const any = await ca.issuePrivate({ subject: { CN: "any" }, extendedKeyUsage: [] });
    expect(any.extendedKeyUsage).toBeUndefined();
  });

  test("another signature algorithm than the key's default", async () => {
    const ca = await newCa({ key: { type: "rsa" } });
    const leaf = await ca.issuePrivate({ subjectAltName: ["x.example"], signatureAlgorithm: "rsassaPss-SHA384" });
    expect(leaf.signatureAlgorithm.name).toBe("rsassaPss-SHA384");
    expect(opensslVerify(openssl, ca, leaf, "sslserver", "-verify_hostname", "x.example")).toBe("leaf.pem: OK\n");
    await expect(newCa({ signatureAlgorithm: "sha1WithRSAEncryption" as never })).rejects.toMatchObject({
      code: "ALGORITHM_WEAK",
    });
  });
});
