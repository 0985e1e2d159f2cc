// The table of signature algorithms: one row joins an OID, the rule for its parameters, the keys it goes with and the
// scheme that the cryptographic library is told. No other file enumerates signature algorithms.
//
// RFC 3279 and RFC 4055 (RSA), RFC 5758 (ECDSA), RFC 8410 (Edwards curves), RFC 9881 (ML-DSA).

import { badArgument } from "./argument.ts";
import { assertBytes, copyBytes, sameOctets } from "./bytes.ts";
import { DerReader } from "./der/reader.ts";
import { elementEnd } from "./der/skip.ts";
import { contextConstructed, Tag } from "./der/tag.ts";
import { derExplicit, derInteger, derNull, derOid, derSequence } from "./der/writer.ts";
import { TlsKitError, X509Error } from "./error.ts";
import type { HashName } from "./hash-name.ts";
import { type KeyType, RSASSA_PSS_OID } from "./keys/key-algorithm.ts";
import { freezeShown } from "./printable.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/** What an AlgorithmIdentifier of a signature means. */
export interface SignatureAlgorithm {
  /** The algorithm's OID in dotted form. */
  readonly oid: string;
  /** Its usual name, such as `ecdsa-with-SHA256`; the OID where this package knows none. */
  readonly name: string;
  /** The kind of key that makes such signatures; RSASSA-PSS is made by `rsa` and `rsa-pss` keys, and says `rsa`. */
  readonly keyType: KeyType;
  /** The hash function; absent where the algorithm has its own (Ed25519, ML-DSA) or is unknown. */
  readonly hash?: HashName;
  /** Whether nobody should rely on it any more: MD2, MD4, MD5 and SHA-1. */
  readonly weak: boolean;
  /** The parameters of RSASSA-PSS; the mask generation function is MGF1 with the same hash. Salt length in bytes. */
  readonly pss?: { readonly hash: HashName; readonly saltLength: number };
  /** The AlgorithmIdentifier in DER; a fresh copy on each read. */
  readonly der: Uint8Array;
  /** Why signatures of this algorithm can be neither checked nor made here; absent if they can. */
  readonly unsupported?: string;
  /** The types of keys that make such signatures. */
  readonly keyTypes: readonly KeyType[];
  /** @internal What the cryptographic backend is told; absent exactly where `unsupported` is present. */
  readonly scheme?: SignatureScheme;
}

/** The algorithms that this package signs with. */
export type SignatureAlgorithmName =
  | "sha256WithRSAEncryption"
  | "sha384WithRSAEncryption"
  | "sha512WithRSAEncryption"
  | "rsassaPss-SHA256"
  | "rsassaPss-SHA384"
  | "rsassaPss-SHA512"
  | "ecdsa-with-SHA256"
  | "ecdsa-with-SHA384"
  | "ecdsa-with-SHA512"
  | "Ed25519"
  | "Ed448"
  | "ML-DSA-44"
  | "ML-DSA-65"
  | "ML-DSA-87";

/**
 * Reads an AlgorithmIdentifier. An algorithm that is unknown, or has parameters that its specification does not allow,
 * is still described, with `unsupported` set: a certificate must be printable whoever signed it.
 *
 * Parameters are strict. RSA with PKCS #1 v1.5: NULL (RFC 3279 section 2.2.1) or absent, which some issuers write and
 * OpenSSL, BoringSSL and Go all read. ECDSA, EdDSA and ML-DSA: absent. RSASSA-PSS: canonical DER, one hash for message
 * and mask.
 *
 * @throws X509Error DER_* if it is not an AlgorithmIdentifier at all
 */
export function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm {
  assertBytes(der);
  const known = findMet(der, 0, der.length);
  if (known !== undefined) return known;
  const algorithm = readAnyAlgorithm(der);
  // Those without parameters to choose: no more than the table has rows, whatever strangers send.
  if (algorithm.unsupported === undefined && algorithm.pss === undefined)
    met.push({ bytes: copyBytes(der), algorithm });
  return algorithm;
}

/** @internal As {@link readSignatureAlgorithm}, for the one at `at` in bytes that were walked. */
export function signatureAlgorithmAt(bytes: Uint8Array, at: number): SignatureAlgorithm {
  const end = elementEnd(bytes, at);
  return findMet(bytes, at, end - at) ?? readSignatureAlgorithm(bytes.subarray(at, end));
}

function findMet(der: Uint8Array, at: number, length: number): SignatureAlgorithm | undefined {
  for (const { bytes, algorithm } of met) {
    if (bytes.length === length && sameOctets(der, at, bytes, 0, length)) return algorithm;
  }
  return undefined;
}

