/** A URI's parts, as far as they name somebody. */
export interface UriSplit {
  /** Lower case. */
  readonly scheme: string;
  /** What follows the scheme's colon. */
  readonly rest: string;
  /** The authority, if there is one. */
  readonly authority: string | undefined;
  /** The host of the authority as it is written, without user and port. */
  readonly host: string | undefined;
}

/**
 * Splits a URI as RFC 3986 has it; undefined for whatever has a character, an escape or an authority that no URI has:
 * what readers of URLs make of a backslash, a space or a second `@` differs from reader to reader.
 *
 * @see RFC 3986, sections 2 and 3.2
 */
export function splitUri(text: string): UriSplit | undefined {
  const [, scheme, rest] = URI.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return undefined;
  const common = { scheme: scheme.toLowerCase(), rest };
  if (!rest.startsWith("//")) return { ...common, authority: undefined, host: undefined };
  const [authority = ""] = rest.slice(2).split(/[/?#]/, 1);
  const host = AUTHORITY.exec(authority)?.[1];
  return host === undefined ? undefined : { ...common, authority, host };
}

const URI = /^([a-z][a-z0-9+.-]*):((?:[!#$&-;=?-[\]_a-z~]|%[0-9a-f]{2})+)$/i;

const AUTHORITY = /^(?:[^@[\]]*@)?(\[[0-9a-f:.v]+\]|[^@[\]:]*)(?::\d*)?$/i;
