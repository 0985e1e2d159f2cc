import type { CertificateOptions } from "../certificate-options.ts";
import { OptionsError } from "../error.ts";

/**
 * Something that makes TLS options (LEG-01).
 *
 * @deprecated Use {@link CertificateOptions} as such: it needs no factory.
 */
export abstract class ContextFactory {
  /** Whether the options are for clients. */
  readonly isClient: boolean = false;

  /**
   * The options; the same object each time (OPT-39).
   *
   * @throws OptionsError LEGACY_NOT_IMPLEMENTED unless a subclass brings it
   */
  getContext(): CertificateOptions {
    const name = `${this.constructor.name}.getContext`;
    throw new OptionsError("LEGACY_NOT_IMPLEMENTED", `${name}() is not implemented: a subclass must bring it.`, {
      name,
    });
  }
}
