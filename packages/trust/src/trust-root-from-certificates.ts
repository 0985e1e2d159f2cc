import { Certificate } from "@tlskit/x509";
import { plainCertificate } from "./anchors/read-certificate.ts";
import { type AllowEmpty, allowsEmpty, emptyRoot } from "./anchors/trust-root-parts.ts";
import { TrustError } from "./error.ts";
import { describeType } from "./input/describe-type.ts";
import type { TrustEntry } from "./trust-entry.ts";
import { TrustRoot } from "./trust-root.ts";

/**
 * A set of exactly these certificates (TRU-01). Each is trusted for what it is: a CA for what it issued (TRU-04), a
 * self-signed certificate for itself (TRU-05). One that somebody else issued and that is no CA vouches for nobody, itself
 * included: give the CA that issued it, or know it by its key with {@link TrustOnFirstUse}. Duplicates are harmless
 * (TRU-12). Of a `PrivateCertificate` only the certificate is kept, never the key.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID for anything that is not a certificate, with its place and type (TRU-02);
 * TRUST_ROOT_EMPTY if there is none and `allowEmpty` is not set (TRU-03)
 * @example
 * const trust = trustRootFromCertificates(Certificate.allFromPem(pem));
 */
export function trustRootFromCertificates(certificates: Iterable<Certificate>, options: AllowEmpty = {}): TrustRoot {
  const empty = allowsEmpty(options);
  const entries = [...checkIterable(certificates)].map(toEntry);
  if (entries.length === 0 && !empty) throw emptyRoot("trustRootFromCertificates()");
  const description = `${entries.length} certificate${entries.length === 1 ? "" : "s"} named by the program`;
  return new TrustRoot({ entries, source: { kind: "certificates", locations: [], description } });
}

/** A string is iterable, too, and so is a Uint8Array: both are PEM or DER that nobody has parsed yet. */
function checkIterable(certificates: Iterable<Certificate>): Iterable<unknown> {
  const value: unknown = certificates;
  const iterable = typeof value === "object" && value !== null && Symbol.iterator in value;
  if (iterable && !ArrayBuffer.isView(value)) return value as Iterable<unknown>;
  const actual = describeType(value);
  const hint = value instanceof Certificate ? "put it into an array" : adviceOn(value);
  throw new TrustError(
    "TRUST_ARGUMENT_INVALID",
    `trustRootFromCertificates() takes an iterable of certificates, but got ${actual}: ${hint}.`,
    { argument: "certificates", expected: "Iterable<Certificate>", actual },
  );
}

function toEntry(value: unknown, index: number): TrustEntry {
  const certificate = plainCertificate(value);
  if (certificate === undefined) {
    const actual = describeType(value);
    throw new TrustError(
      "TRUST_ARGUMENT_INVALID",
      `trustRootFromCertificates() takes certificates only, but element ${index} is of type ${actual}: ${adviceOn(value)}.`,
      { argument: "certificates", index, expected: "Certificate", actual },
    );
  }
  return {
    anchor: { certificate },
    origins: [{ kind: "certificates", location: `certificates[${index}]` }],
  };
}

function adviceOn(value: unknown): string {
  // Of node:crypto.
  if (describeType(value) === "X509Certificate") return "make one of it with Certificate.fromDer(certificate.raw)";
  if (value instanceof Promise) return "await it first";
  if (value instanceof Uint8Array)
    return "parse DER with Certificate.fromDer() first, PEM with Certificate.allFromPem()";
  return "parse PEM with Certificate.allFromPem() first";
}
