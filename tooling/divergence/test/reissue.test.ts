import { X509Certificate } from "node:crypto";
import { readCases, vectorFile } from "@tlskit/vectors";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { type ReissuedChain, reissue } from "../src/reissue.ts";

interface PkitsCase {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
}

const path = vectorFile("pkits-dev.json.gz");
const cases = path === undefined ? [] : (readCases(path) as unknown as readonly PkitsCase[]);

describe.skipIf(path === undefined)("a chain of PKITS, re-issued", () => {
  test.each([
    ["4.1.1", "server.example", [true, true]],
    ["4.1.3", "server.example", [true, false]],
    ["4.13.30", "testserver.testcertificates.gov", [true, true]],
  ])("%s keeps everything but keys and signatures", (section, name, signed) => {
    const { original, made } = both(section);
    expect(made.name).toBe(name);
    const [root, ...rest] = made.trust.map((pem) => new X509Certificate(pem));
    const [leaf, ca] = Certificate.allFromPem(made.chain).map((one) => new X509Certificate(one.der));
    expect(rest).toEqual([]);
    const [caKey, rootKey] = [ca, root].map((one) => one?.publicKey);
    if (!leaf || !ca || !caKey || !rootKey) throw new Error("not the whole chain");
    expect([ca.verify(rootKey), leaf.verify(caKey)]).toEqual(signed);

    const fieldsOf = (pem: string): object => {
      const { serialNumberHex, issuer, subject, notBefore, notAfter, extensions } = Certificate.fromPem(pem);
      const kept = extensions.filter((one) => one.name !== "subjectAltName");
      return { serialNumberHex, issuer: issuer.der, subject: subject.der, notBefore, notAfter, kept };
    };
    expect(fieldsOf(ca.toString())).toEqual(fieldsOf(original.untrusted_intermediates[0] ?? ""));
    expect(fieldsOf(leaf.toString())).toEqual(fieldsOf(original.peer_certificate));
    expect(Certificate.fromPem(leaf.toString()).publicKey.type).toBe("ecdsa");
  });

  test("keeps the names that a leaf had, beside the one it gets", () => {
    const [leaf] = Certificate.allFromPem(both("4.13.21").made.chain);
    expect(leaf?.subjectAltName?.map(({ type }) => type)).toEqual(["email", "dns"]);
  });

  test("is not made where TLS has no signatures for the keys", () => {
    for (const section of ["4.1.4", "4.1.5"]) expect(reissued(find(section))).toBeUndefined();
  });
});

function find(section: string): PkitsCase {
  const one = cases.find(({ id }) => id.startsWith(`pkits::${section}::`));
  if (one === undefined) throw new Error(`PKITS has no ${section}`);
  return one;
}

function reissued(one: PkitsCase): ReissuedChain | undefined {
  const { trusted_certs: trust, untrusted_intermediates: intermediates, peer_certificate: leaf } = one;
  return reissue({ trust, intermediates, leaf });
}

function both(section: string): { original: PkitsCase; made: ReissuedChain } {
  const original = find(section);
  const made = reissued(original);
  if (made === undefined) throw new Error("not made");
  return { original, made };
}
