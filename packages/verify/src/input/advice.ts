/** What people give in the place of certificates and trust, and what makes the right thing of it. */

/** For a certificate. */
export function adviceOnCertificate(value: unknown): string | undefined {
  if (typeof value === "string" && value.includes("-----BEGIN ")) return "Certificate.allFromPem(text) reads it.";
  if (value instanceof Uint8Array) return "Certificate.fromDer(bytes) reads DER, Certificate.allFromPem(text) PEM.";
  // Of node:crypto. Not by its class, which not every runtime has.
  const isNative = typeof value === "object" && value !== null && "raw" in value && value.raw instanceof Uint8Array;
  return isNative ? "Certificate.fromDer(certificate.raw) makes one of it." : undefined;
}

/** For one of the certificates that are trusted. */
export function adviceOnTrusted(value: unknown): string | undefined {
  const isAnchor = typeof value === "object" && value !== null && "certificate" in value;
  return isAnchor
    ? "Anchors with limits come in a TrustRoot, as trustRootFromCertificates([...]) of @tlskit/trust makes it."
    : adviceOnCertificate(value);
}

/** For who is trusted. */
export function adviceOnTrust(value: unknown): string | undefined {
  const known = adviceOnCertificate(value);
  if (known !== undefined) return known;
  if (value === undefined || value === null || value === "platform") {
    return "await platformTrust() of @tlskit/trust gives the roots of the system.";
  }
  if (typeof value === "string") return "await trustRootFromFile(path) of @tlskit/trust reads a file.";
  // A ReloadingTrust.
  const reloads = typeof value === "object" && "snapshot" in value && typeof value.snapshot === "function";
  return reloads ? "One decision takes one snapshot: give await trust.snapshot()." : undefined;
}