const met: { readonly bytes: Uint8Array; readonly algorithm: SignatureAlgorithm }[] = [];

function readAnyAlgorithm(der: Uint8Array): SignatureAlgorithm {
  const reader = new DerReader(der);
  const body = reader.enter(Tag.sequence, "an AlgorithmIdentifier");
  reader.done("the AlgorithmIdentifier");
  const oid = body.oid("the algorithm of an AlgorithmIdentifier");
  const parametersTag = body.peek();
  if (parametersTag !== -1) {
    body.next("the parameters of an AlgorithmIdentifier");
    body.done("the AlgorithmIdentifier");
  }
  const row = rows().get(oid);
  if (row === undefined)
    return describe({ oid, name: oid, keyTypes: ["unknown"], unsupported: "unknown algorithm" }, der);
  if (row.parameters === "pss") return readPss(row, der, body);
  const isNull = parametersTag === Tag.null && body.valueEnd === body.valueStart;
  if (parametersTag === -1 || (isNull && row.parameters === "null")) return describe(row, der);
  if (row.unsupported !== undefined) return describe(row, der);
  const rule = row.parameters === "null" ? "neither NULL nor absent" : "present, but must be absent";
  return describe({ ...row, scheme: undefined, unsupported: `its parameters are ${rule}` }, der);
}

/**
 * The algorithm of this name.
 *
 * @throws X509Error ALGORITHM_WEAK (SHA-1, MD5), UNSUPPORTED_ALGORITHM for a name that this package does not sign with
 * @example
 * signatureAlgorithm("ecdsa-with-SHA256").oid; // "1.2.840.10045.4.3.2"
 */
export function signatureAlgorithm(name: SignatureAlgorithmName): SignatureAlgorithm {
  if (typeof name !== "string") throw badArgument("name", "the name of a signature algorithm");
  let found = named.get(name);
  if (found === undefined) {
    found = makeNamed(name);
    named.set(name, found);
  }
  return found;
}

/**
 * Reads RSASSA-PSS-params (RFC 4055 section 3.1). On a public key the same structure restricts its signatures
 * (section 3.3): hash and mask as given, salt at least as long.
 *
 * @throws X509Error DER_*, UNSUPPORTED_ALGORITHM
 */
export function readPssParameters(reader: DerReader): { readonly hash: HashName; readonly saltLength: number } {
  const body = reader.enter(Tag.sequence, "RSASSA-PSS-params");
  reader.done("the AlgorithmIdentifier");
  const hash = tagged(body, 0, readHash) ?? "SHA-1";
  const maskHash = tagged(body, 1, readMaskGeneration) ?? "SHA-1";
  const saltLength = tagged(body, 2, (inner) => inner.smallInteger("saltLength")) ?? 20;
  if (tagged(body, 3, (inner) => inner.smallInteger("trailerField")) !== undefined) {
    throw unsupported("RSASSA-PSS with a trailer field other than the default");
  }
  body.done("RSASSA-PSS-params");
  if (hash !== maskHash) throw unsupported(`RSASSA-PSS with ${hash} for the message and ${maskHash} for the mask`);
  if (saltLength > maxSaltLength) throw unsupported(`RSASSA-PSS with a salt of ${saltLength} bytes`);
  return { hash, saltLength };
}

interface Row {
  readonly oid: string;
  readonly name: string;
  readonly keyTypes: readonly KeyType[];
  /** What may stand in AlgorithmIdentifier.parameters; "null" means NULL or nothing. */
  readonly parameters?: "null" | "absent" | "pss";
  readonly scheme?: SignatureScheme | undefined;
  readonly unsupported?: string;
  readonly hash?: HashName;
  readonly weak?: boolean;
  readonly pss?: { readonly hash: HashName; readonly saltLength: number };
}

function readPss(row: Row, der: Uint8Array, body: DerReader): SignatureAlgorithm {
  const parameters = body.position === body.end && body.tag !== Tag.oid ? body : undefined;
  if (parameters === undefined) return describe({ ...row, unsupported: "it has no parameters" }, der);
  try {
    const pss = readPssParameters(new DerReader(body.bytes, body.headerStart, body.end));
    return describe(pssRow(pss), der);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    return describe({ ...row, unsupported: error.message }, der);
  }
}

function pssRow(pss: { readonly hash: HashName; readonly saltLength: number }): Row {
  return {
    oid: RSASSA_PSS_OID,
    name: `rsassaPss-${pss.hash.replace("-", "")}`,
    keyTypes: ["rsa", "rsa-pss"],
    pss,
    ...hashed({ kind: "rsa-pss", ...pss }),
  };
}

