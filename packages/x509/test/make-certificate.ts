// Certificates part by part, right or wrong, for tests of reading. Nothing is signed.

import {
  derBitString,
  derExplicit,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derTime,
  derTlv,
} from "../src/der/writer.ts";
import { DistinguishedName } from "../src/distinguished-name/distinguished-name.ts";
import { type Extension, encodeExtension } from "../src/extensions/extension.ts";

/** What stands after the signed part, in DER. */
export interface SignatureParts {
  readonly outerAlgorithm?: Uint8Array;
  readonly signature?: Uint8Array;
  readonly afterSignature?: Uint8Array;
}

/** Parts in DER; null leaves a part out. */
export interface CertificateParts extends SignatureParts {
  readonly version?: Uint8Array | null;
  readonly serial?: Uint8Array;
  readonly innerAlgorithm?: Uint8Array;
  readonly issuer?: Uint8Array;
  readonly validity?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly publicKey?: Uint8Array;
  readonly uniqueIds?: readonly Uint8Array[];
  readonly extensions?: readonly (Extension | Uint8Array)[];
  readonly afterExtensions?: Uint8Array;
}

const nothing = new Uint8Array(0);
export const ed25519: Uint8Array = derSequence(derOid("1.3.101.112"));
export const sha256WithRsa: Uint8Array = derSequence(derOid("1.2.840.113549.1.1.11"), derNull());

/** A certificate in DER. */
export function makeCertificate(parts: CertificateParts = {}): Uint8Array {
  const name = DistinguishedName.of({ CN: "test" }).der;
  const { version, extensions, uniqueIds } = parts;
  const tbs = derSequence(
    version === null ? nothing : (version ?? derExplicit(0, derInteger(2))),
    parts.serial ?? derInteger(1),
    parts.innerAlgorithm ?? ed25519,
    parts.issuer ?? name,
    parts.validity ?? derSequence(derTime(new Date("2026-01-01T00:00:00Z")), derTime(new Date("2027-01-01T00:00:00Z"))),
    parts.subject ?? name,
    parts.publicKey ?? derSequence(ed25519, derBitString(new Uint8Array(32).fill(7))),
    ...(uniqueIds ?? []),
    extensions === undefined ? nothing : derExplicit(3, derSequence(...extensions.map(extensionDer))),
    parts.afterExtensions ?? nothing,
  );
  return signedParts(tbs, parts);
}

/** What is signed, or looks so, with its signature. */
export function signedParts(tbs: Uint8Array, parts: SignatureParts): Uint8Array {
  return derSequence(
    tbs,
    parts.outerAlgorithm ?? ed25519,
    parts.signature ?? derBitString(new Uint8Array(64)),
    parts.afterSignature ?? nothing,
  );
}

function extensionDer(extension: Extension | Uint8Array): Uint8Array {
  return extension instanceof Uint8Array ? extension : encodeExtension(extension);
}

/** A UTCTime with this text, right or wrong. */
export function utcTime(text: string): Uint8Array {
  return derTlv(0x17, new TextEncoder().encode(text));
}

/** A GeneralizedTime with this text, right or wrong. */
export function generalizedTime(text: string): Uint8Array {
  return derTlv(0x18, new TextEncoder().encode(text));
}

export function extension(oid: string, value: Uint8Array, critical = false): Extension {
  return { oid, critical, value };
}
