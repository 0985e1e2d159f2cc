/** Makes CRLs and OCSP responses that nobody should make: every field can be wrong. For tests only. */
import { createHash, sign } from "node:crypto";
import { type Certificate, CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { algorithm, extension, type Forged, int, keyId, name, oid, text, tlv } from "./forge.ts";

export interface ForgedEntry {
  readonly certificate: Certificate;
  /** The number of the CRLReason. */
  readonly reason?: number;
  readonly extensions?: readonly Uint8Array[];
}

export interface ForgeCrlOptions {
  readonly revoked?: readonly ForgedEntry[];
  readonly thisUpdate?: string;
  /** null: none. */
  readonly nextUpdate?: string | null;
  /** As an INTEGER in DER, where it is no plain number. */
  readonly number?: number | Uint8Array | null;
  readonly base?: number;
  /** The contents of the IssuingDistributionPoint. */
  readonly scope?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly hash?: "sha256" | "sha1";
  readonly innerHash?: "sha256" | "sha384";
  readonly breakSignature?: boolean;
  readonly withoutAki?: boolean;
  readonly version?: 1 | 2;
}

const THIS_UPDATE = "2025-12-31T00:00:00Z";
const NEXT_UPDATE = "2026-01-05T00:00:00Z";

/** A CRL in DER. */
export function crlDer(issuer: Forged, options: ForgeCrlOptions = {}): Uint8Array {
  const { revoked = [], nextUpdate = NEXT_UPDATE, number = 1, version = 2, hash = "sha256" } = options;
  const entries = revoked.map(entryDer);
  const extensions = [
    ...(options.withoutAki ? [] : [extension("2.5.29.35", tlv(0x30, tlv(0x80, keyId(issuer.key))))]),
    ...(number === null ? [] : [extension("2.5.29.20", typeof number === "number" ? int(number) : number)]),
    ...(options.base === undefined ? [] : [extension("2.5.29.27", int(options.base), true)]),
    ...(options.scope === undefined ? [] : [extension("2.5.29.28", tlv(0x30, ...options.scope), true)]),
    ...(options.extensions ?? []),
  ];
  const tbs = tlv(
    0x30,
    ...(version === 2 ? [int(1)] : []),
    algorithm(issuer.key, options.innerHash ?? hash),
    issuer.certificate.subject.der,
    time(options.thisUpdate ?? THIS_UPDATE),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(entries.length === 0 ? [] : [tlv(0x30, ...entries)]),
    ...(version === 2 ? [tlv(0xa0, tlv(0x30, ...extensions))] : []),
  );
  return tlv(0x30, tbs, algorithm(issuer.key, hash), signatureOf(tbs, issuer, hash, options.breakSignature));
}

/** A CRL. */
export function forgeCrl(issuer: Forged, options?: ForgeCrlOptions): CertificateRevocationList {
  return CertificateRevocationList.fromDer(crlDer(issuer, options));
}

function entryDer({ certificate, reason, extensions = [] }: ForgedEntry): Uint8Array {
  const all = [
    ...(reason === undefined ? [] : [extension("2.5.29.21", tlv(0x0a, Uint8Array.of(reason)))]),
    ...extensions,
  ];
  const serial = int(Number(certificate.serialNumber));
  return tlv(0x30, serial, time("2025-12-01T00:00:00Z"), ...(all.length === 0 ? [] : [tlv(0x30, ...all)]));
}

const flag = (tag: number): Uint8Array => tlv(tag, Uint8Array.of(0xff));
export const ONLY_USERS: Uint8Array = flag(0x81);
export const ONLY_CAS: Uint8Array = flag(0x82);
export const INDIRECT: Uint8Array = flag(0x84);
export const ONLY_ATTRIBUTES: Uint8Array = flag(0x85);
/** onlySomeReasons: keyCompromise and cACompromise. */
export const SOME_REASONS: Uint8Array = tlv(0x83, Uint8Array.of(5, 0x60));
/** onlySomeReasons: all others. */
export const OTHER_REASONS: Uint8Array = tlv(0x83, Uint8Array.of(7, 0x9f, 0x80));

/** DistributionPointName as full names, in an IDP or a DistributionPoint. */
export function fullName(...names: readonly Uint8Array[]): Uint8Array {
  return tlv(0xa0, tlv(0xa0, ...names));
}

/** DistributionPointName relative to the CRL issuer. */
export function relativeName(commonName: string): Uint8Array {
  return tlv(0xa0, tlv(0xa1, tlv(0x30, oid("2.5.4.3"), text(0x0c, commonName))));
}

/** cRLIssuer. */
export function crlIssuer(commonName: string): Uint8Array {
  return tlv(0xa2, tlv(0xa4, name(commonName)));
}

/** The extension cRLDistributionPoints. */
export function distributionPoints(...points: readonly (readonly Uint8Array[])[]): Uint8Array {
  return extension("2.5.29.31", tlv(0x30, ...points.map((fields) => tlv(0x30, ...fields))));
}

/** The entry extension certificateIssuer. */
export function certificateIssuer(commonName: string): Uint8Array {
  return extension("2.5.29.29", tlv(0x30, tlv(0xa4, name(commonName))), true);
}

export interface ForgedSingle {
  readonly certificate: Certificate;
  readonly issuer: Forged;
  readonly status?: "good" | "revoked" | "unknown";
  readonly reason?: number;
  readonly hash?: "sha1" | "sha256";
  readonly thisUpdate?: string;
  readonly nextUpdate?: string | null;
  readonly extensions?: readonly Uint8Array[];
  /** Another key than the issuer's in the CertID. */
  readonly keyOf?: Forged;
  /** Another name than the issuer's in the CertID. */
  readonly nameOf?: Certificate;
}

export interface ForgeOcspOptions {
  readonly singles: readonly ForgedSingle[];
  readonly certificates?: readonly Certificate[];
  readonly byKey?: boolean;
  readonly producedAt?: string;
  readonly extensions?: readonly Uint8Array[];
  readonly hash?: "sha256" | "sha1";
  readonly breakSignature?: boolean;
}

/** An OCSP response. */
export function forgeOcsp(signer: Forged, options: ForgeOcspOptions): OcspResponse {
  const { hash = "sha256", certificates = [], extensions = [] } = options;
  const responder = options.byKey
    ? tlv(0xa2, tlv(0x04, digest("sha1", signer.certificate.publicKey.keyBytes)))
    : tlv(0xa1, signer.certificate.subject.der);
  const data = tlv(
    0x30,
    responder,
    text(0x18, generalized(options.producedAt ?? THIS_UPDATE)),
    tlv(0x30, ...options.singles.map(singleDer)),
    ...(extensions.length === 0 ? [] : [tlv(0xa1, tlv(0x30, ...extensions))]),
  );
  const basic = tlv(
    0x30,
    data,
    algorithm(signer.key, hash),
    signatureOf(data, signer, hash, options.breakSignature),
    ...(certificates.length === 0 ? [] : [tlv(0xa0, tlv(0x30, ...certificates.map(({ der }) => der)))]),
  );
  const bytes = tlv(0xa0, tlv(0x30, oid("1.3.6.1.5.5.7.48.1.1"), tlv(0x04, basic)));
  return OcspResponse.fromDer(tlv(0x30, tlv(0x0a, Uint8Array.of(0)), bytes));
}

/** What a responder says that says nothing. */
export const TRY_LATER: Uint8Array = tlv(0x30, tlv(0x0a, Uint8Array.of(3)));

function singleDer(single: ForgedSingle): Uint8Array {
  const { certificate, issuer, status = "good", hash = "sha1", nextUpdate = NEXT_UPDATE, extensions = [] } = single;
  const key = (single.keyOf ?? issuer).certificate.publicKey.keyBytes;
  const certId = tlv(
    0x30,
    tlv(0x30, oid(hash === "sha1" ? "1.3.14.3.2.26" : "2.16.840.1.101.3.4.2.1"), tlv(0x05)),
    tlv(0x04, digest(hash, (single.nameOf ?? certificate).issuer.der)),
    tlv(0x04, digest(hash, key)),
    int(Number(certificate.serialNumber)),
  );
  const reason = single.reason === undefined ? [] : [tlv(0xa0, tlv(0x0a, Uint8Array.of(single.reason)))];
  const statuses = {
    good: () => tlv(0x80),
    revoked: () => tlv(0xa1, text(0x18, generalized("2025-12-01T00:00:00Z")), ...reason),
    unknown: () => tlv(0x82),
  };
  return tlv(
    0x30,
    certId,
    statuses[status](),
    text(0x18, generalized(single.thisUpdate ?? THIS_UPDATE)),
    ...(nextUpdate === null ? [] : [tlv(0xa0, text(0x18, generalized(nextUpdate)))]),
    ...(extensions.length === 0 ? [] : [tlv(0xa1, tlv(0x30, ...extensions))]),
  );
}

function digest(hash: string, bytes: Uint8Array): Uint8Array {
  return createHash(hash).update(bytes).digest();
}

function signatureOf(data: Uint8Array, signer: Forged, hash: string, breakIt = false): Uint8Array {
  const signature = sign(hash, data, signer.key.privateKey);
  if (breakIt) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  return tlv(0x03, Uint8Array.of(0), signature);
}

function time(iso: string): Uint8Array {
  return text(0x17, `${iso.replace(/[-:T]/g, "").slice(2, 14)}Z`);
}

function generalized(iso: string): string {
  return `${iso.replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
