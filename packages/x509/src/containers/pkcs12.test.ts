import { createSecureContext } from "node:tls";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Openssl } from "../../test/openssl.ts";
import { bytesEqual, toHex } from "../bytes.ts";
import { Certificate } from "../certificate.ts";
import { type KeyGenerationOptions, KeyPair } from "../key-pair.ts";
import { PrivateCertificate } from "../private-certificate.ts";
import { readPkcs12, writePkcs12 } from "./index.ts";

const openssl = new Openssl();
afterAll(() => openssl[Symbol.dispose]());

const passphrase = "pässwörd 🔑";
const quick = { iterations: 2048 };

const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
const middle = await ca.issuePrivate({ subject: { CN: "Middle" }, profile: "intermediate" });
const leaf = await middle.issuePrivate({ subjectAltName: ["a.example"] });

/** `openssl pkcs12 -export` of a key, its certificate and others. */
async function theirs(identity: PrivateCertificate, ...args: string[]): Promise<Uint8Array> {
  openssl.write("key.pem", await identity.keyPair.toPem());
  openssl.write("leaf.pem", identity.toPem());
  openssl.write("chain.pem", identity.chain.map((certificate) => certificate.toPem()).join(""));
  const files = [
    "-inkey",
    "key.pem",
    "-in",
    "leaf.pem",
    ...(identity.chain.length > 0 ? ["-certfile", "chain.pem"] : []),
  ];
  openssl.must("pkcs12", "-export", ...files, "-out", "theirs.p12", "-passout", `pass:${passphrase}`, ...args);
  return openssl.read("theirs.p12");
}

async function expectIdentity(file: Uint8Array, identity: PrivateCertificate, options = {}, secret = passphrase) {
  const contents = await readPkcs12(file, secret, options);
  const [found, ...more] = contents.identities;
  expect(more).toEqual([]);
  expect(found?.id).toBe(identity.id);
  expect(await found?.keyPair.toDer()).toEqual(await identity.keyPair.toDer());
  expect(found?.chain.map(({ id }) => id)).toEqual(identity.chain.map(({ id }) => id));
  expect(contents.certificates.map(({ id }) => id)).toEqual(identity.chain.map(({ id }) => id));
  return contents;
}

const kinds: readonly (readonly [string, KeyGenerationOptions])[] = [
  ["RSA", { type: "rsa" }],
  ["RSASSA-PSS", { type: "rsa-pss", hash: "SHA-256" }],
  ["P-256", { type: "ecdsa" }],
  ["P-384", { type: "ecdsa", curve: "P-384" }],
  ["P-521", { type: "ecdsa", curve: "P-521" }],
  ["Ed25519", { type: "ed25519" }],
  ["Ed448", { type: "ed448" }],
];

/** OpenSSL 3.0 does not have it; the OpenSSL of Node has. */
const newKinds: typeof kinds = [
  ["ML-DSA-44", { type: "ml-dsa-44" }],
  ["ML-DSA-65", { type: "ml-dsa-65" }],
  ["ML-DSA-87", { type: "ml-dsa-87" }],
];

describe.each(kinds)("%s", async (_, key) => {
  const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["x.example"], key });

  test("what OpenSSL writes, we read", async () => {
    const { friendlyNames, localKeyIds, identities } = await expectIdentity(
      await theirs(identity, "-name", "mein schöner Schlüssel"),
      identity,
    );
    const [found = identity] = identities;
    expect(friendlyNames.get(found)).toBe("mein schöner Schlüssel");
    expect(localKeyIds.get(found)).toEqual(identity.fingerprint("sha-1", { format: "bytes" }));
  });

  test("what we write, OpenSSL reads", async () => {
    openssl.write("ours.p12", await writePkcs12(identity, passphrase, quick));
    const read = ["pkcs12", "-in", "ours.p12", "-passin", `pass:${passphrase}`];
    const key = openssl.must(...read, "-nocerts", "-noenc");
    expect((await KeyPair.fromPem(key)).publicKey.equals(identity.publicKey)).toBe(true);
    expect(Certificate.fromPem(openssl.must(...read, "-nokeys")).id).toBe(identity.id);
    const info = openssl.must(...read, "-info", "-noout");
    expect(info).toContain("MAC: sha256, Iteration 2048");
    expect(info.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 2048, PRF hmacWithSHA256/g)?.length).toBe(2);
  });
});

