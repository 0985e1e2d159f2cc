// Twisted's own output, recorded from running it: names, digests, hashes and print-outs must agree.

import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as compat from "../src/compat/index.ts";
import { Certificate, DistinguishedName, type NameFields, PublicKey, pemDecode, X509Error } from "../src/index.ts";
import { hasShared, sharedBytes, sharedJson, sharedPath } from "./shared.ts";

interface Outcome {
  readonly value?: unknown;
  readonly error?: string;
}
type Golden = Record<string, Record<string, Record<string, Outcome & { readonly [key: string]: unknown }>>>;

// Without the data there is one test, which is skipped for all to see.
test.skipIf(!hasShared)("the recorded output of Twisted is there", () => {
  expect(Object.keys(golden)).toEqual(expect.arrayContaining(["24.7.0.post0", "22.4.0"]));
});

const golden = hasShared ? sharedJson<Record<string, Golden>>("golden/golden.json.gz") : {};

for (const version of hasShared ? ["24.7.0.post0", "22.4.0"] : []) {
  describe(`as Twisted ${version}`, () => {
    const sections = golden[version] as unknown as Record<string, Record<string, Record<string, Outcome>>>;
    const certificates = Object.entries(sections.certificates ?? {}).filter(([, fields]) => !("load" in fields));

    test("there is something to compare", () => {
      // One of the 48 files is a key.
      expect(certificates).toHaveLength(47);
      expect(Object.keys(sections.keys ?? {})).toHaveLength(28);
    });

    test.each(certificates)(
      "KEY-01 KEY-04 KEY-05 KEY-06 KEY-07 KEY-08 KEY-11 KEY-12: certificate %s",
      (file, fields) => {
        const text = sharedBytes(`golden/certs/${file}`);
        const [certificate] = Certificate.allFromPem(text);
        if (certificate === undefined) throw new Error("no certificate");
        const raw = fields as unknown as Record<string, unknown>;
        expect(certificate.id).toBe(raw.derSha256);
        expect(certificate.serialNumber.toString()).toBe(raw.serialDecimal);
        expect(certificate.version).toBe(raw.x509Version);
        expect(compat.keyHash(certificate.publicKey)).toBe(fields.publicKeyHash?.value);
        expect(compat.inspectPublicKey(certificate.publicKey)).toBe(fields.publicKeyInspect?.value);
        // Twisted refuses names beyond ASCII (BUG-11); ours must print them.
        if (fields.inspect?.value === undefined) expect(compat.inspect(certificate)).toMatch(/[^ -~\n]/);
        else {
          expect(compat.inspect(certificate)).toBe(fields.inspect.value);
          expect(compat.inspectName(certificate.subject)).toBe(fields.subjectInspect?.value);
          for (const name of ["subject", "issuer"] as const) {
            for (const [type, value] of Object.entries(fields[name]?.value as Record<string, string>)) {
              expect(certificate[name].get(type as "CN")).toBe(value);
            }
          }
        }
        if (fields.repr?.value !== undefined) expect(compat.representation(certificate)).toBe(fields.repr.value);
        for (const [key, outcome] of Object.entries(fields)) {
          if (!key.startsWith("digest:")) continue;
          const digest = () => compat.digest(certificate, key === "digest:default" ? undefined : key.slice(7));
          if (outcome.error === undefined) expect(digest()).toBe(outcome.value);
          else expect(digest).toThrow(expect.objectContaining({ code: "ARGUMENT_INVALID" }));
        }
      },
    );

    test("KEY-01: what Twisted cannot load as a certificate, we cannot either", () => {
      const refused = Object.entries(sections.certificates ?? {}).filter(([, fields]) => "load" in fields);
      expect(refused.map(([file]) => file)).toEqual(["twisted-key-nonl.pem"]);
      const [[file] = [""]] = refused;
      expect(() => Certificate.parse(sharedBytes(`golden/certs/${file}`))).toThrow(
        expect.objectContaining({ code: "PEM_WRONG_LABEL", details: expect.objectContaining({ line: 1 }) }),
      );
    });

    test.each(Object.entries(sections.keys ?? {}))("KEY-11 KEY-16: key %s", (file, fields) => {
      const spki = publicKeyOf(file);
      const publicKey = PublicKey.fromSpki(spki);
      expect(compat.keyHash(publicKey)).toBe(fields.keyHash?.value);
      expect(compat.inspectKeyPair({ publicKey })).toBe(fields.inspect?.value);
      expect(publicKey.spkiHash("sha-256")).toBe(fields.spkiSha256 as unknown);
    });

    const names = Object.entries(sections.DN ?? {}).filter(([, fields]) => "inspect" in fields);
    test.each(names)("DN-01 DN-03 DN-07: name %s", (title, fields) => {
      const { dict, inspect } = fields as unknown as { dict: NameFields; inspect: string };
      const name = DistinguishedName.of(dict, { strict: false });
      // Twisted prints control characters as they are; here they are escaped.
      expect(name.inspect()).toBe(title === "newline" ? inspect.replace("a\nb", "a\\nb") : inspect);
      expect(compat.inspectName(name)).toBe(name.inspect());
      for (const [type, value] of Object.entries(dict)) expect(name.get(type as "CN")).toBe(value);
    });

    test.each(Object.entries(sections["DN.encoding"] ?? {}))("DN-09 DN-10: encoding %s", (title, outcome) => {
      const make = () => DistinguishedName.of(encodings[title] ?? {});
      expect(encodings).toHaveProperty([title]);
      // What Twisted cannot encode because it is not ASCII, we can.
      if (title.startsWith("utf8")) expect(make().CN).toBe("Zoë");
      else if (outcome.error === undefined) expect(Buffer.from(make().der).toString("hex")).toBe(outcome.value);
      else expect(make).toThrow(expect.objectContaining({ code: "NAME_INVALID" }));
    });
  });
}

