// The parameters of RSASSA-PSS (RFC 4055 section 3.1): one hash for message and mask, and the length of the salt.

import type { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { derExplicit, derInteger, derNull, derOid, derSequence } from "../der/writer.ts";
import { hashBytes } from "../digest/hash-bytes.ts";
import type { HashName } from "../digest/hash-name.ts";
import { hashByOid, hashOids, type ShaName } from "../digest/hash-oids.ts";
import { X509Error } from "../error.ts";
import { RSASSA_PSS_OID } from "../keys/key-algorithm.ts";

/** What they say. Salt length in bytes. */
export interface PssParameters {
  readonly hash: HashName;
  readonly saltLength: number;
}

/**
 * Reads RSASSA-PSS-params (RFC 4055 section 3.1). On a public key the same structure restricts its signatures
 * (section 3.3): hash and mask as given, salt at least as long.
 *
 * @throws X509Error DER_*, UNSUPPORTED_ALGORITHM
 */
export function readPssParameters(reader: DerReader): PssParameters {
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

/** Does an algorithm keep to what its key is bound to (RFC 4055 section 3.3): this hash, and at least this much salt? */
export function isWithinPss(
  bound: PssParameters | undefined,
  { hash, pss }: { readonly hash?: HashName; readonly pss?: PssParameters },
): boolean {
  return bound === undefined || (hash === bound.hash && (pss?.saltLength ?? 0) >= bound.saltLength);
}

/** The AlgorithmIdentifier of RSASSA-PSS with this hash for message and mask, and a salt as long as the hash. */
export function encodePss(name: ShaName): Uint8Array {
  const hash = derSequence(derOid(hashOids[name]), derNull());
  const mask = derSequence(derOid(mgf1Oid), hash);
  const parameters = derSequence(
    derExplicit(0, hash),
    derExplicit(1, mask),
    derExplicit(2, derInteger(hashBytes[name])),
  );
  return derSequence(derOid(RSASSA_PSS_OID), parameters);
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
  const hash = hashByOid(oid);
  if (hash === undefined) throw unsupported(`RSASSA-PSS with the hash ${oid}`);
  return hash;
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

/** No RSA modulus that we take (16,384 bits) has room for a longer salt. */
const maxSaltLength = 2048;

const mgf1Oid = "1.2.840.113549.1.1.8";
