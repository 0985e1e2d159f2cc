import { show, showTime } from "../reasons/show.ts";
import type { Findings, RuleContext } from "./rule.ts";

/** RFC 5280, section 4.1.2.5: valid from notBefore through notAfter, both included, at the granularity of seconds. */
export function validity({ certificate, settings: { at } }: RuleContext): Findings {
  const second = Math.floor(at.getTime() / 1000) * 1000;
  if (certificate.isValidAt(new Date(second))) return undefined;
  const { notBefore, notAfter } = certificate;
  if (second < notBefore.getTime()) {
    return {
      code: "CERTIFICATE_NOT_YET_VALID",
      message: `${show(certificate)} is not valid before ${showTime(notBefore)} (checked at ${showTime(at)}).`,
      remedy: "Check the clock of this machine; if it is right, wait, or use a certificate that is valid now.",
      details: { notBefore, at },
    };
  }
  return {
    code: "CERTIFICATE_EXPIRED",
    message: `${show(certificate)} expired on ${showTime(notAfter)} (checked at ${showTime(at)}).`,
    remedy: "Renew the certificate and install the new one; if it should still be valid, check this machine's clock.",
    details: { notAfter, at },
  };
}
