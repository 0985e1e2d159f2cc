/** What people give in the place of an object of ours, and what makes the right thing of it. */
import { Certificate, CertificateRequest, KeyPair } from "@tlskit/x509";

/** For an identity. */
export function adviceOnIdentity(value: unknown): string | undefined {
  if (value instanceof Certificate) {
    return "a certificate without its private key: join them with PrivateCertificate.from(certificate, keyPair)";
  }
  if (value instanceof KeyPair) {
    return "a private key without its certificate: join them with PrivateCertificate.from(certificate, keyPair)";
  }
  if (isPem(value)) return "PEM text: read it with PrivateCertificate.fromPem(text)";
  if (typeof value === "string") {
    return "a text: for the names of files, await loadIdentity({ cert, key }) of the adapter";
  }
  return adviceOnAnything(
    value,
    "PrivateCertificate.fromPem(text), with certificate and key in the text, makes one; from files, loadIdentity({ cert, key }) of the adapter",
  );
}

/** For a certificate, or certificates. */
export function adviceOnCertificate(value: unknown): string | undefined {
  if (value instanceof KeyPair) return "a private key, which vouches for nobody: give the certificate of the CA";
  if (value instanceof CertificateRequest) return "a certificate request, which nobody has signed yet";
  if (isPem(value)) return "PEM text: read it with Certificate.allFromPem(text)";
  if (typeof value === "string") {
    return 'a text: for a file, await trustRootFromFile(path) of @tlskit/trust; "platform" is the only word';
  }
  if (value instanceof URL) return "a URL: for a file, await trustRootFromFile(url) of @tlskit/trust";
  // Of node:crypto. Not by its class, which not every runtime has.
  if (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value)?.constructor?.name === "X509Certificate"
  ) {
    return "a certificate of node:crypto: Certificate.fromDer(certificate.raw) makes one of ours";
  }
  return adviceOnAnything(value, "Certificate.allFromPem(text) gives an array");
}

/** For a key. */
export function adviceOnKey(value: unknown): string | undefined {
  if (value instanceof Certificate) return "a certificate, which has no private key: give the KeyPair";
  if (isPem(value)) return "PEM text: read it with KeyPair.fromPem(text)";
  return adviceOnAnything(value, "KeyPair.fromPem(text) makes one");
}

function adviceOnAnything(value: unknown, objectAdvice: string): string | undefined {
  if (value === null) return "null: leave it out";
  if (value instanceof Uint8Array) return "bytes: read them with parseAny(bytes)";
  if (typeof (value as { then?: unknown } | undefined)?.then === "function") return "a promise: await it";
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  return Object.getPrototypeOf(value) === Object.prototype ? `a plain object: ${objectAdvice}` : undefined;
}

/** It may hold a key, and is never shown. */
function isPem(value: unknown): boolean {
  return typeof value === "string" && value.includes("-----BEGIN ");
}
