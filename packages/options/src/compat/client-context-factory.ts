import { OptionsError } from "../error.ts";

/**
 * Twisted's client factory verifies nothing (LEG-03), so this one cannot be made.
 *
 * @deprecated Use `optionsForClientTLS(hostname)`, which verifies.
 */
export class ClientContextFactory {
  /** @throws OptionsError LEGACY_API_REMOVED, always */
  constructor() {
    const replacement = "optionsForClientTLS(hostname)";
    throw new OptionsError(
      "LEGACY_API_REMOVED",
      `ClientContextFactory accepted any server, and is gone. Use ${replacement}, which verifies; if no verification is really meant, new CertificateOptions({ dangerouslySkipVerification: true }).`,
      { name: "ClientContextFactory", replacement },
    );
  }
}
