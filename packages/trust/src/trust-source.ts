import type { TlsKitError } from "@tlskit/x509/error";

/**
 * Where the certificates of a set come from.
 * - `certificates`: the program named them.
 * - `environment`: `SSL_CERT_FILE` or `SSL_CERT_DIR` named them.
 * - `system`: the operating system's store, read by this package.
 * - `openssl`: the default paths of OpenSSL.
 * - `file`: files or directories that the program named.
 * - `first-use`: what a peer presented when it was met for the first time.
 * - `runtime`: the JavaScript runtime handed them over; `description` says whether they are the system's or its own.
 * - `combined`: several of these.
 */
export type TrustSourceKind =
  | "certificates"
  | "environment"
  | "system"
  | "openssl"
  | "file"
  | "first-use"
  | "runtime"
  | "combined";

/** Where a set comes from. */
export interface TrustSource {
  /** What kind of source it is. */
  readonly kind: TrustSourceKind;
  /** Files and directories that were read, or the names of the runtime's lists. */
  readonly locations: readonly string[];
  /** One sentence for people. */
  readonly description: string;
}

/** Where one certificate was found. A certificate may have several: stores hold duplicates. */
export interface CertificateOrigin {
  /** What kind of source it was. */
  readonly kind: TrustSourceKind;
  /** A file, the name of a runtime's list, or `certificates[3]`. */
  readonly location: string;
  /** The line of the PEM block in the file, from 1. */
  readonly line?: number;
}

/** Something in a source that did not become an anchor. */
export interface SkippedSource {
  /** Where it is: a path, or what the system calls it. */
  readonly location: string;
  /** The line of the PEM block in the file, from 1; absent where the whole file was skipped. */
  readonly line?: number;
  /** Why. */
  readonly error: TlsKitError;
}

/** `/etc/ssl/cert.pem:17`, for people. */
export function formatOrigin({ location, line }: CertificateOrigin): string {
  return line === undefined ? location : `${location}:${line}`;
}

/** Where two sets together come from. */
export function combineSources(a: TrustSource, b: TrustSource): TrustSource {
  return {
    kind: a.kind === b.kind ? a.kind : "combined",
    locations: [...new Set([...a.locations, ...b.locations])],
    description: a.description === b.description ? a.description : `${a.description}, and ${b.description}`,
  };
}