describe.skipIf(!hasShared)("golden certificates", () => {
  test("KEY-03: PEM and DER come back byte for byte", () => {
    const pem = readFileSync(sharedPath("golden/certs/cert-rsa2048.pem"), "utf8");
    const certificate = Certificate.fromPem(pem);
    expect(certificate.toPem().trimEnd()).toBe(pem.slice(pem.indexOf("-----BEGIN")).trimEnd());
    expect(Certificate.fromDer(certificate.der).der).toEqual(pemDecode(pem)[0]?.bytes);
  });

  test("KEY-02: a bundle is refused by fromPem, with the line of the second certificate", () => {
    const bundle = sharedBytes("golden/certs/leaf.chain.pem");
    expect(Certificate.allFromPem(bundle)).toHaveLength(2);
    const lines = Buffer.from(bundle).toString("utf8").split("\n");
    const second = lines.indexOf("-----BEGIN CERTIFICATE-----", lines.indexOf("-----BEGIN CERTIFICATE-----") + 1) + 1;
    try {
      Certificate.fromPem(bundle);
      expect.unreachable();
    } catch (error) {
      if (!X509Error.is(error) || error.code !== "PEM_MULTIPLE_BLOCKS") throw error;
      expect(error.details).toMatchObject({ count: 2, line: second });
    }
  });
});

const encodings: Readonly<Record<string, NameFields>> = {
  "CN,O": { CN: "a", O: "b" },
  "O,CN": { O: "b", CN: "a" },
  C: { C: "US" },
  "C 3 chars": { C: "USA" },
  email: { emailAddress: "e@x" },
  "CN 64": { CN: "a".repeat(64) },
  "CN 65": { CN: "a".repeat(65) },
  "O 65": { O: "a".repeat(65) },
  "empty CN": { CN: "" },
  star: { CN: "*.example.com" },
  underscore: { CN: "a_b@c" },
  "utf8 via raw bytes in dict": { CN: "Zoë" },
};

function publicKeyOf(file: string): Uint8Array {
  const bytes = Buffer.from(sharedBytes(`golden/certs/${file}`));
  if (!file.endsWith(".der")) return spkiOf(createPrivateKey(bytes));
  const type = file.includes("traditional") ? "pkcs1" : "pkcs8";
  return spkiOf(createPrivateKey({ key: bytes, format: "der", type }));
}

function spkiOf(key: ReturnType<typeof createPrivateKey>): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: "der", type: "spki" }));
}
