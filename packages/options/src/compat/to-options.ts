import { CertificateOptions } from "../certificate-options.ts";
import { wrongType } from "../input/wrong-value.ts";

/** Something with a `getContext`, as Twisted's functions took it. */
export interface ContextFactoryLike {
  getContext(): CertificateOptions;
}

/**
 * Options out of what Twisted took for them: options as such, or a factory, which is asked once and at once, so that its
 * errors come now and not with the first connection (LEG-04).
 *
 * @deprecated Use `CertificateOptions` as such.
 * @throws OptionsError OPTION_TYPE_INVALID for anything else, and whatever the factory throws
 * @example
 * const options = toOptions(factory);
 */
export function toOptions(value: CertificateOptions | ContextFactoryLike): CertificateOptions {
  if (value instanceof CertificateOptions) return value;
  if (typeof value !== "object" || value === null || typeof value.getContext !== "function") {
    throw wrongType("contextFactory", "CertificateOptions, or an object with getContext()", value);
  }
  const options = value.getContext();
  if (options instanceof CertificateOptions) return options;
  throw wrongType("contextFactory.getContext()", "CertificateOptions", options);
}
