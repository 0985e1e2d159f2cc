// Run by each runtime itself, as a child process: does what the package promises, and prints what happened as JSON.
// argv: a JSON file with what OpenSSL made. No test framework: this file must load in Bun and Deno as it is.

import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { argv } from "node:process";
import { inspect } from "node:util";
import { backend } from "#crypto";
import { readPkcs12, writePkcs12 } from "../src/containers/index.ts";
import {
  Certificate,
  CertificateRequest,
  CertificateRevocationList,
  DerReader,
  issueCrl,
  type KeyGenerationOptions,
  KeyPair,
  OcspRequest,
  PrivateCertificate,
  PublicKey,
  signatureAlgorithm,
  TlsKitError,
} from "../src/index.ts";

/** What the test hands over. */
export interface SelfCheckInput {
  /** Name to private key in PEM; those named `encrypted-…` have the passphrase `secret`. */
  readonly keys: Readonly<Record<string, string>>;
  /** Name to self-signed certificate in PEM. */
  readonly certificates: Readonly<Record<string, string>>;
  /** Name to request in PEM. */
  readonly requests: Readonly<Record<string, string>>;
  /** Name to PKCS #12 file in base64, with the passphrase `secret`. */
  readonly containers: Readonly<Record<string, string>>;
}

/** What it hears back. */
export interface SelfCheckOutput {
  readonly backend: string;
  /** Name of a check to its outcome: what it returned, or the code of what it threw. */
  readonly outcomes: Readonly<Record<string, unknown>>;
  /** Chains to be checked by others: root and leaf with its chain, both in PEM. */
  readonly chains: Readonly<Record<string, { readonly root: string; readonly leaf: string; readonly chain: string }>>;
}

const outcomes: Record<string, unknown> = {};
const chains: Record<string, { root: string; leaf: string; chain: string }> = {};
const message = new TextEncoder().encode("a message");

async function check(name: string, run: () => unknown): Promise<void> {
  try {
    outcomes[name] = await run();
  } catch (error) {
    outcomes[name] = TlsKitError.is(error) ? error.code : `not ours: ${error}`;
  }
}

