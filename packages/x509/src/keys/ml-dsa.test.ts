// ML-DSA (RFC 9881) against the OpenSSL inside Node, and against certificates and keys that others made.

import { createPrivateKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hasShared, sharedJson } from "../../test/shared.ts";
import { Certificate } from "../certificate.ts";
import { DerReader } from "../der/reader.ts";
import { derInteger, derOctetString, derSequence, derTlv } from "../der/writer.ts";
import { KeyPair } from "../key-pair.ts";
import { PrivateCertificate } from "../private-certificate.ts";

const message = new TextEncoder().encode("a message");
const types = ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] as const;

describe.each(types)("KEY-13, KEY-14: %s", (type) => {
  const generate = generateKeyPairSync as unknown as (type: string) => { privateKey: KeyObject; publicKey: KeyObject };
  const { privateKey, publicKey } = generate(type);
  const theirs = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));

  /** PrivateKeyInfo around another form of the key (RFC 9881 section 6). */
  function withForm(inner: Uint8Array): Uint8Array {
    const body = new DerReader(theirs).enter(0x30, "PrivateKeyInfo");
    body.expect(2, "the version");
    return derSequence(derInteger(0), body.raw(), derOctetString(inner));
  }

  /** What Node writes is the seed. */
  async function seed(): Promise<Uint8Array> {
    const jwk = await (await KeyPair.fromDer(theirs)).toJwk();
    return new Uint8Array(Buffer.from(String(jwk.priv), "base64url"));
  }

  test("a key of Node's is read, and signs what Node verifies", async () => {
    const keyPair = await KeyPair.fromDer(theirs);
    expect(keyPair.publicKey.spki).toEqual(new Uint8Array(publicKey.export({ type: "spki", format: "der" })));
    expect(verify(null, message, publicKey, await keyPair.sign(message))).toBe(true);
    expect(await keyPair.toJwk()).toEqual(privateKey.export({ format: "jwk" }));
  });

  test("by its seed alone: the same key, the same JWK", async () => {
    const bySeed = await KeyPair.fromDer(withForm(derTlv(0x80, await seed())));
    expect(bySeed.publicKey.equals((await KeyPair.fromDer(theirs)).publicKey)).toBe(true);
    const pem = await bySeed.toPem({ passphrase: "x" });
    expect((await KeyPair.fromPem(pem, { passphrase: "x" })).publicKey.equals(bySeed.publicKey)).toBe(true);
    expect(await bySeed.toJwk()).toEqual(privateKey.export({ format: "jwk" }));
    const node = createPrivateKey({ key: Buffer.from(await bySeed.toDer()), format: "der", type: "pkcs8" });
    expect(node.asymmetricKeyType).toBe(type);
  });

  test("a seed of another length is KEY_INVALID", async () => {
    const short = withForm(derTlv(0x80, new Uint8Array(31)));
    await expect(KeyPair.fromDer(short)).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("a seed beside an expanded key that is not its own is KEY_INVALID", async () => {
    const expandedBytes = { "ml-dsa-44": 2560, "ml-dsa-65": 4032, "ml-dsa-87": 4896 }[type];
    const both = derSequence(derOctetString(await seed()), derOctetString(new Uint8Array(expandedBytes)));
    await expect(KeyPair.fromDer(withForm(both))).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  test("issues certificates whose signatures Node verifies", async () => {
    const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca", key: { type } });
    const leaf = await ca.issue({ keyPair: await KeyPair.fromDer(theirs), subjectAltName: ["a.example"] });
    expect(leaf.signatureAlgorithm.name).toBe(type.toUpperCase());
    const spki = { key: Buffer.from(ca.publicKey.spki), format: "der", type: "spki" } as const;
    expect(verify(null, leaf.tbsCertificate, spki, leaf.signature)).toBe(true);
  });
});

interface LimboCase {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly peer_certificate: string;
  readonly peer_certificate_key: string | null;
}

describe.skipIf(!hasShared)("the chains of x509-limbo", () => {
  const cases = hasShared ? sharedJson<{ testcases: LimboCase[] }>("vectors/limbo-rfc9881.json.gz").testcases : [];
  test.each(cases.map((one) => [one.id, one] as const))("%s", async (id, one) => {
    const leaf = Certificate.fromPem(one.peer_certificate);
    const root = Certificate.fromPem(one.trusted_certs[0] ?? "");
    expect(leaf.publicKey.type).toMatch(/^ml-dsa-/);
    expect(await root.verifySignature(root.publicKey)).toBe(true);
    expect(await leaf.verifySignature(root.publicKey)).toBe(!id.endsWith("bad-signature"));
    const keyPair = await KeyPair.fromPem(one.peer_certificate_key ?? "");
    const identity = PrivateCertificate.from(leaf, keyPair, { chain: [root] });
    const signature = await identity.keyPair.sign(message);
    expect(await leaf.publicKey.verify(keyPair.signatureAlgorithm(), signature, message)).toBe(true);
    const again = await KeyPair.fromJwk(await keyPair.toJwk());
    expect(await again.toDer()).toEqual(await keyPair.toDer());
  });
});
