/** What the parts of the revocation check share. */
import type { Certificate, DistinguishedName } from "@tlskit/x509";
import type { TrustAnchor } from "../anchors/trust-anchors.ts";
import type { Settings } from "../input/settings.ts";
import type { Budget } from "../search/budget.ts";
import type { Checking } from "../search/signature-check.ts";
import type { Fault } from "./crl-form.ts";
import type { Evidence } from "./evidence.ts";
import type { StatementMemo } from "./statement-memo.ts";

/** A certificate whose status is wanted, and the validated path above it. */
export interface Target {
  readonly certificate: Certificate;
  /** Its issuer first, the anchor last; never empty. */
  readonly above: readonly [Certificate, ...Certificate[]];
  readonly anchor: TrustAnchor;
}

/** What a check of one target may use. */
export interface RevocationState {
  readonly settings: Settings;
  readonly maxAge: number | undefined;
  readonly budget: Budget;
  readonly statements: StatementMemo;
  readonly evidence: Evidence;
  /** The certificates at hand of this name. */
  bySubject(name: DistinguishedName): readonly Certificate[];
  /**
   * What forbids to believe a CRL signer that is not on the path of the target.
   *
   * @param isNamed whether a distribution point of the target names it
   */
  signerFault(signer: Certificate, target: Target, isNamed: boolean): Checking<Fault | undefined>;
  /** What forbids to believe a responder that the issuer of the target has authorised. */
  responderFault(responder: Certificate, target: Target): Checking<Fault | undefined>;
}