/** A field with an EXPLICIT tag; `undefined` if it is left out. */
function tagged<T>(body: DerReader, number: number, read: (inner: DerReader) => T): T | undefined {
  if (!body.optional(contextConstructed(number))) return undefined;
  const inner = body.contents();
  const value = read(inner);
  inner.done("a field of RSASSA-PSS-params");
  return value;
}

function readHash(reader: DerReader): HashName {
  const body = reader.enter(Tag.sequence, "a hash AlgorithmIdentifier");
  const oid = body.oid("a hash algorithm");
  // RFC 4055 section 2.1: NULL is written, both NULL and absent are read.
  if (body.peek() === Tag.null) body.null();
  body.done("a hash AlgorithmIdentifier");
  const hash = hashes.find((row) => row.oid === oid);
  if (hash === undefined) throw unsupported(`RSASSA-PSS with the hash ${oid}`);
  return hash.name;
}

function readMaskGeneration(reader: DerReader): HashName {
  const body = reader.enter(Tag.sequence, "a mask generation AlgorithmIdentifier");
  const oid = body.oid("a mask generation function");
  if (oid !== mgf1Oid) throw unsupported(`RSASSA-PSS with the mask generation function ${oid}`);
  const hash = readHash(body);
  body.done("a mask generation AlgorithmIdentifier");
  return hash;
}

function unsupported(algorithm: string): X509Error {
  return new X509Error("UNSUPPORTED_ALGORITHM", `unsupported: ${algorithm}`, { algorithm });
}

function describe(row: Row, der: Uint8Array): SignatureAlgorithm {
  const { oid, name, keyTypes, hash, pss, scheme } = row;
  const reason = row.unsupported ?? (scheme === undefined ? "it is not implemented" : undefined);
  const own = copyBytes(der);
  return freezeShown({
    oid,
    name,
    keyType: keyTypes[0] ?? "unknown",
    keyTypes,
    weak: row.weak ?? false,
    ...(hash && { hash }),
    ...(pss && { pss }),
    ...(reason === undefined ? { scheme } : { unsupported: reason }),
    get der(): Uint8Array {
      return own.slice();
    },
  }) as SignatureAlgorithm;
}

function makeNamed(name: SignatureAlgorithmName): SignatureAlgorithm {
  const hash = hashes.find((candidate) => name === `rsassaPss-${candidate.name.replace("-", "")}`);
  if (hash !== undefined && hash.name !== "SHA-1") {
    const row = pssRow({ hash: hash.name, saltLength: hash.bytes });
    return describe(row, encodePss(hash));
  }
  const row = [...rows().values()].find((candidate) => candidate.name === name);
  if (row?.weak === true) {
    throw new X509Error("ALGORITHM_WEAK", `signatures with ${name} can be forged: nothing is signed with it`, {
      algorithm: name,
    });
  }
  // DSA signatures can be checked, where old ones must be; none is made.
  if (row?.scheme === undefined || row.scheme.kind === "dsa") throw unsupported(String(name));
  const parameters = row.parameters === "null" ? [derNull()] : [];
  return describe(row, derSequence(derOid(row.oid), ...parameters));
}

function encodePss({ oid, bytes }: { readonly oid: string; readonly bytes: number }): Uint8Array {
  const hash = derSequence(derOid(oid), derNull());
  const mask = derSequence(derOid(mgf1Oid), hash);
  const parameters = derSequence(derExplicit(0, hash), derExplicit(1, mask), derExplicit(2, derInteger(bytes)));
  return derSequence(derOid(RSASSA_PSS_OID), parameters);
}

function hashed(scheme: SignatureScheme & { readonly hash: HashName }): Pick<Row, "scheme" | "hash" | "weak"> {
  return { scheme, hash: scheme.hash, weak: scheme.hash === "SHA-1" || scheme.hash === "MD5" };
}

/** No RSA modulus that we take (16,384 bits) has room for a longer salt. */
const maxSaltLength = 2048;

const mgf1Oid = "1.2.840.113549.1.1.8";

/** The OIDs of the hash functions, and how many bytes each gives. */
export const hashes: readonly { readonly name: HashName; readonly oid: string; readonly bytes: number }[] = [
  { name: "SHA-1", oid: "1.3.14.3.2.26", bytes: 20 },
  { name: "SHA-256", oid: "2.16.840.1.101.3.4.2.1", bytes: 32 },
  { name: "SHA-384", oid: "2.16.840.1.101.3.4.2.2", bytes: 48 },
  { name: "SHA-512", oid: "2.16.840.1.101.3.4.2.3", bytes: 64 },
];

