import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import { CertificateOptions } from "../certificate-options.ts";
import { checkTrustRoot } from "../checks/option-values.ts";

/**
 * Twisted's `PrivateCertificate.options(*authorities)` (OPT-41): options with this identity; with authorities, the peer
 * must have a certificate from one of them.
 *
 * @deprecated Use `new CertificateOptions({ identity, trustRoot })`.
 * @throws OptionsError OPTION_TYPE_INVALID for what is no certificate, with its place
 * @example
 * const options = privateCertificateOptions(identity, clientCa);
 */
export function privateCertificateOptions(
  identity: PrivateCertificate,
  ...authorities: readonly Certificate[]
): CertificateOptions {
  return new CertificateOptions({
    identity,
    ...(authorities.length === 0 ? {} : { trustRoot: checkTrustRoot(authorities, "authorities") }),
  });
}