/** WebCrypto's JWKs, both ways. */
async function checkWebJwk(algorithm: { readonly name: string; readonly namedCurve?: string }): Promise<void> {
  await check(`web jwk ${algorithm.namedCurve ?? algorithm.name}`, async () => {
    const keys = (await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
    const theirs = await crypto.subtle.exportKey("jwk", keys.publicKey);
    const keyPair = await KeyPair.fromJwk(await crypto.subtle.exportKey("jwk", keys.privateKey));
    const again = await crypto.subtle.importKey("jwk", await keyPair.publicKey.toJwk(), algorithm, true, ["verify"]);
    const spki = new Uint8Array(await crypto.subtle.exportKey("spki", again));
    return [
      (await PublicKey.fromJwk(theirs)).equals(keyPair.publicKey),
      PublicKey.fromSpki(spki).equals(keyPair.publicKey),
    ];
  });
}

async function checkKind(options: KeyGenerationOptions): Promise<void> {
  const name = [options.type, "curve" in options ? options.curve : undefined].filter(Boolean).join(" ");
  await check(`make ${name}`, async () => {
    const keyPair = await KeyPair.generate(options);
    const again = await KeyPair.fromPem(await keyPair.toPem());
    const jwk = await KeyPair.fromJwk(await keyPair.toJwk());
    const signature = await again.sign(message);
    const algorithm = again.signatureAlgorithm();
    return [
      await jwk.publicKey.verify(algorithm, signature, message),
      await jwk.publicKey.verify(algorithm, signature, message.subarray(1)),
      await jwk.publicKey.verify(algorithm, signature.subarray(1), message),
      (await jwk.toPem()) === (await keyPair.toPem()),
    ];
  });
  await check(`jwk ${name}`, async () => {
    const { publicKey } = await KeyPair.generate(options);
    const jwk = await publicKey.toJwk();
    return (await PublicKey.fromJwk(jwk)).equals(publicKey);
  });
  await check(`node jwk ${name}`, async () => {
    const { publicKey } = await KeyPair.generate(options);
    const theirs: object = createPublicKey(publicKey.toPem()).export({ format: "jwk" });
    return (
      JSON.stringify(Object.entries(theirs).sort()) === JSON.stringify(Object.entries(await publicKey.toJwk()).sort())
    );
  });
  await check(`sync ${name}`, async () => {
    const keyPair = await KeyPair.generate(options);
    return keyPair.publicKey.verifySync(keyPair.signatureAlgorithm(), await keyPair.sign(message), message);
  });
  await check(`chain ${name}`, async () => {
    const root = await PrivateCertificate.selfSigned({ subject: { CN: "Root" }, profile: "ca", key: options });
    const middle = await root.issuePrivate({ subject: { CN: "Middle" }, profile: "intermediate", key: options });
    const request = await CertificateRequest.create({
      subjectAltName: ["localhost"],
      keyPair: await KeyPair.generate(options),
    });
    const leaf = await middle.sign(request, { approve: () => true });
    chains[name] = { root: root.toPem(), leaf: leaf.toPem(), chain: middle.toPem() };
    return [await leaf.verifySignature(middle.publicKey), await middle.verifySignature(leaf.publicKey)];
  });
}

async function checkGiven(input: SelfCheckInput): Promise<void> {
  for (const [name, pem] of Object.entries(input.keys)) {
    await check(`load ${name}`, async () => {
      const legacy = name.endsWith("legacy");
      const keyPair = await KeyPair.fromPem(pem, name.startsWith("encrypted") ? { passphrase: "secret", legacy } : {});
      const signature = await keyPair.sign(message);
      const algorithm = keyPair.signatureAlgorithm();
      const verified = await keyPair.publicKey.verify(algorithm, signature, message);
      return [keyPair.publicKey.spkiHash(), algorithm.name, verified];
    });
    await check(`wrong passphrase ${name}`, () => KeyPair.fromPem(pem, { passphrase: "wrong" }).then(String));
    await check(`no passphrase ${name}`, () => KeyPair.fromPem(pem).then(String));
  }
  for (const [name, pem] of Object.entries(input.certificates)) {
    await check(`verify ${name}`, async () => {
      const certificate = Certificate.fromPem(pem);
      const { publicKey, signatureAlgorithm: algorithm, signature, tbsCertificate } = certificate;
      const flipped = signature.map((byte, index) => (index === signature.length - 1 ? byte ^ 1 : byte));
      return [
        algorithm.name,
        certificate.fingerprint(),
        await certificate.verifySignature(publicKey),
        await publicKey.verify(algorithm, flipped, tbsCertificate),
      ];
    });
  }
  for (const [name, pem] of Object.entries(input.requests)) {
    await check(`request ${name}`, async () => {
      const request = await CertificateRequest.parseVerified(pem);
      return [request.signatureAlgorithm.name, request.subject.toString()];
    });
  }
}

async function checkShortHash(): Promise<void> {
  const keyPair = await KeyPair.generate({ type: "ecdsa", curve: "P-521" });
  const name = "ecdsa-with-SHA256";
  const algorithm = keyPair.signatureAlgorithm(name);
  await check(`make ecdsa P-521 with ${name}`, async () => {
    const signature = await keyPair.sign(message, { algorithm: name });
    const { publicKey } = keyPair;
    return [
      await publicKey.verify(algorithm, signature, message),
      await publicKey.verify(algorithm, signature, message.subarray(1)),
      await publicKey.verify(algorithm, signature.subarray(1), message),
      true,
    ];
  });
  await check(`sync ecdsa P-521 with ${name}`, async () =>
    keyPair.publicKey.verifySync(algorithm, await keyPair.sign(message, { algorithm: name }), message),
  );
}

/** Keys that are odd, and signatures that are nearly right: what strangers send. */
async function checkOddities(): Promise<void> {
  const rsa = (octets: number) => {
    const n = Buffer.alloc(octets, 0xff).toString("base64url");
    return PublicKey.fromJwk({ kty: "RSA", n, e: "AQAB" });
  };
  for (const octets of [64, 128, 256, 512, 1024, 2048]) {
    await check(`odd rsa of ${octets * 8} bits`, async () =>
      (await rsa(octets)).verify(signatureAlgorithm("sha256WithRSAEncryption"), new Uint8Array(octets), message),
    );
  }
  const ed25519 = async (first: number) => {
    const x = Buffer.from([first, ...new Uint8Array(31)]).toString("base64url");
    const forged = Uint8Array.of(1, ...new Uint8Array(63));
    const key = await PublicKey.fromJwk({ kty: "OKP", crv: "Ed25519", x });
    return [await key.verify(signatureAlgorithm("Ed25519"), forged, message)];
  };
  await check("odd ed25519 identity", () => ed25519(1));
  await check("odd ed25519 order 4", () => ed25519(0));
  const keyPair = await KeyPair.generate();
  const { publicKey } = keyPair;
  const algorithm = keyPair.signatureAlgorithm();
  const signature = await keyPair.sign(message);
  const fields = new DerReader(signature).enter(0x30, "a signature");
  const [r, s] = [fields.raw(), fields.raw()];
  const padded = (element: Uint8Array) => [2, element.length - 1, 0, ...element.subarray(2)];
  const forms = {
    "another tag": [0x31, ...signature.subarray(1)],
    "a padded r": [0x30, signature.length - 1, ...padded(r), ...s],
    "a padded s": [0x30, signature.length - 1, ...r, ...padded(s)],
    "something after it": [...signature, 0],
    "something in it": [0x30, signature.length, ...r, ...s, 5, 0],
    "a long length": [0x30, 0x81, ...signature.subarray(1)],
    "an indefinite length": [0x30, 0x80, ...signature.subarray(2), 0, 0],
    "r twice": [0x30, 2 * r.length, ...r, ...r],
    zeros: [0x30, 6, 2, 1, 0, 2, 1, 0],
    nothing: [],
  };
  for (const [name, form] of Object.entries(forms)) {
    await check(`odd signature: ${name}`, () => publicKey.verify(algorithm, Uint8Array.from(form), message));
  }
  await check("odd point that is not on the curve", async () => {
    const jwk = await publicKey.toJwk();
    const key = await PublicKey.fromJwk({ ...jwk, y: jwk.x });
    return key.verify(algorithm, signature, message);
  });
}

async function checkSecrets(): Promise<void> {
  await check("redaction", async () => {
    const own = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"] });
    const secret = String((await own.keyPair.toJwk()).d);
    const shown = [own, own.keyPair].flatMap((value) => [
      inspect(value, { depth: 9, showHidden: true }),
      JSON.stringify(value),
      String(value),
      JSON.stringify(structuredClone(value)),
    ]);
    return shown.some((text) => text.includes(secret));
  });
  await check("foreign public half", async () => {
    const [one, two] = [await (await KeyPair.generate()).toJwk(), await (await KeyPair.generate()).toJwk()];
    return String(await KeyPair.fromJwk({ ...one, x: two.x, y: two.y }));
  });
  await check("encrypt", async () => {
    const keyPair = await KeyPair.generate();
    const pem = await keyPair.toPem({ passphrase: "pässword" });
    return (await KeyPair.fromPem(pem, { passphrase: "pässword" })).publicKey.equals(keyPair.publicKey);
  });
}

async function checkContainers(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, base64] of Object.entries(files)) {
    const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    for (const legacy of [false, true]) {
      await check(`open ${name}${legacy ? " with legacy" : ""}`, async () => {
        const { identities } = await readPkcs12(file, "secret", { legacy });
        return identities.map(({ publicKey }) => publicKey.label);
      });
    }
    await check(`wrong passphrase ${name}`, () => readPkcs12(file, "wrong", { legacy: true }).then(String));
  }
  await check("container", async () => {
    const own = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost"] });
    const { identities } = await readPkcs12(await writePkcs12(own, "pässword"), "pässword");
    return identities.map(({ id }) => id).join() === own.id;
  });
}

