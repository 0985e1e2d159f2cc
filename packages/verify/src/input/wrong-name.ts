/** What people give in the place of a reference identity, what kind of name it seems to be, and which parser reads that. */

import { parseDomain } from "../identity/domain.ts";
import { parseIpv4, parseIpv6 } from "../identity/ip-address.ts";
import { readMailbox } from "../identity/mailbox.ts";
import { readSrvName, readUri } from "../identity/parse-service-id.ts";
import { printable } from "../reasons/printable.ts";
import { shorten } from "../reasons/show.ts";
import type { VerifyArgumentError } from "./argument-error.ts";
import { invalid } from "./invalid.ts";

/** The error for a `name` that is neither a text nor what one of the parsers gives. */
export function wrongName(given: unknown): VerifyArgumentError {
  return invalid(
    "name",
    "a host name or an IP address as text, or what parseHost and its like give",
    given,
    advise(given),
  );
}

function advise(given: unknown): string | undefined {
  if (given instanceof URL) return "Of a URL give the hostname; parseUriId(url.href) makes an identity of the whole.";
  if (typeof given !== "object" || given === null) return undefined;
  const { type, value } = asWritten(given);
  if (typeof type !== "string" || typeof value !== "string")
    return "parseHost(text) makes one of a name or an address.";
  const wanted = KINDS.find((kind) => kind.type === type);
  if (wanted === undefined)
    return `There is no type ${shown(type)}: types are ${KINDS.map((kind) => kind.type).join(", ")}.`;
  // Of the right kind, but in another form than the one that is compared, or without its bytes.
  if (wanted.reads(value)) return `${wanted.parser}(${shown(value)}) makes one.`;
  const kind = KINDS.find(({ reads }) => reads(value));
  if (kind === undefined) return `${shown(value)} is not ${wanted.noun}.`;
  return `${shown(value)} is ${kind.noun}, not ${wanted.noun}: ${kind.parser}(text) reads it.`;
}

// Also { dns: "a.example" }, as tests and configuration files of others have it.
function asWritten(given: object): { readonly type?: unknown; readonly value?: unknown } {
  if ("type" in given) return given;
  const [type, value] = Object.entries(given).find(([key]) => KINDS.some((kind) => kind.type === key)) ?? [];
  return { type, value };
}

function shown(text: string): string {
  return `"${printable(shorten(text))}"`;
}

interface Kind {
  readonly type: string;
  readonly noun: string;
  readonly parser: string;
  readonly reads: (text: string) => unknown;
}

// What is an address is no domain name, and what has an underscore in front is more likely a service than a host.
const KINDS: readonly Kind[] = [
  { type: "ip", noun: "an IP address", parser: "parseHost", reads: (text) => parseIpv4(text) ?? parseIpv6(text) },
  { type: "email", noun: "an e-mail address", parser: "parseEmailId", reads: readMailbox },
  { type: "uri", noun: "a URI", parser: "parseUriId", reads: readUri },
  { type: "srv", noun: "a service name", parser: "parseSrvId", reads: readSrvName },
  { type: "dns", noun: "a host name", parser: "parseHost", reads: (text) => "name" in parseDomain(text) },
];