describe.each([...kinds, ...newKinds])("%s", async (_, key) => {
  const identity = await PrivateCertificate.selfSigned({ subjectAltName: ["x.example"], key });

  test("what we write, we and the TLS of Node read", async () => {
    const file = await writePkcs12(identity, passphrase, quick);
    await expectIdentity(file, identity);
    expect(() => createSecureContext({ pfx: Buffer.from(file), passphrase })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(file), passphrase: "wrong" })).toThrow();
  });
});

describe("every way in which OpenSSL protects a file", () => {
  test.each([
    ["as it likes", []],
    ["AES-128 and AES-192", ["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC"]],
    ["a MAC with SHA-384", ["-macalg", "sha384"]],
    ["a MAC with SHA-512", ["-macalg", "sha512", "-iter", "10000"]],
    ["one iteration", ["-iter", "1", "-nomaciter"]],
    ["certificates in clear", ["-certpbe", "NONE"]],
    ["the key in clear", ["-keypbe", "NONE"]],
    ["certificates only", ["-nokeys"]],
  ])("%s", async (name, args) => {
    const file = await theirs(leaf, ...args);
    if (name !== "certificates only") {
      await expectIdentity(file, leaf);
      return;
    }
    const { identities, certificates, keyPairs } = await readPkcs12(file, passphrase);
    expect([identities, keyPairs]).toEqual([[], []]);
    expect(certificates.map(({ id }) => id)).toEqual([leaf, ...leaf.chain].map(({ id }) => id));
  });

  test.each([
    ["Triple DES", ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"], "SHA-1"],
    ["a MAC with SHA-1", ["-macalg", "sha1"], "SHA-1"],
    ["Triple DES for the key", ["-keypbe", "PBE-SHA1-3DES"], "pbeWithSHAAnd3-KeyTripleDES-CBC"],
    ["Triple DES in PBES2", ["-keypbe", "DES-EDE3-CBC"], "DES-EDE3-CBC"],
  ])("%s: with legacy: true only", async (_, args, algorithm) => {
    const file = await theirs(
      leaf,
      "-legacy",
      "-certpbe",
      "AES-256-CBC",
      "-keypbe",
      "AES-256-CBC",
      ...macSha256,
      ...args,
    );
    await expect(readPkcs12(file, passphrase)).rejects.toMatchObject({
      code: "UNSUPPORTED_ALGORITHM",
      details: { algorithm, oid: expect.any(String) },
      message: expect.stringContaining("{ legacy: true }"),
    });
    await expectIdentity(file, leaf, { legacy: true });
    await expect(readPkcs12(file, "wrong", { legacy: true })).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
  });

  test.each([
    ["RC2 with 40 bits, the old default", [], "pbeWithSHAAnd40BitRC2-CBC", "1.2.840.113549.1.12.1.6"],
    ["RC2 with 128 bits", ["-certpbe", "PBE-SHA1-RC2-128"], "pbeWithSHAAnd128BitRC2-CBC", "1.2.840.113549.1.12.1.5"],
    ["RC4", ["-certpbe", "PBE-SHA1-RC4-128"], "pbeWithSHAAnd128BitRC4", "1.2.840.113549.1.12.1.1"],
    [
      "Triple DES of two keys",
      ["-certpbe", "PBE-SHA1-2DES"],
      "pbeWithSHAAnd2-KeyTripleDES-CBC",
      "1.2.840.113549.1.12.1.4",
    ],
    ["DES", ["-certpbe", "PBE-SHA1-DES"], "pbeWithSHA1AndDES-CBC", "1.2.840.113549.1.5.10"],
    ["Camellia", ["-certpbe", "CAMELLIA-256-CBC"], "Camellia-256-CBC", "1.2.392.200011.61.1.1.1.4"],
    ["a MAC with SHA-224", ["-macalg", "sha224"], "SHA-224", "2.16.840.1.101.3.4.2.4"],
    ["a MAC with SHA-3", ["-macalg", "sha3-256"], "SHA3-256", "2.16.840.1.101.3.4.2.8"],
    ["a MAC with MD5", ["-macalg", "md5"], "MD5", "1.2.840.113549.2.5"],
  ])("%s is refused by name and OID", async (_, args, algorithm, oid) => {
    const file = await theirs(leaf, "-legacy", ...args);
    const error = readPkcs12(file, passphrase, { legacy: true });
    await expect(error).rejects.toMatchObject({ code: "UNSUPPORTED_ALGORITHM", details: { algorithm, oid } });
    await expect(error).rejects.toThrow(oid);
  });

  test("without a MAC: only where the caller says so", async () => {
    const file = await theirs(leaf, "-nomac");
    await expect(readPkcs12(file, passphrase)).rejects.toMatchObject({
      code: "CONTAINER_INVALID",
      message: expect.stringContaining("{ insecurelyAllowMissingMac: true }"),
      details: { offset: file.length },
    });
    const open = { insecurelyAllowMissingMac: true };
    await expectIdentity(file, leaf, open);
    for (let attempt = 0; attempt < 300; attempt++) {
      const error = await readPkcs12(file, `wrong ${attempt}`, open).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: expect.stringMatching(/^(KEY_WRONG_PASSPHRASE|DER_)/) });
    }
  });

  test.each([
    ["modern", []],
    ["legacy", ["-legacy", "-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"]],
  ])("an empty passphrase, %s", async (_, args) => {
    const file = await theirs(leaf, ...args, "-passout", "pass:");
    await expectIdentity(file, leaf, { legacy: true }, "");
    await expect(readPkcs12(file, passphrase, { legacy: true })).rejects.toMatchObject({
      code: "KEY_WRONG_PASSPHRASE",
    });
    const ours = await writePkcs12(leaf, "", quick);
    await expectIdentity(ours, leaf, {}, "");
    openssl.write("ours.p12", ours);
    openssl.must("pkcs12", "-in", "ours.p12", "-passin", "pass:", "-noout");
  });
});

