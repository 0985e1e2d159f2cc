import type { Certificate, SignatureAlgorithm } from "@tlskit/x509";
import type { Admission } from "../input/settings.ts";
import { show } from "../reasons/show.ts";
import { type Findings, nonconforming, type RuleContext } from "./rule.ts";

/**
 * NIST SP 800-57 part 1: keys below 112 bits of security are refused, and those whose strength nobody can tell. RFC 5480,
 * section 2.1.1: and those whose curve has no name.
 */
export function keyStrength({ certificate, settings: { admit } }: RuleContext): Findings {
  const { type, bits = 0, curve } = certificate.publicKey;
  switch (type) {
    case "rsa":
    case "rsa-pss":
      return bits < admit.minimumRsaBits ? weak(certificate, "2048 bits (RSA)") : undefined;
    case "ecdsa": {
      // RFC 5480, section 2.1.1: a curve is named. One that is spelled out can be chosen for the key (CVE-2020-0601).
      if (curve === undefined) return nonconforming(show(certificate), "the curve of its key must be a named one");
      const size = bits > 0 ? bits : CURVE_BITS.get(curve);
      if (size === undefined) return unsupported(certificate, curve);
      return size < 224 ? weak(certificate, "224 bits (elliptic curve)") : undefined;
    }
    case "dsa":
      // Without parameters it has those of its issuer, which is judged itself.
      if (admit.keyTypes.includes("dsa") && (bits === 0 || bits >= 1024)) return undefined;
      return weak(certificate, "2048 bits (RSA) or 224 bits (elliptic curve); DSA is not used any more");
    case "unknown":
      return unsupported(certificate, certificate.publicKey.algorithmOid);
    default:
      return undefined;
  }
}

/** RFC 6151 (MD5), RFC 6194 and RFC 9155 (SHA-1): signatures that can be forged prove nothing. */
export function signatureStrength({ certificate, anchor, settings: { admit } }: RuleContext): Findings {
  // A leaf that is an anchor is trusted for itself, not for its signature.
  if (anchor !== undefined || !isWeakSignature(certificate.signatureAlgorithm, admit)) return undefined;
  const { name } = certificate.signatureAlgorithm;
  return {
    code: "WEAK_SIGNATURE",
    message: `${show(certificate)} is signed with ${name}, which can be forged.`,
    remedy: "Have the certificate issued anew with SHA-256 or better.",
    details: { algorithm: name },
  };
}

/** Whether signatures of this algorithm, on whatever they are, prove nothing under what is admitted. */
export function isWeakSignature({ weak, hash }: SignatureAlgorithm, { signatureHashes }: Admission): boolean {
  return weak && !signatureHashes.some((admitted) => admitted === hash);
}

/** CA/B Forum Baseline Requirements, 6.1.5 and 6.1.6: RSA in whole octets with an odd exponent, or one of three curves. */
export function publicKeyShape({ certificate }: RuleContext): Findings {
  const { type, bits = 0, curve } = certificate.publicKey;
  // An exponent that is even, or less than 3, makes no key that can be read.
  if (type === "rsa") {
    return bits % 8 === 0 ? undefined : nonconforming(show(certificate), "RSA keys must have whole octets");
  }
  if (type === "ecdsa" && curve !== undefined && NIST_CURVES.has(curve)) return undefined;
  return nonconforming(show(certificate), "keys must be RSA, P-256, P-384 or P-521");
}

function weak(certificate: Certificate, minimum: string): Findings {
  const { type, bits, curve } = certificate.publicKey;
  const shown = [type, bits, curve].filter((part) => part !== undefined).join(" ");
  return {
    code: "WEAK_KEY",
    message: `${show(certificate)} has a key that is too weak: ${shown}.`,
    remedy: `Use a key of at least ${minimum}.`,
    details: { type, minimum, ...(bits === undefined ? {} : { bits }), ...(curve === undefined ? {} : { curve }) },
  };
}

function unsupported(certificate: Certificate, algorithm: string): Findings {
  return {
    code: "ALGORITHM_UNSUPPORTED",
    message: `${show(certificate)} has a key of a kind that is not supported: ${algorithm}.`,
    remedy: "Use an RSA, ECDSA or Ed25519 key.",
    details: { algorithm, detail: "public key" },
  };
}

// Curves that are known and that a leaf may have, although no signature by them can be checked here.
const CURVE_BITS: ReadonlyMap<string, number> = new Map([
  ["P-192", 192],
  ["P-224", 224],
  ["secp256k1", 256],
  ["brainpoolP256r1", 256],
  ["brainpoolP384r1", 384],
  ["brainpoolP512r1", 512],
]);

const NIST_CURVES: ReadonlySet<string> = new Set(["P-256", "P-384", "P-521"]);
