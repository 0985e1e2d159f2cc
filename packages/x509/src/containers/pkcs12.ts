// What a PKCS #12 file holds, read and written.

import type { Certificate } from "../certificate.ts";
import type { KeyPair } from "../key-pair.ts";
import type { PrivateCertificate } from "../private-certificate.ts";

/** What a PKCS #12 file holds. */
export interface Pkcs12Contents {
  /** Each private key with its certificate, and those certificates of the file that lead upward from it as its chain. */
  readonly identities: readonly PrivateCertificate[];
  /** The certificates that are nobody's in `identities`, in the order of the file: CAs, mostly. */
  readonly certificates: readonly Certificate[];
  /** Private keys without a certificate. */
  readonly keyPairs: readonly KeyPair[];
  /** CRLs in DER. */
  readonly crls: readonly Uint8Array[];
  /** What the file calls an object of the lists above ("alias" in Java). */
  readonly friendlyNames: ReadonlyMap<Certificate | KeyPair, string>;
  /** What joins a certificate to its key, by object of the lists above. */
  readonly localKeyIds: ReadonlyMap<Certificate | KeyPair, Uint8Array>;
}
