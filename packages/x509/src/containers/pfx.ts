// The outside of a PKCS #12 file (RFC 7292 section 4): what is authenticated, and by what.
//
// PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL }
// MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
// DigestInfo ::= SEQUENCE { digestAlgorithm AlgorithmIdentifier, digest OCTET STRING }

import { limitFail } from "../der/fail.ts";
import { DerReader } from "../der/reader.ts";
import { contextConstructed, Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { derExplicit, derInteger, derNull, derOctetString, derOid, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { ContentType } from "./container-oids.ts";

/** What the outside says. Nothing in `content` has been looked at. */
export interface Pfx {
  /** The AuthenticatedSafe, unread. A view. */
  readonly content: Uint8Array;
  /** Where `content` starts in the file. */
  readonly contentStart: number;
  readonly mac?: PfxMac;
}

/** MacData: how the content is authenticated. */
export interface PfxMac {
  /** The OID of the hash, or of PBMAC1. */
  readonly algorithm: string;
  /** The parameters of PBMAC1 in DER. */
  readonly parameters?: Uint8Array;
  readonly digest: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
}

/**
 * Reads the outside of a file, which must be DER; the content stays closed.
 *
 * @throws X509Error DER_*, CONTAINER_INVALID, UNSUPPORTED_ALGORITHM (integrity by a signature)
 */
export function readPfx(der: Uint8Array): Pfx {
  assertDer(der, containerLimits);
  const body = new DerReader(der).enter(Tag.sequence, "a PFX");
  if (body.smallInteger("the version of a PFX") !== 3) {
    throw containerError("version 3 of PKCS #12", body.valueStart);
  }
  const info = body.enter(Tag.sequence, "authSafe");
  const type = info.oid("the type of authSafe");
  if (type === ContentType.signedData) {
    const algorithm = "PKCS #12 with a signature in place of a MAC";
    throw new X509Error("UNSUPPORTED_ALGORITHM", `not supported: ${algorithm}`, { algorithm, oid: type });
  }
  if (type !== ContentType.data) throw containerError("authSafe of the type data", info.valueStart);
  const wrapper = info.enter(contextConstructed(0), "the content of authSafe");
  info.done("authSafe");
  const content = wrapper.octetString("the content of authSafe");
  wrapper.done("the content of authSafe");
  const mac = body.optional(Tag.sequence) ? readMac(body.contents()) : undefined;
  body.done("the PFX");
  return { content, contentStart: wrapper.valueStart, ...(mac && { mac }) };
}

/** A whole file. */
export function writePfx(content: Uint8Array, mac: PfxMac): Uint8Array {
  const digestInfo = derSequence(derSequence(derOid(mac.algorithm), derNull()), derOctetString(mac.digest));
  // DER leaves out the DEFAULT.
  const iterations = mac.iterations === 1 ? [] : [derInteger(mac.iterations)];
  return derSequence(
    derInteger(3),
    derSequence(derOid(ContentType.data), derExplicit(0, derOctetString(content))),
    derSequence(digestInfo, derOctetString(mac.salt), ...iterations),
  );
}

/** An error about the structure of a container. */
export function containerError(expected: string, offset?: number): X509Error {
  const place = offset === undefined ? "" : ` at offset ${offset}`;
  return new X509Error("CONTAINER_INVALID", `not a valid container${place}: expected ${expected}`, {
    expected,
    ...(offset !== undefined && { offset }),
  });
}

function readMac(body: DerReader): PfxMac {
  const digestInfo = body.enter(Tag.sequence, "the MAC");
  const identifier = digestInfo.enter(Tag.sequence, "the algorithm of the MAC");
  const algorithm = identifier.oid("the algorithm of the MAC");
  const parameters = identifier.peek() === -1 ? undefined : identifier.raw("the parameters of the MAC");
  identifier.done("the algorithm of the MAC");
  const digest = digestInfo.octetString("the MAC");
  digestInfo.done("the MAC");
  const salt = body.octetString("the salt of the MAC");
  if (salt.length > maxSaltBytes) limitFail(body.valueStart, "bytes of salt", maxSaltBytes);
  const iterations = body.peek() === -1 ? 1 : body.smallInteger("the iterations of the MAC");
  body.done("MacData");
  return { algorithm, digest, salt, iterations, ...(parameters && { parameters }) };
}

/** A bundle may carry every root there is. */
export const containerLimits = { maxBytes: 0x1000000, maxElements: 0x100000 } as const;

/** Writers use 8 to 64. */
const maxSaltBytes = 1024;
