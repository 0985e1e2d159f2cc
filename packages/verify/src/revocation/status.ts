import type { Certificate } from "@tlskit/x509";
import type { RevocationDoubt } from "./doubt.ts";

/** Where a status was read. */
export interface RevocationEvidence {
  readonly source: "crl" | "ocsp";
  /** Its place in `crls` or `ocspResponses`. */
  readonly index: number;
  /** The moment it speaks about. */
  readonly thisUpdate: Date;
  /** When it is to be replaced, if it says so. */
  readonly nextUpdate?: Date;
}

/** What is known about the revocation of one certificate. */
export type RevocationStatus =
  | {
      readonly status: "good";
      readonly evidence: readonly RevocationEvidence[];
      /** What else was looked at, and why it did not count. */
      readonly doubts: readonly RevocationDoubt[];
    }
  | {
      readonly status: "revoked";
      readonly revokedAt: Date;
      /** The name of the CRLReason ("keyCompromise"), if one is given. */
      readonly reason?: string;
      readonly evidence: readonly RevocationEvidence[];
      readonly doubts: readonly RevocationDoubt[];
    }
  | {
      readonly status: "unknown";
      /** Why, source by source; never empty. */
      readonly doubts: readonly RevocationDoubt[];
    };

/** The revocation status of one certificate of a path. */
export type CertificateRevocationStatus = RevocationStatus & {
  readonly certificate: Certificate;
  /** Its place in the chain: 0 is the leaf. */
  readonly depth: number;
};

/** The status that counts, of several that are genuine and current; unknown if there is none. */
export function gravest(statuses: readonly RevocationStatus[]): RevocationStatus {
  const known = statuses.filter(({ status }) => status !== "unknown");
  // A hold is all that can be lifted (RFC 5280, section 5.3.1): there the later word counts, and the worse of two.
  const final = known.find((one) => one.status === "revoked" && one.reason !== "certificateHold");
  if (final !== undefined) return final;
  const [latest] = known.toSorted((a, b) => updateOf(b) - updateOf(a) || rank(a) - rank(b));
  return latest ?? { status: "unknown", doubts: [] };
}

function updateOf(status: RevocationStatus): number {
  return status.status === "unknown" ? 0 : Math.max(...status.evidence.map(({ thisUpdate }) => thisUpdate.getTime()));
}

function rank({ status }: RevocationStatus): number {
  return status === "revoked" ? 0 : 1;
}