const named: Map<SignatureAlgorithmName, SignatureAlgorithm> = /* @__PURE__ */ new Map();

let table: ReadonlyMap<string, Row> | undefined;

/** The rows by OID, made when first needed. */
function rows(): ReadonlyMap<string, Row> {
  table ??= new Map(tableText.split("\n").map(readRow));
  return table;
}

function readRow(text: string): [string, Row] {
  const [kind, oid, name, hash] = text.split(" ") as [string, string, string, HashName];
  switch (kind) {
    case "rsa":
      return [oid, { oid, name, keyTypes: ["rsa"], parameters: "null", ...hashed({ kind: "rsa-pkcs1", hash }) }];
    case "ecdsa":
    case "dsa":
      return [oid, { oid, name, keyTypes: [kind], parameters: "absent", ...hashed({ kind, hash }) }];
    case "pure":
      return [oid, { oid, name, keyTypes: [name.toLowerCase() as KeyType], parameters: "absent", scheme: { kind } }];
    case "pss":
      return [oid, { oid, name, keyTypes: ["rsa", "rsa-pss"], parameters: "pss" }];
    default: {
      const [what, type] = kind.split("-");
      const weak = /^md/.test(name);
      const unsupported = what === "old" ? "it is obsolete" : "it is not implemented";
      return [oid, { oid, name, keyTypes: [type as KeyType], weak, unsupported, ...(hash && { hash }) }];
    }
  }
}

// Scheme, OID, name, hash. What begins with "old" or "rare" has a name, and nothing else here.
const tableText = `rsa 1.2.840.113549.1.1.5 sha1WithRSAEncryption SHA-1
rsa 1.3.14.3.2.29 sha1WithRSA SHA-1
rsa 1.2.840.113549.1.1.11 sha256WithRSAEncryption SHA-256
rsa 1.2.840.113549.1.1.12 sha384WithRSAEncryption SHA-384
rsa 1.2.840.113549.1.1.13 sha512WithRSAEncryption SHA-512
pss 1.2.840.113549.1.1.10 rsassaPss
ecdsa 1.2.840.10045.4.1 ecdsa-with-SHA1 SHA-1
ecdsa 1.2.840.10045.4.3.2 ecdsa-with-SHA256 SHA-256
ecdsa 1.2.840.10045.4.3.3 ecdsa-with-SHA384 SHA-384
ecdsa 1.2.840.10045.4.3.4 ecdsa-with-SHA512 SHA-512
pure 1.3.101.112 Ed25519
pure 1.3.101.113 Ed448
pure 2.16.840.1.101.3.4.3.17 ML-DSA-44
pure 2.16.840.1.101.3.4.3.18 ML-DSA-65
pure 2.16.840.1.101.3.4.3.19 ML-DSA-87
old-rsa 1.2.840.113549.1.1.2 md2WithRSAEncryption
old-rsa 1.2.840.113549.1.1.3 md4WithRSAEncryption
old-rsa 1.2.840.113549.1.1.4 md5WithRSAEncryption MD5
old-rsa 1.2.840.113549.1.1.14 sha224WithRSAEncryption
old-ecdsa 1.2.840.10045.4.3.1 ecdsa-with-SHA224
dsa 1.2.840.10040.4.3 dsa-with-SHA1 SHA-1
old-dsa 2.16.840.1.101.3.4.3.1 dsa-with-SHA224
dsa 2.16.840.1.101.3.4.3.2 dsa-with-SHA256 SHA-256
old-rsa 1.3.36.3.3.1.2 rsaSignatureWithripemd160
rare-rsa 1.2.840.113549.1.1.15 sha512-224WithRSAEncryption
rare-rsa 1.2.840.113549.1.1.16 sha512-256WithRSAEncryption
rare-ecdsa 2.16.840.1.101.3.4.3.10 ecdsa-with-SHA3-256
rare-ecdsa 2.16.840.1.101.3.4.3.11 ecdsa-with-SHA3-384
rare-ecdsa 2.16.840.1.101.3.4.3.12 ecdsa-with-SHA3-512
rare-rsa 2.16.840.1.101.3.4.3.14 RSA-SHA3-256
rare-rsa 2.16.840.1.101.3.4.3.15 RSA-SHA3-384
rare-rsa 2.16.840.1.101.3.4.3.16 RSA-SHA3-512`;
