/** Whether a CRL is one that may be used at all, whatever it says: its form, its extensions, its time. */
import type { CertificateRevocationList, CrlDeviation } from "@tlskit/x509";
import type { Settings } from "../input/settings.ts";
import { shorten } from "../reasons/show.ts";
import { isWeakSignature } from "../rules/strength.ts";
import type { RevocationDoubtCode } from "./doubt.ts";

/** What is wrong with a source. */
export interface Fault {
  readonly code: RevocationDoubtCode;
  readonly message: string;
}

/**
 * What forbids the use of a CRL; looked at before its signature, so nothing here takes longer for longer lists.
 *
 * @see RFC 5280, section 5.2
 */
export function listFault(list: CertificateRevocationList, settings: Settings): Fault | undefined {
  const { signatureAlgorithm, extensions } = list;
  if (isWeakSignature(signatureAlgorithm, settings.admit)) {
    return { code: "WEAK_SIGNATURE", message: `It is signed with ${signatureAlgorithm.name}, which can be forged.` };
  }
  const unknown = extensions.find(({ oid, critical }) => critical && !PROCESSED.has(oid));
  if (unknown !== undefined) {
    return {
      code: "CRITICAL_EXTENSION",
      message: `It has an extension that is not understood: ${shorten(unknown.oid)}.`,
    };
  }
  return settings.profile === "compatible" ? undefined : formalFault(list);
}

/**
 * What forbids the use of a CRL that is known to be genuine: looks at every entry, once for each CRL.
 *
 * @see RFC 5280, section 5.3: one critical extension that is not understood, in any entry, and no entry may be used
 */
export function entriesFault(list: CertificateRevocationList, settings: Settings): Fault | undefined {
  const oid = criticalEntryExtension(list);
  if (oid !== undefined) {
    return {
      code: "CRITICAL_EXTENSION",
      message: `It has an entry with an extension that is not understood: ${shorten(oid)}.`,
    };
  }
  const isForbidden = ({ code }: CrlDeviation): boolean => settings.profile !== "compatible" || MISLEADING.has(code);
  const deviation = list.deviations.find(isForbidden);
  return deviation && { code: "NOT_CONFORMING", message: `It does not conform: ${deviation.message}` };
}

// Sections 5.1.2.1, 5.2.3 and 5.2.1; the deviations have the rest.
function formalFault(list: CertificateRevocationList): Fault | undefined {
  const { crlNumber } = list;
  const fault = (message: string): Fault => ({ code: "NOT_CONFORMING", message });
  if (list.version !== 2) return fault("It is of version 1.");
  if (crlNumber === undefined) return fault("It has no CRL number.");
  if (list.extension(CRL_NUMBER)?.critical) return fault("Its CRL number is marked as critical.");
  if (list.authorityKeyIdentifier === undefined) return fault("It does not say which key signed it.");
  if (list.extension(AUTHORITY_KEY_IDENTIFIER)?.critical) return fault("Its key identifier is marked as critical.");
  return undefined;
}

function criticalEntryExtension(list: CertificateRevocationList): string | undefined {
  const known = scanned.get(list);
  if (known !== undefined) return known.oid;
  const oid = findCriticalEntryExtension(list);
  scanned.set(list, { oid });
  return oid;
}

function findCriticalEntryExtension(list: CertificateRevocationList): string | undefined {
  for (const entry of list.entries) {
    const unknown = entry.extensions.find(({ oid, critical }) => critical && !PROCESSED_IN_ENTRIES.has(oid));
    if (unknown !== undefined) return unknown.oid;
  }
  return undefined;
}

// A CRL is immutable, and is asked about many certificates.
const scanned = new WeakMap<CertificateRevocationList, { readonly oid: string | undefined }>();

const CRL_NUMBER = "2.5.29.20";
const AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

// The extensions that are acted upon, and the freshest CRL, which is only a place to look.
const PROCESSED: ReadonlySet<string> = new Set([
  CRL_NUMBER,
  "2.5.29.27", // deltaCRLIndicator
  "2.5.29.28", // issuingDistributionPoint
  AUTHORITY_KEY_IDENTIFIER,
  "2.5.29.46", // freshestCRL
]);

const PROCESSED_IN_ENTRIES: ReadonlySet<string> = new Set([
  "2.5.29.21", // cRLReason
  "2.5.29.24", // invalidityDate
  "2.5.29.29", // certificateIssuer
]);

// What makes it unclear what the list says, and to whom; no profile takes that.
const MISLEADING: ReadonlySet<CrlDeviation["code"]> = new Set([
  "SIGNATURE_ALGORITHM_MISMATCH",
  "UPDATES_REVERSED",
  "REVOKED_CERTIFICATES_EMPTY",
  "CERTIFICATE_ISSUER_IN_DIRECT_CRL",
] as const);
