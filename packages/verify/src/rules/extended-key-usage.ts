import type { Certificate } from "@tlskit/x509";
import { ANY_EXTENDED_KEY_USAGE, PURPOSES, type Purpose } from "../purpose.ts";
import { show } from "../reasons/show.ts";
import { type Findings, nonconforming, type RuleContext } from "./rule.ts";

/** RFC 5280, section 4.2.1.12: where the leaf has extendedKeyUsage, it must allow the purpose; two purposes demand it. */
export function leafExtendedKeyUsage({ certificate, settings: { purpose } }: RuleContext): Findings {
  const present = certificate.extendedKeyUsage;
  const { oid } = PURPOSES[purpose];
  if (oid === undefined) return undefined;
  if (EXPLICIT.has(purpose))
    return present?.includes(oid) ? undefined : mismatch(certificate, purpose, oid, present ?? []);
  return allows(present, oid) ? undefined : mismatch(certificate, purpose, oid, present ?? []);
}

/** The extendedKeyUsage of a CA limits what is below it, as all TLS libraries and the CA/B Forum (7.1.2.10.6) understand it. */
export function issuerExtendedKeyUsage({ certificate, settings: { purpose } }: RuleContext): Findings {
  const present = certificate.extendedKeyUsage;
  const { oid } = PURPOSES[purpose];
  // RFC 6960, section 4.2.2.2: the responder's issuer is the CA itself, whose extendedKeyUsage is about the certificates
  // that it serves.
  if (oid === undefined || purpose === "ocspSigning" || allows(present, oid)) return undefined;
  return mismatch(certificate, purpose, oid, present ?? []);
}

/** RFC 3161, section 2.3: a time-stamping certificate has this one purpose, and the extension is critical. */
export function timeStampingAlone({ certificate, settings: { purpose } }: RuleContext): Findings {
  if (purpose !== "timeStamping") return undefined;
  const extension = certificate.extension("2.5.29.37");
  if (extension === undefined) return undefined;
  if (extension.critical && certificate.extendedKeyUsage?.length === 1) return undefined;
  return nonconforming(
    show(certificate),
    "extendedKeyUsage of a time-stamping certificate must be critical and hold nothing else",
  );
}

// RFC 3161, section 2.3, and RFC 6960, section 4.2.2.2, want these by name: absent or "any" is not enough.
const EXPLICIT: ReadonlySet<Purpose> = new Set(["timeStamping", "ocspSigning"]);

function allows(present: readonly string[] | undefined, oid: string): boolean {
  return present === undefined || present.includes(oid) || present.includes(ANY_EXTENDED_KEY_USAGE);
}

function mismatch(certificate: Certificate, purpose: Purpose, required: string, present: readonly string[]): Findings {
  return {
    code: "EXTENDED_KEY_USAGE_MISMATCH",
    message: `${show(certificate)} may not be used for ${PURPOSES[purpose].label}.`,
    remedy: `Use a certificate whose extended key usage includes ${PURPOSES[purpose].label} (${required}).`,
    details: { purpose, required, present },
  };
}
