// Twisted's keys and requests, recorded from running it: what it loads, we load, with the same bytes; what it gets
// wrong, we name.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as compat from "../src/compat/index.ts";
import { CertificateRequest, KeyPair, type NameFields, PrivateCertificate } from "../src/index.ts";
import { hasShared, sharedBytes, sharedJson } from "./shared.ts";

type Sections = Record<string, Record<string, Record<string, unknown>>>;

const golden = hasShared ? sharedJson<Record<string, Sections>>("golden/golden.json.gz") : {};
const file = (name: string) => sharedBytes(`golden/certs/${name}`);

// Without the data there is one test, which is skipped for all to see.
test.skipIf(!hasShared)("the recorded keys of Twisted are there", () => {
  expect(Object.keys(golden)).toEqual(expect.arrayContaining(["24.7.0.post0", "22.4.0"]));
});

/** What this package refuses where Twisted does not. */
const refusedKeys: Readonly<Record<string, string>> = { "key-dsa2048.pem": "UNSUPPORTED_ALGORITHM" };

/** What `parseVerified` says to requests that Twisted loads, or refuses with an error of its binding. */
const refusedRequests: Readonly<Record<string, string>> = {
  "cert-as-csr.der": "REQUEST_INVALID",
  "csr-badsig.der": "REQUEST_SIGNATURE_INVALID",
  "csr-garbage.der": "PEM_NO_BLOCK",
  "csr-md5.der": "ALGORITHM_WEAK",
  "csr-sha1.der": "ALGORITHM_WEAK",
  "csr-tampered-subject.der": "REQUEST_SIGNATURE_INVALID",
  "csr-truncated.der": "DER_TRUNCATED",
};

for (const version of hasShared ? ["24.7.0.post0", "22.4.0"] : []) {
  describe(`as Twisted ${version}`, () => {
    const sections = golden[version] ?? {};

    test.each(Object.entries(sections.keys ?? {}))("KEY-13 KEY-14 KEY-16: key %s", async (name, fields) => {
      const bytes = file(name);
      const load = () => (name.endsWith(".der") ? KeyPair.fromDer(bytes) : KeyPair.fromPem(bytes));
      const code = refusedKeys[name];
      if (code !== undefined) {
        await expect(load()).rejects.toMatchObject({ code });
        return;
      }
      const keyPair = await load();
      expect(keyPair.publicKey.spkiHash()).toBe(fields.spkiSha256);
      expect({ value: compat.keyHash(keyPair.publicKey) }).toEqual(fields.keyHash);
      expect({ value: compat.inspectKeyPair(keyPair) }).toEqual(fields.inspect);
      // In DER it writes the traditional forms.
      const traditional = { rsa: "pkcs1", ecdsa: "sec1" } as const;
      const { type } = keyPair.publicKey;
      const der = await keyPair.toDer(type in traditional ? { type: traditional[type as "rsa"] } : {});
      expect({ value: createHash("sha256").update(der).digest("hex") }).toEqual(fields.dumpDerSha256);
      expect({ value: (await keyPair.toPem()).split("\n")[0] }).toEqual(fields.dumpPemFirstLine);
    });

    const requests = Object.entries(sections["CertificateRequest.load"] ?? {});
    test.each(requests)("REQ-03 REQ-05 REQ-06: request %s", async (name, fields) => {
      const parsed = CertificateRequest.parseVerified(file(name));
      const code = refusedRequests[name];
      if (code !== undefined) {
        await expect(parsed).rejects.toMatchObject({ code });
        return;
      }
      const request = await parsed;
      // Twisted cannot print a name beyond ASCII.
      if (fields.subject === undefined) expect(request.subject.toString()).toMatch(/[^ -~]/);
      else {
        const { value } = fields.subject as { value: NameFields };
        for (const [type, text] of Object.entries(value)) expect(request.subject.get(type as "CN")).toBe(text);
        expect({ value: compat.inspectName(request.subject) }).toEqual(fields.inspectDN);
      }
    });

    test("there are requests and keys to compare", () => {
      expect(requests.length).toBeGreaterThanOrEqual(13);
      expect(Object.keys(sections.keys ?? {}).length).toBe(28);
    });
  });
}

describe.skipIf(!hasShared)("where Twisted prompts, guesses or drops", () => {
  test("KEY-13: an encrypted key is an error, never a prompt", async () => {
    await expect(KeyPair.fromPem(file("key-encrypted.pem"))).rejects.toMatchObject({ code: "KEY_ENCRYPTED" });
  });

  test("KEY-19: the chain is kept", async () => {
    const identity = await PrivateCertificate.fromPem(file("leaf.all.pem"));
    expect(identity.chain.map(({ subject }) => subject.CN)).toEqual(["Golden Intermediate"]);
    expect(await identity.verifySignature(identity.chain[0]?.publicKey ?? identity.publicKey)).toBe(true);
  });

  test("KEY-18: a foreign key is refused", async () => {
    const keyPair = await KeyPair.fromPem(file("otherca.key.pem"));
    const certificate = await PrivateCertificate.fromPem(file("server.both.pem"));
    expect(() => PrivateCertificate.from(certificate, keyPair)).toThrow(
      expect.objectContaining({ code: "KEY_MISMATCH" }),
    );
  });
});
