/**
 * The identity a client wants to reach, in the canonical form that dialling, SNI and matching share.
 *
 * @see RFC 9525, section 6.1
 */

/** A host name: `value` is canonical (A-labels, lower case, no trailing dot), `text` is what the caller wrote. */
export interface DnsReference {
  readonly type: "dns";
  readonly value: string;
  /** As it was given. */
  readonly text: string;
}

/** An IP address: `value` is its canonical text (RFC 5952 for IPv6), `bytes` its 4 or 16 bytes. */
export interface IpReference {
  readonly type: "ip";
  readonly value: string;
  readonly bytes: Uint8Array;
  /** As it was given. */
  readonly text: string;
}

/** A URI-ID: scheme and host must both match (RFC 9525, section 6.5); a SPIFFE id must match exactly. */
export interface UriReference {
  readonly type: "uri";
  /** The URI as compared. */
  readonly value: string;
  readonly text: string;
}

/** An SRV-ID (RFC 4985): service and domain must both match. */
export interface SrvReference {
  readonly type: "srv";
  /** `_service.domain`, lower case. */
  readonly value: string;
  /** Without its underscore, lower case. */
  readonly service: string;
  readonly domain: string;
  readonly text: string;
}

/** A mailbox (RFC 5280, section 4.2.1.6): local part compared exactly, domain without case. */
export interface EmailReference {
  readonly type: "email";
  readonly value: string;
  readonly text: string;
}

/** What a certificate's subjectAltName is matched against. Made by `parseHost`, `parseUriId`, `parseSrvId`, `parseEmailId`. */
export type ReferenceIdentity = DnsReference | IpReference | UriReference | SrvReference | EmailReference;
