/**
 * Mailboxes: `local@domain`.
 *
 * @see RFC 5321, sections 4.1.2 and 4.5.3.1.1; RFC 5280, sections 4.2.1.6 and 7.5
 */
import { isDomain, parseDomain } from "./domain.ts";
import { parseIpv4, parseIpv6 } from "./ip-address.ts";

/** What of a mailbox counts: the local part exactly, the domain in its canonical form. */
export interface Mailbox {
  readonly local: string;
  readonly domain: string;
}

/** Splits a mailbox that somebody asks for at its last `@`; undefined if it is none, or has a quoted local part. */
export function readMailbox(text: string): Mailbox | undefined {
  const parts = split(text);
  if (parts === undefined) return undefined;
  const result = parseDomain(parts.domain);
  return "fault" in result ? undefined : { local: parts.local, domain: result.name };
}

/** The same for one that stands in a certificate: its domain is in A-labels (RFC 9598, section 3), and is not mapped. */
export function readPresentedMailbox(text: string): Mailbox | undefined {
  const parts = split(text);
  return parts && withPlainDomain(parts.local, parts.domain);
}

/** The same, and a quoted local part is what is in the quotes. */
export function readWrittenMailbox(text: string): Mailbox | undefined {
  const [whole, quoted] = QUOTED.exec(text) ?? [];
  if (whole === undefined || quoted === undefined) return readPresentedMailbox(text);
  if (whole.length - 1 > MAX_LOCAL) return undefined;
  return withPlainDomain(quoted.replace(/\\(.)/g, "$1"), text.slice(whole.length));
}

/** Whether this is a mailbox as RFC 5280 wants it in a certificate: also one on an address instead of a domain. */
export function isMailbox(text: string): boolean {
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1);
  if (!domain.startsWith("[") || !domain.endsWith("]")) return readWrittenMailbox(text) !== undefined;
  const literal = domain.slice(1, -1);
  const isAddress = /^IPv6:/i.test(literal) ? parseIpv6(literal.slice(5)) : parseIpv4(literal);
  return isAddress !== undefined && readWrittenMailbox(`${text.slice(0, at)}@domain.example`) !== undefined;
}

function split(text: string): Mailbox | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  return local.length > MAX_LOCAL || !LOCAL_PART.test(local) ? undefined : { local, domain: text.slice(at + 1) };
}

function withPlainDomain(local: string, domain: string): Mailbox | undefined {
  return isDomain(domain) ? { local, domain: domain.toLowerCase() } : undefined;
}

// RFC 5321, section 4.5.3.1.1: octets.
const MAX_LOCAL = 64;

// RFC 5321's Quoted-string, and the "@" behind it.
const QUOTED = /^"((?:[ !#-[\]-~]|\\[ -~])*)"@/;

// RFC 5322's dot-atom, with the non-ASCII characters of RFC 6532 but no control, format or separator character.
const LOCAL_PART = /^(?!\.)(?!.*\.\.)(?!.*\.$)(?:[!#-'*+\-./0-9=?A-Z^-~]|[^\0-\x7f\p{C}\p{Z}])+$/u;