const input: SelfCheckInput = JSON.parse(readFileSync(argv[2] ?? "", "utf8"));
for (const type of ["rsa", "ecdsa", "ed25519", "ed448", "ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] as const) {
  await checkKind({ type });
}
await checkKind({ type: "ecdsa", curve: "P-384" });
await checkKind({ type: "ecdsa", curve: "P-521" });
for (const namedCurve of ["P-256", "P-384", "P-521"]) await checkWebJwk({ name: "ECDSA", namedCurve });
await checkWebJwk({ name: "Ed25519" });
await checkShortHash();
await checkGiven(input);
await checkOddities();
await checkSecrets();
await checkContainers(input.containers);
await check("revocation", async () => {
  const ca = await PrivateCertificate.selfSigned({ subject: { CN: "CA" }, profile: "ca" });
  const certificate = await ca.issue({ publicKey: ca.publicKey, subjectAltName: ["a.test"] });
  const { serialNumber } = certificate;
  const made = await issueCrl(ca, { crlNumber: 1, entries: [{ serialNumber, reason: "superseded" }] });
  const crl = CertificateRevocationList.fromPem(made.toPem());
  const request = OcspRequest.fromDer(OcspRequest.create({ certificate, issuer: ca }, { hash: "SHA-256" }).der);
  return [
    await crl.verifySignature(ca.publicKey),
    crl.find(serialNumber)?.reason,
    request.requests[0]?.certId.matches(certificate, ca),
    request.nonce?.length,
  ];
});

const output: SelfCheckOutput = { backend: backend.name, outcomes, chains };
console.log(JSON.stringify(output));