const macSha256 = ["-macalg", "sha256"] as const;

describe("contents", async () => {
  const other = await ca.issuePrivate({ subjectAltName: ["b.example"], key: { type: "ed25519" } });
  const stranger = await PrivateCertificate.selfSigned({ subject: { CN: "Stranger" }, profile: "ca" });
  const lone = await KeyPair.generate();

  test("several identities, certificates, keys, CRLs, with their names: all come back, and go out the same", async () => {
    const crl = Uint8Array.of(0x30, 3, 2, 1, 5);
    const [issuer] = leaf.chain;
    const friendlyNames = new Map<Certificate | KeyPair, string>([
      [leaf, "first 🙂"],
      [other, ""],
      [stranger, "stranger"],
      [lone, "lone"],
      ...(issuer === undefined ? [] : [[issuer, "issuer"] as const]),
    ]);
    const localKeyIds = new Map<Certificate | KeyPair, Uint8Array>([[lone, Uint8Array.of(7)]]);
    const input = {
      identities: [leaf, other],
      certificates: [ca, Certificate.fromDer(stranger.der), ca],
      keyPairs: [lone],
      crls: [crl],
      friendlyNames,
      localKeyIds,
    };
    // Names go by object: the copy of the stranger has none.
    const first = await readPkcs12(await writePkcs12(input, passphrase, quick), passphrase);
    const again = await readPkcs12(await writePkcs12(first, passphrase, quick), passphrase);
    for (const contents of [first, again]) {
      const { identities, certificates, keyPairs, crls } = contents;
      expect(identities.map(({ id }) => id)).toEqual([leaf.id, other.id]);
      expect(identities.map(({ chain }) => chain.map(({ id }) => id))).toEqual([[middle.id, ca.id], [ca.id]]);
      expect(certificates.map(({ id }) => id)).toEqual([middle.id, ca.id, stranger.id]);
      expect(keyPairs.map(({ publicKey }) => publicKey.spkiHash())).toEqual([lone.publicKey.spkiHash()]);
      expect(crls).toEqual([crl]);
      expect([...contents.friendlyNames.values()]).toEqual(["first 🙂", "", "issuer", "lone"]);
      expect(contents.friendlyNames.get(identities[0] ?? lone)).toBe("first 🙂");
      expect([...contents.localKeyIds.values()].map(toHex)).toEqual([leaf.id, other.id, "07"]);
      expect(JSON.stringify(contents)).not.toContain(String((await leaf.keyPair.toJwk()).d));
    }
  });

  test("OpenSSL shows the names that we write", async () => {
    const friendlyNames = new Map([[leaf, "my key"]]);
    openssl.write("ours.p12", await writePkcs12({ identities: [leaf], friendlyNames }, passphrase, quick));
    const shown = openssl.must("pkcs12", "-in", "ours.p12", "-passin", `pass:${passphrase}`, "-noenc");
    expect(shown.match(/friendlyName: my key/g)?.length).toBe(2);
    expect(shown.match(/localKeyID: /g)?.length).toBe(2);
    expect(Certificate.allFromPem(shown).map(({ id }) => id)).toEqual([leaf, ...leaf.chain].map(({ id }) => id));
  });

  test("any friendly name that is Unicode comes back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (name) => {
        const wellFormed = name.toWellFormed();
        const input = { certificates: [ca], friendlyNames: new Map([[ca, wellFormed]]) };
        const { friendlyNames } = await readPkcs12(await writePkcs12(input, "x", quick), "x");
        expect([...friendlyNames.values()]).toEqual([wellFormed]);
      }),
      { numRuns: 20 },
    );
  });

  test("a key whose certificate was renewed goes with the one that the file joins it to", async () => {
    const renewed = leaf.renew(await middle.issue({ keyPair: leaf.keyPair, subjectAltName: ["a.example"] }));
    const input = { identities: [renewed], certificates: [leaf] };
    const file = await writePkcs12({ ...input, certificates: [leaf, ...leaf.chain] }, passphrase, quick);
    const { identities, certificates } = await readPkcs12(file, passphrase);
    expect(identities.map(({ id }) => id)).toEqual([renewed.id]);
    expect(certificates.map(({ id }) => id)).toEqual([middle.id, leaf.id]);
  });

  test("a key that is joined to another's certificate is KEY_MISMATCH", async () => {
    const id = Uint8Array.of(1);
    const localKeyIds = new Map<Certificate | KeyPair, Uint8Array>([
      [ca, id],
      [lone, id],
    ]);
    const file = await writePkcs12({ certificates: [ca], keyPairs: [lone], localKeyIds }, passphrase, quick);
    await expect(readPkcs12(file, passphrase)).rejects.toMatchObject({
      code: "KEY_MISMATCH",
      details: { certificateKey: ca.publicKey.spkiHash(), privateKey: lone.publicKey.spkiHash() },
    });
  });

  test("salts and vectors are new each time", async () => {
    const [one, two] = [await writePkcs12(leaf, "x", quick), await writePkcs12(leaf, "x", quick)];
    expect(one.length).toBe(two.length);
    let equal = 0;
    for (let at = 0; at + 16 <= one.length; at++)
      if (bytesEqual(one.subarray(at, at + 16), two.subarray(at, at + 16))) equal++;
    // What is the same is the frame around what is encrypted.
    expect(equal).toBeLessThan(one.length / 3);
  });
});

