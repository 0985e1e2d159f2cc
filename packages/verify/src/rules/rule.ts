/** What a rule is, sees and says. */
import type { Certificate } from "@tlskit/x509";
import type { TrustAnchor } from "../anchors/trust-anchors.ts";
import type { VerificationProfile } from "../input/input.ts";
import type { Settings } from "../input/settings.ts";
import type { VerificationReasonCode, VerificationReasonDetails } from "../reasons/reason.ts";
import type { Budget } from "../search/budget.ts";

/** Where in the path a certificate stands. A leaf that is itself the anchor stands as a leaf. */
export type Position = "leaf" | "intermediate" | "anchor";

/** One row of the rule table. */
export interface Rule {
  /** Unique; appears in reasons and checks. */
  readonly id: string;
  /** What it stands on. */
  readonly section: string;
  readonly profiles: readonly VerificationProfile[];
  readonly positions: readonly Position[];
  /**
   * `octets`: the answer depends on the DER of the certificate and its position alone, so that it never changes.
   * `certificate`: also on the settings; it is asked once in a verification. `path`: also on what is below it.
   */
  readonly scope: "octets" | "certificate" | "path";
  readonly check: (context: RuleContext) => Findings;
}

/** What a rule sees. */
export interface RuleContext {
  /** The certificate that is judged. */
  readonly certificate: Certificate;
  readonly position: Position;
  /** Its place in the path: 0 is the leaf. */
  readonly depth: number;
  /** The path below it, leaf first; only a rule of scope `path` may look at it. */
  readonly below: readonly Certificate[];
  /** The anchor that the certificate is, if it is one. */
  readonly anchor: TrustAnchor | undefined;
  readonly settings: Settings;
  readonly budget: Budget;
}

/** What a rule says of one code: what it found, in data and in words. */
export interface FindingOf<C extends VerificationReasonCode> {
  readonly code: C;
  readonly message: string;
  readonly remedy: string;
  readonly details: VerificationReasonDetails[C];
  /** Another certificate than the judged one, if the finding is about that (a name below a constraint). */
  readonly about?: { readonly certificate: Certificate; readonly depth: number };
}

/** Something that a rule found to be wrong. */
export type Finding = { [C in VerificationReasonCode]: FindingOf<C> }[VerificationReasonCode];

/** What a check returns: nothing is the good answer. */
export type Findings = Finding | readonly Finding[] | undefined;

/** A finding of the code NOT_CONFORMING, which all formal rules share. */
export function nonconforming(certificate: string, requirement: string): FindingOf<"CERTIFICATE_NOT_CONFORMING"> {
  return {
    code: "CERTIFICATE_NOT_CONFORMING",
    message: `${certificate} does not conform: ${requirement}.`,
    remedy: "Have the certificate issued anew in conforming form, or verify under a less formal profile.",
    details: { requirement },
  };
}
