// Chains of every kind of key, which OpenSSL takes with -x509_strict; and the issuer's name, which is copied.

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { keyKinds, newCa, opensslVerify } from "../../test/authority.ts";
import { Openssl } from "../../test/openssl.ts";
import { DistinguishedName, ExtensionOid, KeyPair, PrivateCertificate } from "../index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

describe("REQ-10, REQ-11: chains that OpenSSL accepts with -x509_strict", () => {
  const mixed = keyKinds.map((kind, index) => [
    kind,
    keyKinds[(index + 1) % keyKinds.length] ?? kind,
    keyKinds[(index + 2) % keyKinds.length] ?? kind,
  ]);
  const same = keyKinds.map((kind) => [kind, kind, kind]);

  test.each([...same, ...mixed])("root %j, intermediate %j, leaf %j", async (rootKey, middleKey, leafKey) => {
    const root = await newCa({ subject: { C: "SE", O: "Exämple ÅB", CN: "Root" }, key: rootKey });
    const middle = await root.issuePrivate({ subject: { CN: "Issuing" }, profile: "intermediate", key: middleKey });
    const leaf = await middle.issuePrivate({
      subjectAltName: ["example.com", "*.example.net", "127.0.0.1", "::1"],
      profile: "peer",
      key: leafKey,
    });
    expect(leaf.chain).toEqual([middle]);
    for (const host of ["example.com", "www.example.net"]) {
      expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_hostname", host)).toBe("leaf.pem: OK\n");
    }
    for (const ip of ["127.0.0.1", "::1"])
      expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_ip", ip)).toBe("leaf.pem: OK\n");
    expect(opensslVerify(openssl, root, leaf, "sslclient")).toBe("leaf.pem: OK\n");
    expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_hostname", "example.org")).toContain(
      "hostname mismatch",
    );
    expect(await leaf.verifySignature(middle.publicKey)).toBe(true);
    expect(await middle.verifySignature(root.publicKey)).toBe(true);
    expect(await root.verifySignature(root.publicKey)).toBe(true);
    for (const certificate of [root, middle, leaf]) expect(certificate.deviations).toEqual([]);
  });

  test.each(["server", "client", "peer"] as const)("REQ-15: a self-signed %s", async (profile) => {
    const own = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"], profile });
    const purposes = { server: ["sslserver"], client: ["sslclient"], peer: ["sslserver", "sslclient"] }[profile];
    for (const purpose of purposes) expect(opensslVerify(openssl, own, own, purpose)).toBe("leaf.pem: OK\n");
    if (profile === "client")
      expect(opensslVerify(openssl, own, own, "sslserver")).toContain("unsuitable certificate purpose");
  });

  test("an empty subject makes the names critical (RFC 5280 section 4.2.1.6)", async () => {
    const root = await newCa();
    const leaf = await root.issuePrivate({ subject: {}, subjectAltName: ["example.com"] });
    expect(leaf.subject.isEmpty).toBe(true);
    expect(leaf.extension(ExtensionOid.subjectAltName)?.critical).toBe(true);
    expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
  });

  test("a root that OpenSSL made, with its own key identifiers", async () => {
    const subject = "/C=SE/O=Example/OU=One/OU=Two/CN=Their root/emailAddress=a@example.com";
    openssl.must(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "k.pem",
      "-subj",
      subject,
      "-addext",
      "keyUsage=critical,keyCertSign",
      "-out",
      "c.pem",
    );
    const root = await PrivateCertificate.fromPem(openssl.text("k.pem") + openssl.text("c.pem"));
    const leaf = await root.issuePrivate({ subjectAltName: ["example.com"] });
    expect(leaf.authorityKeyIdentifier?.keyIdentifier).toEqual(root.subjectKeyIdentifier);
    expect(leaf.issuer.der).toEqual(root.subject.der);
    expect(opensslVerify(openssl, root, leaf, "sslserver", "-verify_hostname", "example.com")).toBe("leaf.pem: OK\n");
  });
});

describe("REQ-11: the issuer's name is copied byte for byte", () => {
  test("whatever it is", async () => {
    const keyPair = await KeyPair.generate();
    const text = fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
      .filter((one) => one.trim() !== "" && one.isWellFormed());
    const fields = fc.record(
      { O: text, OU: fc.array(text, { minLength: 1, maxLength: 3 }), CN: text, "2.5.4.97": text },
      { requiredKeys: ["CN"] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (subject) => {
        const ca = await newCa({ subject: DistinguishedName.of(subject), keyPair });
        const leaf = await ca.issue({ publicKey: keyPair.publicKey, subjectAltName: ["x"] });
        expect(leaf.issuer.der).toEqual(ca.subject.der);
      }),
      { numRuns: 50 },
    );
  });
});
