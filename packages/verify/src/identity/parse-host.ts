import { type DomainFault, parseDomain } from "./domain.ts";
import { InvalidHostnameError } from "./error.ts";
import { formatIp, parseIpv4, parseIpv6 } from "./ip-address.ts";
import type { DnsReference, IpReference } from "./reference.ts";

/**
 * Reads what a caller wants to connect to: a host name or an IP address, nothing else (no port, no URL). The result's
 * `value` is the one form to dial, to send as SNI (host names only) and to match certificates against.
 *
 * Refused is what two readers could understand differently: control characters, `%`, `*`, spaces, empty labels,
 * zone ids, and number-like names that are no strict dotted quad ("127.1", "0x7f.1", "256.1.1.1").
 *
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`, saying what is wrong and where
 * @see RFC 9525, section 6.1; CLI-01, CLI-04 to CLI-07
 * @example
 * parseHost("Bücher.example.").value; // "xn--bcher-kva.example"
 * parseHost("[::1]"); // { type: "ip", value: "::1", bytes: …, text: "[::1]" }
 */
export function parseHost(text: string): DnsReference | IpReference {
  // Callers without types pass anything (CLI-01).
  if (typeof text !== "string") throw new InvalidHostnameError(text, "not-a-string", "a host name must be a string");
  if (text === "") throw new InvalidHostnameError(text, "empty", "it is empty");
  const ip = text.includes(":") || text.startsWith("[") ? ipv6(text) : parseIpv4(text);
  if (ip !== undefined) return { type: "ip", value: formatIp(ip), bytes: ip, text };
  const result = parseDomain(text);
  if ("fault" in result) throw refusal(text, result.fault);
  return { type: "dns", value: result.name, text };
}

function ipv6(text: string): Uint8Array {
  if (text.includes("%")) {
    throw new InvalidHostnameError(
      text,
      "zone-id",
      "zone ids have a meaning only on this machine and are in no certificate",
      text.indexOf("%"),
    );
  }
  const bracketed = text.startsWith("[") && text.endsWith("]");
  const bytes = parseIpv6(bracketed ? text.slice(1, -1) : text);
  if (bytes !== undefined) return bytes;
  if (text.includes("://")) {
    throw new InvalidHostnameError(
      text,
      "bad-character",
      "a URL is no host name: give its host alone; where a whole URI is the identity, parseUriId reads it",
      text.indexOf(":"),
    );
  }
  const looksLikePort = /^(?:[^:[\]]+|\[[^\]]*\]):\d*$/.test(text);
  throw new InvalidHostnameError(
    text,
    looksLikePort ? "bad-character" : "malformed-ipv6",
    looksLikePort ? "a port is no part of a host name" : "it is not an IPv6 address",
    looksLikePort ? text.lastIndexOf(":") : undefined,
  );
}

function refusal(text: string, { problem, explanation, position }: DomainFault): InvalidHostnameError {
  const better = problem === "bad-character" ? explainCharacter(text, position) : undefined;
  return new InvalidHostnameError(text, problem, better ?? explanation, position);
}

// What people write who mean something else than a host.
function explainCharacter(text: string, position: number | undefined): string | undefined {
  switch (position === undefined ? "" : text[position]) {
    case "@":
      return "an e-mail address is no host name: parseEmailId reads it";
    case "*":
      return "wildcards stand in certificates: give the one host that is meant";
    case "/":
      return "a path or a prefix is no part of a host name";
    default:
      return undefined;
  }
}
