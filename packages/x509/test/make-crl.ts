// CRLs part by part, right or wrong, for tests of reading. Nothing is signed.

import { CertificateRevocationList } from "../src/certificate-revocation-list.ts";
import { derExplicit, derInteger, derSequence, derTime } from "../src/der/writer.ts";
import { DistinguishedName } from "../src/distinguished-name/distinguished-name.ts";
import { type Extension, encodeExtension } from "../src/extensions/extension.ts";
import { ed25519, type SignatureParts, signedParts } from "./make-certificate.ts";

/** Parts in DER; null leaves a part out. */
export interface CrlParts extends SignatureParts {
  readonly version?: Uint8Array | null;
  readonly innerAlgorithm?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly thisUpdate?: Uint8Array;
  readonly nextUpdate?: Uint8Array | null;
  /** Entries, or the whole of revokedCertificates. */
  readonly revoked?: readonly Uint8Array[] | Uint8Array;
  readonly extensions?: readonly Extension[];
  readonly afterExtensions?: Uint8Array;
}

const nothing = new Uint8Array(0);
export const crlIssuer: DistinguishedName = DistinguishedName.of({ CN: "test" });
export const june: Uint8Array = derTime(new Date("2026-06-01T00:00:00Z"));
export const july: Uint8Array = derTime(new Date("2026-07-01T00:00:00Z"));

/** A CRL in DER. */
export function makeCrl(parts: CrlParts = {}): Uint8Array {
  const { version, nextUpdate, revoked, extensions } = parts;
  const tbs = derSequence(
    version === null ? nothing : (version ?? derInteger(1)),
    parts.innerAlgorithm ?? ed25519,
    parts.issuer ?? crlIssuer.der,
    parts.thisUpdate ?? june,
    nextUpdate === null ? nothing : (nextUpdate ?? july),
    revoked === undefined ? nothing : revoked instanceof Uint8Array ? revoked : derSequence(...revoked),
    extensions === undefined ? nothing : derExplicit(0, derSequence(...extensions.map(encodeExtension))),
    parts.afterExtensions ?? nothing,
  );
  return signedParts(tbs, parts);
}

/** As {@link makeCrl}, read. */
export function readCrl(parts: CrlParts = {}): CertificateRevocationList {
  return CertificateRevocationList.fromDer(makeCrl(parts));
}

/** An entry in DER. */
export function makeEntry(
  serialNumber: bigint | number,
  extensions: readonly Extension[] = [],
  date: Uint8Array = june,
): Uint8Array {
  const list = extensions.length === 0 ? [] : [derSequence(...extensions.map(encodeExtension))];
  return derSequence(derInteger(serialNumber), date, ...list);
}
