/**
 * Reference identities other than hosts: URI-ID, SRV-ID and mailboxes (CLI-20).
 *
 * @see RFC 9525, section 6.1; RFC 4985; RFC 5280, section 4.2.1.6; the SPIFFE ID specification
 */
import { parseDomain } from "./domain.ts";
import { InvalidIdentityError } from "./error.ts";
import { readMailbox } from "./mailbox.ts";
import type { EmailReference, SrvReference, UriReference } from "./reference.ts";
import { splitUri } from "./uri.ts";

/**
 * Reads a URI identity. A `spiffe:` URI is compared as a whole; of any other URI, the scheme and the host count
 * (RFC 9525, section 6.5), so it must have a host name.
 *
 * @throws {InvalidIdentityError} `URI_ID_INVALID`
 * @example parseUriId("spiffe://example.org/payments")
 */
export function parseUriId(text: string): UriReference {
  const parts = readUri(text);
  if (parts === undefined) throw new InvalidIdentityError("URI_ID_INVALID", text, "bad-syntax", explainUri(text));
  return { type: "uri", value: parts.canonical, text };
}

/**
 * Reads an SRV identity, `_service.domain` (RFC 4985, section 2).
 *
 * @throws {InvalidIdentityError} `SRV_ID_INVALID`
 * @example parseSrvId("_imaps.example.net")
 */
export function parseSrvId(text: string): SrvReference {
  const parts = typeof text === "string" ? readSrvName(text) : undefined;
  if (parts === undefined) {
    throw new InvalidIdentityError("SRV_ID_INVALID", text, "bad-syntax", "it must be of the form _service.domain");
  }
  // The name of a DNS record, which no certificate has (RFC 4985, section 2): it would be looked for in vain.
  if (/^_(?:tcp|udp)\./.test(parts.domain)) {
    const explanation = "it must be without the protocol of the DNS record, _service.domain";
    throw new InvalidIdentityError("SRV_ID_INVALID", text, "bad-syntax", explanation);
  }
  return { type: "srv", value: `_${parts.service}.${parts.domain}`, ...parts, text };
}

/**
 * Reads an e-mail address, `local@domain`. The local part is compared exactly, the domain without case.
 *
 * @throws {InvalidIdentityError} `EMAIL_ID_INVALID`
 * @example parseEmailId("Kim@example.com").value; // "Kim@example.com"
 */
export function parseEmailId(text: string): EmailReference {
  const parts = typeof text === "string" ? readMailbox(text) : undefined;
  if (parts === undefined) {
    const isDisplayed = typeof text === "string" && /<[^<>]+@[^<>]+>\s*$/.test(text);
    const explanation = isDisplayed
      ? "give the address alone, without a name and brackets"
      : "it must be of the form local@domain";
    throw new InvalidIdentityError("EMAIL_ID_INVALID", text, "bad-syntax", explanation);
  }
  return { type: "email", value: `${parts.local}@${parts.domain}`, text };
}

/** What of a URI counts when identities are compared. */
export interface UriParts {
  readonly scheme: string;
  /** The host name, canonical. */
  readonly host: string;
  /** Two URIs are one identity if this is equal. */
  readonly canonical: string;
}

/** Reads a URI with a host name; undefined if it is none. */
export function readUri(text: string): UriParts | undefined {
  const split = typeof text === "string" && text.length <= MAX_URI ? splitUri(text) : undefined;
  if (split === undefined) return undefined;
  const { scheme, rest, authority } = split;
  const written = split.host ?? (HOST_ONLY_SCHEMES.has(scheme) ? hostOnly(rest) : undefined);
  if (written === undefined) return undefined;
  const result = parseDomain(written);
  if ("fault" in result) return undefined;
  const host = result.name;
  if (scheme !== "spiffe") return { scheme, host, canonical: `${scheme}://${host}` };
  const path = rest.slice(2 + (authority?.length ?? 0));
  // The SPIFFE ID specification, section 2: no user, port, query, fragment, empty or dot segments.
  if (authority?.toLowerCase() !== host || !SPIFFE_PATH.test(path)) return undefined;
  return { scheme, host, canonical: `spiffe://${host}${path}` };
}

/** Splits an SRVName; undefined if it is none. */
export function readSrvName(text: string): { service: string; domain: string } | undefined {
  const match = /^_([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.(.+)$/i.exec(text);
  // RFC 6335, section 5.1: a service name has at most 15 characters; real ones are longer, a DNS label bounds them.
  if (match?.[1] === undefined || match[2] === undefined || match[1].length > 62) return undefined;
  const result = parseDomain(match[2]);
  return "fault" in result ? undefined : { service: match[1].toLowerCase(), domain: result.name };
}

// "sip:user@host:port;parameters" (RFC 3261, section 19.1).
function hostOnly(rest: string): string {
  const [authority = ""] = rest.split(/[;?#]/, 1);
  return authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
}

// The SPIFFE ID specification bounds an id to 2048 bytes; longer URIs are nobody's identity.
const MAX_URI = 2048;

// RFC 9525, section 2, names sip URIs without "//" as identities.
const HOST_ONLY_SCHEMES: ReadonlySet<string> = new Set(["sip", "sips"]);

const SPIFFE_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*$/;

function explainUri(text: unknown): string {
  return typeof text === "string" ? "it must be a URI with a scheme and a host name" : "a URI must be a string";
}
