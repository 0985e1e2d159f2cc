// EncryptedPrivateKeyInfo (RFC 5958 section 3) with PBES2 (RFC 8018 section 6.2): PBKDF2 with HMAC-SHA-1 or SHA-2, and
// AES-CBC. What is older (PBES1, PKCS #12 schemes, DES, RC2) or memory-hard (scrypt) is named and refused.

import { AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import { backend } from "#crypto";
import { bufferSource, subtle } from "../crypto/subtle.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { AlgorithmIdentifier } from "./algorithm-identifier.ts";
import { parseSchema, serializeSchema } from "./schema.ts";

/**
 * Decrypts an EncryptedPrivateKeyInfo; the result is a PKCS #8 PrivateKeyInfo.
 *
 * @throws X509Error KEY_WRONG_PASSPHRASE, UNSUPPORTED_ALGORITHM, KEY_INVALID, DER_*
 */
export async function decryptPrivateKey(der: Uint8Array, passphrase: string | Uint8Array): Promise<Uint8Array> {
  const info = parseSchema(der, EncryptedPrivateKeyInfo, "an EncryptedPrivateKeyInfo");
  const { algorithm, parameters } = info.encryptionAlgorithm;
  if (algorithm !== oids.pbes2) throw unsupported(algorithm, "the encryption of the private key");
  const scheme = parseSchema(bytesOf(parameters), Pbes2Parameters, "PBES2-params");
  const derivation = readDerivation(scheme.keyDerivationFunc);
  const cipher = readCipher(scheme.encryptionScheme);
  if (derivation.keyLength !== undefined && derivation.keyLength !== cipher.keyBytes) {
    throw invalid(`a derived key of ${cipher.keyBytes} bytes`);
  }
  const key = await deriveKey(passphrase, derivation, cipher.keyBytes, "decrypt");
  const plain = await openCipher(key, cipher.iv, bytesOf(info.encryptedData.buffer));
  // Garbage has correct padding once in 256 times: what came out must look like what should be inside.
  if (plain === undefined || !isPrivateKeyInfo(plain)) {
    throw new X509Error("KEY_WRONG_PASSPHRASE", "the passphrase does not decrypt the private key", {});
  }
  return plain;
}

/** Encrypts a PKCS #8 PrivateKeyInfo: AES-256-CBC, PBKDF2 with HMAC-SHA-256 and 600,000 iterations (OWASP's floor). */
export async function encryptPrivateKey(pkcs8: Uint8Array, passphrase: string | Uint8Array): Promise<Uint8Array> {
  assertDer(pkcs8);
  if (!isPrivateKeyInfo(pkcs8)) throw invalid("an unencrypted PKCS #8 private key to encrypt");
  const salt = backend.randomBytes(16);
  const iv = bufferSource(backend.randomBytes(16));
  const derivation = { salt, iterations: writtenIterations, hash: "SHA-256" };
  const key = await deriveKey(passphrase, derivation, 32, "encrypt");
  const sealed = await subtle().encrypt({ name: "AES-CBC", iv }, key, bufferSource(pkcs8));
  const pbkdf2 = new Pbkdf2Parameters();
  pbkdf2.salt = bufferOf(serializeSchema(new OctetString(salt)));
  pbkdf2.iterationCount = writtenIterations;
  pbkdf2.prf = AlgorithmIdentifier.of(oids.hmacWithSha256, derNull);
  const scheme = new Pbes2Parameters();
  scheme.keyDerivationFunc = AlgorithmIdentifier.of(oids.pbkdf2, bufferOf(serializeSchema(pbkdf2)));
  scheme.encryptionScheme = AlgorithmIdentifier.of(oids.aes256Cbc, bufferOf(serializeSchema(new OctetString(iv))));
  const info = new EncryptedPrivateKeyInfo();
  info.encryptionAlgorithm = AlgorithmIdentifier.of(oids.pbes2, bufferOf(serializeSchema(scheme)));
  info.encryptedData = new OctetString(sealed);
  return serializeSchema(info);
}

interface Derivation {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly hash: string;
  readonly keyLength?: number;
}

function readDerivation({ algorithm, parameters }: AlgorithmIdentifier): Derivation {
  if (algorithm !== oids.pbkdf2) throw unsupported(algorithm, "the key derivation of the private key");
  const { salt, iterationCount, keyLength, prf } = parseSchema(bytesOf(parameters), Pbkdf2Parameters, "PBKDF2-params");
  const prfOid = prf?.algorithm ?? oids.hmacWithSha1;
  const hash = prfHashes.get(prfOid);
  if (hash === undefined) throw unsupported(prfOid, "the hash of the key derivation");
  // The library returns integers of four octets and more as text, which is beyond the bound in any case.
  if (!(iterationCount >= 1 && iterationCount <= maxIterations)) {
    throw invalid(`1 to ${maxIterations} iterations of PBKDF2`);
  }
  const reader = new DerReader(bytesOf(salt));
  if (reader.peek() !== Tag.octetString) throw unsupported("a salt from another source", "the key derivation");
  const base = { salt: reader.octetString("the salt"), iterations: iterationCount, hash };
  return keyLength === undefined ? base : { ...base, keyLength };
}

function readCipher({ algorithm, parameters }: AlgorithmIdentifier): { keyBytes: number; iv: Uint8Array } {
  const keyBytes = ciphers.get(algorithm);
  if (keyBytes === undefined) throw unsupported(algorithm, "the cipher of the private key");
  const reader = new DerReader(bytesOf(parameters));
  const iv = reader.octetString("an initialisation vector");
  if (iv.length !== 16) throw invalid("an initialisation vector of 16 bytes");
  return { keyBytes, iv };
}

async function deriveKey(
  passphrase: string | Uint8Array,
  { salt, iterations, hash }: Derivation,
  keyBytes: number,
  usage: "encrypt" | "decrypt",
): Promise<CryptoKey> {
  const secret = typeof passphrase === "string" ? new TextEncoder().encode(passphrase) : passphrase;
  const base = await subtle().importKey("raw", bufferSource(secret), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", salt: bufferSource(salt), iterations, hash };
  const bits = await subtle().deriveBits(parameters, base, keyBytes * 8);
  try {
    return await subtle().importKey("raw", bits, "AES-CBC", false, [usage]);
  } catch (cause) {
    // Browsers on BoringSSL have no AES-192.
    const algorithm = `AES-${keyBytes * 8}-CBC`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `this runtime does not have ${algorithm}`, { algorithm }, { cause });
  }
}

/** `undefined` if the padding is wrong. */
async function openCipher(key: CryptoKey, iv: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw invalid("encrypted data of whole AES blocks");
  try {
    const plain = await subtle().decrypt({ name: "AES-CBC", iv: bufferSource(iv) }, key, bufferSource(sealed));
    return new Uint8Array(plain);
  } catch {
    return undefined;
  }
}

/** SEQUENCE { version INTEGER, privateKeyAlgorithm SEQUENCE, privateKey OCTET STRING, … } and nothing after it. */
function isPrivateKeyInfo(plain: Uint8Array): boolean {
  try {
    const outer = new DerReader(plain);
    const body = outer.enter(Tag.sequence, "a PrivateKeyInfo");
    outer.done("a PrivateKeyInfo");
    body.expect(Tag.integer, "a version");
    body.expect(Tag.sequence, "an algorithm");
    body.expect(Tag.octetString, "a private key");
    return true;
  } catch {
    return false;
  }
}

function bytesOf(buffer: ArrayBuffer | null | undefined): Uint8Array {
  return buffer == null ? new Uint8Array() : new Uint8Array(buffer);
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bufferSource(bytes.slice()).buffer;
}

function invalid(expected: string): X509Error {
  return new X509Error("KEY_INVALID", `not a valid encrypted private key: expected ${expected}`, { expected });
}

function unsupported(oid: string, what: string): X509Error {
  const algorithm = obsolete.get(oid) ?? oid;
  const hint = 'convert the key with "openssl pkcs8 -topk8 -v2 aes-256-cbc"';
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported as ${what}: ${algorithm}; ${hint}`, { algorithm, oid });
}

// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }
class EncryptedPrivateKeyInfo {
  encryptionAlgorithm: AlgorithmIdentifier = new AlgorithmIdentifier();
  encryptedData: OctetString = new OctetString();
}
AsnType({ type: AsnTypeTypes.Sequence })(EncryptedPrivateKeyInfo);
AsnProp({ type: AlgorithmIdentifier })(EncryptedPrivateKeyInfo.prototype, "encryptionAlgorithm");
AsnProp({ type: OctetString })(EncryptedPrivateKeyInfo.prototype, "encryptedData");

// PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
class Pbes2Parameters {
  keyDerivationFunc: AlgorithmIdentifier = new AlgorithmIdentifier();
  encryptionScheme: AlgorithmIdentifier = new AlgorithmIdentifier();
}
AsnType({ type: AsnTypeTypes.Sequence })(Pbes2Parameters);
AsnProp({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, "keyDerivationFunc");
AsnProp({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, "encryptionScheme");

// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
//   iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
class Pbkdf2Parameters {
  salt: ArrayBuffer = new ArrayBuffer(0);
  iterationCount: number = 0;
  declare keyLength?: number;
  declare prf?: AlgorithmIdentifier;
}
AsnType({ type: AsnTypeTypes.Sequence })(Pbkdf2Parameters);
AsnProp({ type: AsnPropTypes.Any })(Pbkdf2Parameters.prototype, "salt");
AsnProp({ type: AsnPropTypes.Integer })(Pbkdf2Parameters.prototype, "iterationCount");
AsnProp({ type: AsnPropTypes.Integer, optional: true })(Pbkdf2Parameters.prototype, "keyLength");
AsnProp({ type: AlgorithmIdentifier, optional: true })(Pbkdf2Parameters.prototype, "prf");

const writtenIterations = 600_000;

/** A stranger's key must not cost minutes: five million iterations take about a second. */
const maxIterations = 5_000_000;

const derNull: ArrayBuffer = Uint8Array.of(5, 0).buffer;

const oids = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacWithSha1: "1.2.840.113549.2.7",
  hmacWithSha256: "1.2.840.113549.2.9",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
} as const;

const prfHashes: ReadonlyMap<string, string> = new Map([
  [oids.hmacWithSha1, "SHA-1"],
  [oids.hmacWithSha256, "SHA-256"],
  ["1.2.840.113549.2.10", "SHA-384"],
  ["1.2.840.113549.2.11", "SHA-512"],
]);

/** Key sizes in bytes. */
const ciphers: ReadonlyMap<string, number> = new Map([
  ["2.16.840.1.101.3.4.1.2", 16],
  ["2.16.840.1.101.3.4.1.22", 24],
  [oids.aes256Cbc, 32],
]);

const obsolete: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"],
  ["1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"],
  ["1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"],
  ["1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"],
  ["1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"],
  ["1.2.840.113549.1.12.1.1", "pbeWithSHA1And128BitRC4"],
  ["1.2.840.113549.1.12.1.3", "pbeWithSHA1And3-KeyTripleDES-CBC"],
  ["1.2.840.113549.1.12.1.5", "pbeWithSHA1And128BitRC2-CBC"],
  ["1.2.840.113549.1.12.1.6", "pbeWithSHA1And40BitRC2-CBC"],
  ["1.2.840.113549.3.2", "RC2-CBC"],
  ["1.2.840.113549.3.7", "DES-EDE3-CBC"],
  ["1.3.14.3.2.7", "DES-CBC"],
  ["1.3.6.1.4.1.11591.4.11", "scrypt"],
]);
