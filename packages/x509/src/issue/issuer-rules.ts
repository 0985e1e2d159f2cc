// What an issuer may not do (row REQ-18): each refusal is what every verifier would find out later.

import type { Certificate } from "../certificate.ts";
import { X509Error } from "../error.ts";
import type { PublicKey } from "../public-key.ts";
import type { NewCertificateOptions } from "./issue-options.ts";
import type { Profile } from "./profile.ts";

/**
 * Throws unless this issuer may sign such a certificate.
 *
 * @param issuer absent for self-signed certificates
 * @throws X509Error NOT_A_CA, KEY_WEAK
 */
export function assertMayIssue(
  issuer: Certificate | undefined,
  issuerKey: PublicKey,
  subjectKey: PublicKey,
  profile: Profile,
): void {
  assertStrong(issuerKey);
  assertStrong(subjectKey);
  if (issuer === undefined) return;
  const { basicConstraints, keyUsage } = issuer;
  if (basicConstraints?.ca !== true) throw notCa(issuer, "its basicConstraints do not say that it is a CA");
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) {
    throw notCa(issuer, "its keyUsage does not allow to sign certificates");
  }
  if (profile.ca && basicConstraints.pathLength === 0) {
    throw notCa(issuer, "its path length is 0, so no CA can follow below it");
  }
}

/**
 * Throws unless this certificate may sign CRLs (RFC 5280 sections 4.2.1.3 and 6.3.3): an issuer of CRLs need not be a CA,
 * but then its keyUsage must say so.
 *
 * @throws X509Error NOT_A_CA, KEY_WEAK
 */
export function assertMaySignCrl(issuer: Certificate): void {
  assertStrong(issuer.publicKey);
  const { basicConstraints, keyUsage } = issuer;
  if (keyUsage === undefined ? basicConstraints?.ca === true : keyUsage.has("cRLSign")) return;
  const subject = issuer.subject.toString();
  const reason = keyUsage === undefined ? "it is no CA, and has no keyUsage" : "its keyUsage does not allow it";
  throw new X509Error("NOT_A_CA", `${subject} cannot sign CRLs: ${reason}`, { subject, reason });
}

/**
 * The path length of a new CA: as asked, else the profile's, and below a limited issuer never as much as the issuer's.
 *
 * @throws X509Error NOT_A_CA if more is asked for than the issuer has to give
 */
export function pathLengthBelow(
  issuer: Certificate | undefined,
  profile: Profile,
  options: NewCertificateOptions,
): number | undefined {
  const asked = options.pathLength;
  const wanted = asked === "unlimited" ? undefined : (asked ?? profile.pathLength);
  const limit = issuer?.basicConstraints?.pathLength;
  if (issuer === undefined || limit === undefined || options.force === true) return wanted;
  if (typeof asked === "number" && asked >= limit) {
    throw notCa(issuer, `its path length is ${limit}, which leaves ${limit - 1} at most for a CA below it`);
  }
  return Math.min(wanted ?? limit - 1, limit - 1);
}

function assertStrong(key: PublicKey): void {
  const { type, bits } = key;
  if ((type === "rsa" || type === "rsa-pss") && bits !== undefined && bits < minimumRsaBits) {
    throw new X509Error("KEY_WEAK", `an RSA key of ${bits} bits can be broken: at least ${minimumRsaBits} are needed`, {
      type,
      bits,
      minimum: minimumRsaBits,
    });
  }
}

function notCa(issuer: Certificate, reason: string): X509Error {
  const subject = issuer.subject.toString();
  return new X509Error("NOT_A_CA", `${subject} cannot sign this certificate: ${reason}`, { subject, reason });
}

const minimumRsaBits = 2048;
