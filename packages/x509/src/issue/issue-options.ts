// What can be asked of an issuer.

import type { DistinguishedName, NameFields } from "../distinguished-name/distinguished-name.ts";
import type { Extension } from "../extensions/extension.ts";
import type { KeyUsageName } from "../extensions/key-usage.ts";
import type { GeneralNameInput } from "../general-name/general-name.ts";
import type { GeneratedKeyType, KeyGenerationOptions, KeyPair } from "../key-pair.ts";
import type { PublicKey } from "../public-key.ts";
import type { SignatureAlgorithmName } from "../signature/signature-algorithm.ts";

/** What a certificate is for: `peer` is a server and a client at once, `ca` a root, `intermediate` a CA below one. */
export type ProfileName = "server" | "client" | "peer" | "ca" | "intermediate";

/** What every certificate that is made here has in common. */
export interface NewCertificateOptions {
  /** By default the first name of `subjectAltName` as CN. */
  readonly subject?: DistinguishedName | NameFields | undefined;
  /** DNS names, IP addresses, e-mail addresses and URIs, told apart by their form. */
  readonly subjectAltName?: readonly GeneralNameInput[] | undefined;
  /** By default five minutes ago, for the sake of clocks that are late. */
  readonly notBefore?: Date | undefined;
  /** By default as `days` says. An explicit end may lie after that of the issuer; a default never does. */
  readonly notAfter?: Date | undefined;
  /** Length of the validity, counted from now or from an explicit `notBefore`. Leaves: 90, intermediates: 1825, CAs: 3650. */
  readonly days?: number | undefined;
  /** 1 to 20 octets, positive. By default 16 random octets. */
  readonly serialNumber?: bigint | undefined;
  /**
   * How many intermediates may follow below a CA. By default a root has no limit, and an intermediate has 0, so that it
   * issues leaves only.
   */
  readonly pathLength?: number | "unlimited" | undefined;
  /** In place of what the profile says. */
  readonly keyUsage?: readonly KeyUsageName[] | undefined;
  /** OIDs, see `ExtendedKeyUsage`; in place of what the profile says. An empty list leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[] | undefined;
  /** More extensions; one that the profile writes too takes its place. */
  readonly extensions?: readonly Extension[] | undefined;
  /** In place of the default of the signing key. */
  readonly signatureAlgorithm?: SignatureAlgorithmName | undefined;
  /**
   * Issue although it makes no sense: by an issuer that is no CA or has no path length left, or for a key that is too
   * short. For tests and for private PKI that knows better.
   */
  readonly force?: boolean | undefined;
}

/** What `PrivateCertificate.selfSigned` takes. */
export interface SelfSignedOptions extends NewCertificateOptions {
  /** By default `server`. */
  readonly profile?: Exclude<ProfileName, "intermediate"> | undefined;
  /** By default a new one: see `key`. */
  readonly keyPair?: KeyPair | undefined;
  /** What key to make if none is given; by default ECDSA on P-256. */
  readonly key?: KeyGenerationOptions | GeneratedKeyType | undefined;
}

/** What `issue` takes: options, and the key to certify. */
export type IssueOptions = IssueCommonOptions &
  (
    | { readonly publicKey: PublicKey; readonly keyPair?: undefined }
    | { readonly keyPair: KeyPair; readonly publicKey?: undefined }
  );

/** What all kinds of issuing take. */
export interface IssueCommonOptions extends NewCertificateOptions {
  /** By default `server`. */
  readonly profile?: Exclude<ProfileName, "ca"> | undefined;
}

/** What `issuePrivate` takes: the key is made if none is given. */
export interface IssuePrivateOptions extends IssueCommonOptions {
  /** By default a new one: see `key`. */
  readonly keyPair?: KeyPair | undefined;
  /** What key to make if none is given; by default ECDSA on P-256. */
  readonly key?: KeyGenerationOptions | GeneratedKeyType | undefined;
}
