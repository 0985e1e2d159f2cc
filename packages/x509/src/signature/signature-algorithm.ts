// Signature algorithms: read from an AlgorithmIdentifier, or chosen by name.

import { badArgument, shownText } from "../argument.ts";
import { assertBytes, copyBytes, sameOctets } from "../bytes.ts";
import { DerReader } from "../der/reader.ts";
import { elementEnd } from "../der/skip.ts";
import { Tag } from "../der/tag.ts";
import { derNull, derOid, derSequence } from "../der/writer.ts";
import { hashBytes } from "../digest/hash-bytes.ts";
import type { HashName } from "../digest/hash-name.ts";
import { SHA } from "../digest/hash-oids.ts";
import { TlsKitError, X509Error } from "../error.ts";
import type { KeyType } from "../keys/key-algorithm.ts";
import { freezeShown } from "../text/printable.ts";
import { encodePss, readPssParameters } from "./pss-parameters.ts";
import { pssRow, type SignatureAlgorithmRow, signatureAlgorithmRows } from "./signature-algorithm-table.ts";
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
  const row = signatureAlgorithmRows().get(oid);
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

function readPss(row: SignatureAlgorithmRow, der: Uint8Array, body: DerReader): SignatureAlgorithm {
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

function describe(row: SignatureAlgorithmRow, der: Uint8Array): SignatureAlgorithm {
  const { oid, name, hash } = row;
  // Of the table, which all algorithms of a row share.
  const [keyTypes, pss, scheme] = [Object.freeze(row.keyTypes), Object.freeze(row.pss), Object.freeze(row.scheme)];
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
  const hash = SHA.find((candidate) => name === `rsassaPss-${candidate.replace("-", "")}`);
  if (hash !== undefined && hash !== "SHA-1") {
    const row = pssRow({ hash, saltLength: hashBytes[hash] });
    return describe(row, encodePss(hash));
  }
  const row = [...signatureAlgorithmRows().values()].find((candidate) => candidate.name === name);
  if (row?.weak === true) {
    throw new X509Error("ALGORITHM_WEAK", `signatures with ${name} can be forged: nothing is signed with it`, {
      algorithm: name,
    });
  }
  // DSA signatures can be checked, where old ones must be; none is made.
  if (row?.scheme === undefined || row.scheme.kind === "dsa") {
    const algorithm = shownText(name);
    throw new X509Error("UNSUPPORTED_ALGORITHM", `unsupported: ${algorithm}`, { algorithm });
  }
  const parameters = row.parameters === "null" ? [derNull()] : [];
  return describe(row, derSequence(derOid(row.oid), ...parameters));
}

const named: Map<SignatureAlgorithmName, SignatureAlgorithm> = /* @__PURE__ */ new Map();
