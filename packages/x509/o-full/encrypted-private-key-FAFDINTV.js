import {
  DerReader,
  Tag,
  X509Error,
  assertDer,
  backend,
  bufferSource,
  subtle
} from "./chunk-ALNUSTUG.js";

// packages/x509/src/asn1/encrypted-private-key.ts
import { AsnProp as AsnProp2, AsnPropTypes as AsnPropTypes2, AsnType as AsnType2, AsnTypeTypes as AsnTypeTypes2, OctetString } from "@peculiar/asn1-schema";

// packages/x509/src/asn1/algorithm-identifier.ts
import { AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from "@peculiar/asn1-schema";
var AlgorithmIdentifier = class _AlgorithmIdentifier {
  algorithm = "";
  static of(algorithm, parameters) {
    const identifier = new _AlgorithmIdentifier();
    identifier.algorithm = algorithm;
    identifier.parameters = parameters;
    return identifier;
  }
};
AsnType({ type: AsnTypeTypes.Sequence })(AlgorithmIdentifier);
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(AlgorithmIdentifier.prototype, "algorithm");
AsnProp({ type: AsnPropTypes.Any, optional: true })(AlgorithmIdentifier.prototype, "parameters");

// packages/x509/src/asn1/schema.ts
import { AsnConvert, AsnSchemaValidationError } from "@peculiar/asn1-schema";
function parseSchema(der, schema, what) {
  assertDer(der);
  try {
    return AsnConvert.parse(der, schema);
  } catch (cause) {
    if (cause instanceof AsnSchemaValidationError) {
      throw new X509Error("DER_BAD_VALUE", `not ${what}`, { offset: 0, expected: what }, { cause });
    }
    const expected = "a class described with AsnType and AsnProp of the same copy of @peculiar/asn1-schema";
    throw new X509Error(
      "ARGUMENT_INVALID",
      `the class ${schema.name || "given"} cannot read it: expected ${expected}`,
      { argument: "schema", expected },
      { cause }
    );
  }
}
function serializeSchema(value) {
  try {
    return new Uint8Array(AsnConvert.serialize(value));
  } catch (cause) {
    const expected = "an object whose class has a schema, with every required field";
    throw new X509Error(
      "ARGUMENT_INVALID",
      `the object cannot be encoded: expected ${expected}`,
      { argument: "value", expected },
      { cause }
    );
  }
}

// packages/x509/src/asn1/encrypted-private-key.ts
async function decryptPrivateKey(der, passphrase) {
  const info = parseSchema(der, EncryptedPrivateKeyInfo, "an EncryptedPrivateKeyInfo");
  const { algorithm, parameters } = info.encryptionAlgorithm;
  if (algorithm !== oids.pbes2) throw unsupported(algorithm, "the encryption of the private key");
  const scheme = parseSchema(bytesOf(parameters), Pbes2Parameters, "PBES2-params");
  const derivation = readDerivation(scheme.keyDerivationFunc);
  const cipher = readCipher(scheme.encryptionScheme);
  if (derivation.keyLength !== void 0 && derivation.keyLength !== cipher.keyBytes) {
    throw invalid(`a derived key of ${cipher.keyBytes} bytes`);
  }
  const key = await deriveKey(passphrase, derivation, cipher.keyBytes, "decrypt");
  const plain = await openCipher(key, cipher.iv, bytesOf(info.encryptedData.buffer));
  if (plain === void 0 || !isPrivateKeyInfo(plain)) {
    throw new X509Error("KEY_WRONG_PASSPHRASE", "the passphrase does not decrypt the private key", {});
  }
  return plain;
}
async function encryptPrivateKey(pkcs8, passphrase) {
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
function readDerivation({ algorithm, parameters }) {
  if (algorithm !== oids.pbkdf2) throw unsupported(algorithm, "the key derivation of the private key");
  const { salt, iterationCount, keyLength, prf } = parseSchema(bytesOf(parameters), Pbkdf2Parameters, "PBKDF2-params");
  const prfOid = prf?.algorithm ?? oids.hmacWithSha1;
  const hash = prfHashes.get(prfOid);
  if (hash === void 0) throw unsupported(prfOid, "the hash of the key derivation");
  if (!(iterationCount >= 1 && iterationCount <= maxIterations)) {
    throw invalid(`1 to ${maxIterations} iterations of PBKDF2`);
  }
  const reader = new DerReader(bytesOf(salt));
  if (reader.peek() !== Tag.octetString) throw unsupported("a salt from another source", "the key derivation");
  const base = { salt: reader.octetString("the salt"), iterations: iterationCount, hash };
  return keyLength === void 0 ? base : { ...base, keyLength };
}
function readCipher({ algorithm, parameters }) {
  const keyBytes = ciphers.get(algorithm);
  if (keyBytes === void 0) throw unsupported(algorithm, "the cipher of the private key");
  const reader = new DerReader(bytesOf(parameters));
  const iv = reader.octetString("an initialisation vector");
  if (iv.length !== 16) throw invalid("an initialisation vector of 16 bytes");
  return { keyBytes, iv };
}
async function deriveKey(passphrase, { salt, iterations, hash }, keyBytes, usage) {
  const secret = typeof passphrase === "string" ? new TextEncoder().encode(passphrase) : passphrase;
  const base = await subtle().importKey("raw", bufferSource(secret), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", salt: bufferSource(salt), iterations, hash };
  const bits = await subtle().deriveBits(parameters, base, keyBytes * 8);
  try {
    return await subtle().importKey("raw", bits, "AES-CBC", false, [usage]);
  } catch (cause) {
    const algorithm = `AES-${keyBytes * 8}-CBC`;
    throw new X509Error("UNSUPPORTED_ALGORITHM", `this runtime does not have ${algorithm}`, { algorithm }, { cause });
  }
}
async function openCipher(key, iv, sealed) {
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw invalid("encrypted data of whole AES blocks");
  try {
    const plain = await subtle().decrypt({ name: "AES-CBC", iv: bufferSource(iv) }, key, bufferSource(sealed));
    return new Uint8Array(plain);
  } catch {
    return void 0;
  }
}
function isPrivateKeyInfo(plain) {
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
function bytesOf(buffer) {
  return buffer == null ? new Uint8Array() : new Uint8Array(buffer);
}
function bufferOf(bytes) {
  return bufferSource(bytes.slice()).buffer;
}
function invalid(expected) {
  return new X509Error("KEY_INVALID", `not a valid encrypted private key: expected ${expected}`, { expected });
}
function unsupported(oid, what) {
  const algorithm = obsolete.get(oid) ?? oid;
  const hint = 'convert the key with "openssl pkcs8 -topk8 -v2 aes-256-cbc"';
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported as ${what}: ${algorithm}; ${hint}`, { algorithm, oid });
}
var EncryptedPrivateKeyInfo = class {
  encryptionAlgorithm = new AlgorithmIdentifier();
  encryptedData = new OctetString();
};
AsnType2({ type: AsnTypeTypes2.Sequence })(EncryptedPrivateKeyInfo);
AsnProp2({ type: AlgorithmIdentifier })(EncryptedPrivateKeyInfo.prototype, "encryptionAlgorithm");
AsnProp2({ type: OctetString })(EncryptedPrivateKeyInfo.prototype, "encryptedData");
var Pbes2Parameters = class {
  keyDerivationFunc = new AlgorithmIdentifier();
  encryptionScheme = new AlgorithmIdentifier();
};
AsnType2({ type: AsnTypeTypes2.Sequence })(Pbes2Parameters);
AsnProp2({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, "keyDerivationFunc");
AsnProp2({ type: AlgorithmIdentifier })(Pbes2Parameters.prototype, "encryptionScheme");
var Pbkdf2Parameters = class {
  salt = new ArrayBuffer(0);
  iterationCount = 0;
};
AsnType2({ type: AsnTypeTypes2.Sequence })(Pbkdf2Parameters);
AsnProp2({ type: AsnPropTypes2.Any })(Pbkdf2Parameters.prototype, "salt");
AsnProp2({ type: AsnPropTypes2.Integer })(Pbkdf2Parameters.prototype, "iterationCount");
AsnProp2({ type: AsnPropTypes2.Integer, optional: true })(Pbkdf2Parameters.prototype, "keyLength");
AsnProp2({ type: AlgorithmIdentifier, optional: true })(Pbkdf2Parameters.prototype, "prf");
var writtenIterations = 6e5;
var maxIterations = 5e6;
var derNull = Uint8Array.of(5, 0).buffer;
var oids = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacWithSha1: "1.2.840.113549.2.7",
  hmacWithSha256: "1.2.840.113549.2.9",
  aes256Cbc: "2.16.840.1.101.3.4.1.42"
};
var prfHashes = /* @__PURE__ */ new Map([
  [oids.hmacWithSha1, "SHA-1"],
  [oids.hmacWithSha256, "SHA-256"],
  ["1.2.840.113549.2.10", "SHA-384"],
  ["1.2.840.113549.2.11", "SHA-512"]
]);
var ciphers = /* @__PURE__ */ new Map([
  ["2.16.840.1.101.3.4.1.2", 16],
  ["2.16.840.1.101.3.4.1.22", 24],
  [oids.aes256Cbc, 32]
]);
var obsolete = /* @__PURE__ */ new Map([
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
  ["1.3.6.1.4.1.11591.4.11", "scrypt"]
]);
export {
  decryptPrivateKey,
  encryptPrivateKey
};
