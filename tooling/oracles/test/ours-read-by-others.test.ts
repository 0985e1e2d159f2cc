// What we make, read by each library: they must find what was asked for, and a signature that is right.

import { CertificateRequest, generalName, type KeyPair, PrivateCertificate } from "@tlskit/x509";
import fc from "fast-check";
import forge from "node-forge";
import * as pkijs from "pkijs";
import { beforeAll, describe, expect, test } from "vitest";
import { extensionFact, type Facts, generalNameFact, hex, ourFacts, requestFacts, told } from "./facts.ts";
import { binary, forgeFacts } from "./forge.ts";
import { type KeyName, makeKeys, octetString, selfSignedOptions, type Wanted, wanted } from "./generated.ts";
import { peculiar, peculiarFacts, peculiarValues } from "./peculiar.ts";
import { pkijsFacts } from "./pkijs.ts";

let keys: Readonly<Record<KeyName, KeyPair>>;
beforeAll(async () => {
  keys = await makeKeys();
});

const make = (want: Wanted): Promise<PrivateCertificate> =>
  PrivateCertificate.selfSigned(selfSignedOptions(want, keys[want.key]));

describe("certificates that we make", () => {
  test("say what was asked for, to every library", async () => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const certificate = await make(want);
        const facts = ourFacts(certificate);
        expect(facts).toMatchObject(expected(want));
        expect(facts).toMatchObject(told(peculiarFacts(certificate.der)));
        expect(facts).toMatchObject(told(pkijsFacts(certificate.der)));
        if (want.key.startsWith("RSA")) expect(facts).toMatchObject(told(forgeFacts(certificate.der)));
        expect(certificate.deviations).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("have names whose values @peculiar/x509 reads, too", async () => {
    await fc.assert(
      fc.asyncProperty(wanted, async (want) => {
        const { der, subject } = await make({ ...want, key: "P-256" });
        expect(subject.rdns.flatMap((rdn) => rdn.map(({ value }) => value))).toEqual(peculiarValues(der));
      }),
      { numRuns: 100 },
    );
  });

  test.each(["P-256", "P-384", "RSA-2048", "Ed25519"] as const)(
    "are signed rightly with %s, they find",
    async (key) => {
      await fc.assert(
        fc.asyncProperty(wanted, async (want) => {
          const { der } = await make({ ...want, key });
          const theirs = new peculiar.X509Certificate(new Uint8Array(der));
          expect(await theirs.verify({ signatureOnly: true })).toBe(true);
          if (key !== "Ed25519") expect(await pkijs.Certificate.fromBER(new Uint8Array(der)).verify()).toBe(true);
          if (key !== "RSA-2048") return;
          const forged = forge.pki.certificateFromAsn1(forge.asn1.fromDer(binary(der)));
          expect(forged.verify(forged)).toBe(true);
        }),
        { numRuns: 10 },
      );
    },
  );
});

describe("requests that we make", () => {
  test("are right, and say what was asked for", async () => {
    await fc.assert(
      fc.asyncProperty(wanted, async ({ subject, names, key }) => {
        const request = await CertificateRequest.create({ subject, subjectAltName: names, keyPair: keys[key] });
        const theirs = new peculiar.Pkcs10CertificateRequest(new Uint8Array(request.der));
        const named = theirs.getExtension("2.5.29.17");
        expect(hex(theirs.publicKey.rawData)).toBe(requestFacts(request).publicKey);
        expect(theirs.subjectName.toJSON().flatMap((rdn) => Object.values(rdn).flat())).toEqual(
          request.subject.rdns.flatMap((rdn) => rdn.map(({ value }) => value)),
        );
        expect(named === null).toBe(names.length === 0);
        expect(request.subjectAltName?.map(generalNameFact) ?? []).toEqual(
          names.map((name) => generalNameFact(generalName(name))),
        );
        if (key !== "P-521") expect(await theirs.verify()).toBe(true);
        if (!key.startsWith("RSA")) return;
        const forged = forge.pki.certificationRequestFromAsn1(forge.asn1.fromDer(binary(request.der)));
        expect(forged.verify()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

function expected(want: Wanted): Partial<Facts> {
  const { extension, key } = want;
  const value = octetString(extension.value);
  return {
    serialNumber: want.serialNumber.toString(16),
    notBefore: want.notBefore.toISOString(),
    notAfter: want.notAfter.toISOString(),
    publicKey: hex(keys[key].publicKey.spki),
    extensions: expect.arrayContaining([
      extensionFact(`1.3.6.1.4.1.66666.${extension.arc}`, extension.critical, value),
    ]),
    subjectAltName: want.names.length === 0 ? undefined : want.names.map((name) => generalNameFact(generalName(name))),
    ca: want.profile === "ca",
    pathLength: want.pathLength,
    extendedKeyUsage: want.extendedKeyUsage,
    subject: expect.arrayContaining([`2.5.4.3=${want.subject.CN}`]),
  };
}
