import { Certificate } from "@tlskit/x509";
import { badArgument } from "../input/bad-argument.ts";

/**
 * The certificate that a value is by its bytes, as a plain one: a subclass may carry a private key, which has no business
 * in a set that is enumerated and handed around, and an object with properties of its own may say something else.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID
 */
export function readCertificate(value: unknown, argument: string): Certificate {
  const certificate = plainCertificate(value);
  if (certificate === undefined) throw badArgument(argument, "a Certificate", value);
  return certificate;
}

/** As {@link readCertificate}; undefined for what is none. */
export function plainCertificate(value: unknown): Certificate | undefined {
  if (!(value instanceof Certificate)) return undefined;
  try {
    const isPlain = Object.getPrototypeOf(value) === Certificate.prototype && Reflect.ownKeys(value).length === 0;
    if (!isPlain) return Certificate.fromDer(value.der);
    // Reads a private field, which a Proxy does not pass on.
    value.version;
    return value;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
