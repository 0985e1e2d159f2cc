import { show } from "../show.ts";
import { type Findings, nonconforming, type RuleContext } from "./rule.ts";

/** NIST SP 800-57 part 1: keys below 112 bits of security are refused; so are RSA exponents that sign nothing. */
export function keyStrength({ certificate }: RuleContext): Findings {
  const { type, bits, curve, exponent } = certificate.publicKey;
  const weak = (minimum: string): Findings => ({
    code: "WEAK_KEY",
    message: `The key of ${show(certificate).replace("The", "the")} is too weak: ${[type, bits, curve].filter((part) => part !== undefined).join(" ")}.`,
    remedy: `Use a key of at least ${minimum}.`,
    details: { type, minimum, ...(bits === undefined ? {} : { bits }), ...(curve === undefined ? {} : { curve }) },
  });
  switch (type) {
    case "rsa":
    case "rsa-pss":
      if ((bits ?? 0) < 2048) return weak("2048 bits (RSA)");
      return exponent !== undefined && (exponent < 3n || exponent % 2n === 0n)
        ? weak("an odd exponent above 1 (RSA)")
        : undefined;
    case "ecdsa":
      return (bits ?? 0) < 224 ? weak("224 bits (elliptic curve)") : undefined;
    case "dsa":
      return weak("2048 bits (RSA) or 224 bits (elliptic curve), not DSA");
    case "unknown":
      return {
        code: "ALGORITHM_UNSUPPORTED",
        message: `The key of ${show(certificate).replace("The", "the")} is of a kind that is not supported.`,
        remedy: "Use an RSA, ECDSA or Ed25519 key.",
        details: { algorithm: certificate.publicKey.algorithmOid, detail: "public key" },
      };
    default:
      return undefined;
  }
}

/** RFC 6151 (MD5), RFC 6194 and RFC 9155 (SHA-1): signatures that can be forged prove nothing. */
export function signatureStrength({ certificate, anchor }: RuleContext): Findings {
  // A leaf that is an anchor is trusted for itself, not for its signature.
  if (!certificate.signatureAlgorithm.weak || anchor !== undefined) return undefined;
  const { name } = certificate.signatureAlgorithm;
  return {
    code: "WEAK_SIGNATURE",
    message: `${show(certificate)} is signed with ${name}, which can be forged.`,
    remedy: "Have the certificate issued anew with SHA-256 or better.",
    details: { algorithm: name },
  };
}

/** RFC 5280, section 4.1.1.3: a signature nobody here can check is not checked. */
export function signatureSupported({ certificate, anchor }: RuleContext): Findings {
  const { unsupported, name } = certificate.signatureAlgorithm;
  if (unsupported === undefined || anchor !== undefined) return undefined;
  return {
    code: "ALGORITHM_UNSUPPORTED",
    message: `${show(certificate)} is signed with an algorithm that is not supported: ${name}.`,
    remedy: "Have the certificate issued with RSA, ECDSA or Ed25519 and SHA-256 or better.",
    details: { algorithm: name, detail: unsupported },
  };
}

/** CA/B Forum Baseline Requirements, 6.1.5 and 6.1.6: RSA in whole octets with an odd exponent, or one of three curves. */
export function publicKeyShape({ certificate }: RuleContext): Findings {
  const { type, bits = 0, curve } = certificate.publicKey;
  if (type === "rsa")
    return bits % 8 === 0 ? undefined : nonconforming(show(certificate), "RSA keys must have whole octets");
  if (type === "ecdsa" && curve !== undefined && NIST_CURVES.has(curve)) return undefined;
  return nonconforming(show(certificate), "keys must be RSA, P-256, P-384 or P-521");
}

const NIST_CURVES: ReadonlySet<string> = new Set(["P-256", "P-384", "P-521"]);