describe("what cannot be written", () => {
  test.each([
    ["nothing", {}, {}, "contents"],
    ["more than is read", { crls: Array.from({ length: 401 }, () => Uint8Array.of(0x30, 0)) }, quick, "contents"],
    ["too few iterations", leaf, { iterations: 1000 }, "iterations"],
    ["too many iterations", leaf, { iterations: 5_000_001 }, "iterations"],
    ["half an iteration", leaf, { iterations: 4000.5 }, "iterations"],
    ["a lone surrogate", { certificates: [ca], friendlyNames: new Map([[ca, "\ud800"]]) }, quick, "friendlyNames"],
  ])("%s", async (_, contents, options, argument) => {
    await expect(writePkcs12(contents, "x", options)).rejects.toMatchObject({
      code: "ARGUMENT_INVALID",
      details: { argument },
    });
  });

  test.each([undefined, null, 1, "\udc00", new Uint8Array([0xff])])("with the passphrase %s", async (wrong) => {
    const details = { argument: "passphrase" };
    await expect(writePkcs12(leaf, wrong as never, quick)).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details });
    const file = await writePkcs12({ certificates: [ca] }, "x", quick);
    await expect(readPkcs12(file, wrong as never)).rejects.toMatchObject({ code: "ARGUMENT_INVALID", details });
  });
});
