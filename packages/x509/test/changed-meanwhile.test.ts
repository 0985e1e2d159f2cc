// What is given counts as it was when it was given: its owner may wipe or reuse it as soon as the call has returned, while
// the promise is pending. A passphrase that is read later would encrypt with zeros, for good.

import { describe, expect, test } from "vitest";
import { decryptPkcs8, encryptPkcs8, readPkcs12, writePkcs12 } from "../src/containers/index.ts";
import { CertificateRequest, KeyPair, PrivateCertificate, pemDecode } from "../src/index.ts";
import { Openssl } from "./openssl.ts";

const secret = new TextEncoder().encode("correct horse");
const identity = await PrivateCertificate.selfSigned({ subject: { CN: "a" } });
const { keyPair } = identity;
const pkcs8 = await keyPair.toDer();
const sealed = await encryptPkcs8(pkcs8, secret);
const file = await writePkcs12(identity, secret, { iterations: 2048 });

/** Calls with a copy of each, and wipes the copies at once, or after a turn of the event loop. */
async function wiped<T>(turns: number, given: readonly Uint8Array[], call: (...given: Uint8Array[]) => Promise<T>) {
  const copies = given.map((bytes) => bytes.slice());
  const pending = call(...copies);
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve));
  for (const copy of copies) copy.fill(0);
  return pending;
}

describe.each([0, 1])("bytes that are wiped after %i turns", (turns) => {
  test("encryptPkcs8", async () => {
    const made = await wiped(turns, [pkcs8, secret], (key, passphrase) => encryptPkcs8(key, passphrase));
    expect(await decryptPkcs8(made, secret)).toEqual(pkcs8);
  });

  test("decryptPkcs8", async () => {
    expect(await wiped(turns, [sealed, secret], (key, passphrase) => decryptPkcs8(key, passphrase))).toEqual(pkcs8);
  });

  test("KeyPair.toPem and PrivateCertificate.toPem", async () => {
    const made = await wiped(turns, [secret], (passphrase) => keyPair.toPem({ passphrase }));
    expect(await (await KeyPair.fromPem(made, { passphrase: secret })).toDer()).toEqual(pkcs8);
    const both = await wiped(turns, [secret], (passphrase) => identity.toPem({ includeKey: true, passphrase }));
    expect((await PrivateCertificate.fromPem(both, { passphrase: secret })).equals(identity)).toBe(true);
  });

  test("KeyPair.fromDer and fromPem", async () => {
    const pem = new TextEncoder().encode(await keyPair.toPem({ passphrase: secret }));
    const loaded = [
      await wiped(turns, [sealed, secret], (der, passphrase) => KeyPair.fromDer(der, { passphrase })),
      await wiped(turns, [pem, secret], (text, passphrase) => KeyPair.fromPem(text, { passphrase })),
    ];
    for (const one of loaded) expect(one.publicKey.equals(keyPair.publicKey)).toBe(true);
  });

  test("a key that is encrypted by its headers", async () => {
    using openssl = new Openssl();
    openssl.write("plain.pem", await keyPair.toPem());
    const text = openssl.must("ec", "-in", "plain.pem", "-aes128", "-passout", "pass:correct horse");
    const [block] = pemDecode(text).filter(({ label }) => label === "EC PRIVATE KEY");
    if (block === undefined) throw new Error("OpenSSL wrote no key");
    const loaded = await wiped(turns, [block.bytes, secret], (bytes, passphrase) =>
      KeyPair.fromPemBlock({ ...block, bytes }, { passphrase }),
    );
    expect(loaded.publicKey.equals(keyPair.publicKey)).toBe(true);
  });

  test("writePkcs12 and readPkcs12", async () => {
    const options = { iterations: 2048 };
    const made = await wiped(turns, [secret], (passphrase) => writePkcs12(identity, passphrase, options));
    expect((await readPkcs12(made, secret)).identities).toHaveLength(1);
    const { identities } = await wiped(turns, [file, secret], (bytes, passphrase) => readPkcs12(bytes, passphrase));
    expect(identities).toHaveLength(1);
  });

  test("what is signed", async () => {
    const data = new Uint8Array(100).fill(7);
    const signature = await wiped(turns, [data], (bytes) => keyPair.sign(bytes));
    const algorithm = keyPair.signatureAlgorithm();
    const isRight = await wiped(turns, [signature, data], (made, bytes) =>
      keyPair.publicKey.verify(algorithm, made, bytes),
    );
    expect(isRight).toBe(true);
  });
});

test("the attributes of a subject, and the names, of what is issued", async () => {
  const given = () => ({
    subject: { CN: "good", OU: ["a", "b"] },
    subjectAltName: [{ type: "dns", value: "good.example" } as const],
  });
  const spoil = ({ subject, subjectAltName }: ReturnType<typeof given>): void => {
    subject.CN = "evil";
    subject.OU.push("evil");
    Object.assign(subjectAltName[0] ?? {}, { value: "evil.example" });
  };
  const request = await CertificateRequest.create({ keyPair, subject: { CN: "c" } });
  const make = [
    (options: ReturnType<typeof given>) => PrivateCertificate.selfSigned(options),
    (options: ReturnType<typeof given>) => identity.issuePrivate({ ...options, force: true }),
    (options: ReturnType<typeof given>) => CertificateRequest.create({ ...options, keyPair }),
    (options: ReturnType<typeof given>) => identity.sign(request, { ...options, force: true, approve: () => true }),
  ];
  for (const one of make) {
    const options = given();
    const pending = one(options);
    spoil(options);
    const { subject, subjectAltName } = await pending;
    expect(subject.toString()).toBe("OU=b,OU=a,CN=good");
    expect(subjectAltName).toEqual([{ type: "dns", value: "good.example" }]);
  }
});
