// GeneralName (RFC 5280 section 4.2.1.6): the kinds of names in SAN, IAN, AKI, name constraints and access methods, as
// text and in DER.

import { badArgument, fromArgument, shownValue } from "../argument.ts";
import { elementAt, encodeOidAt, octetsAt } from "../argument-parts.ts";
import { toHex } from "../bytes.ts";
import type { DerReader } from "../der/reader.ts";
import { isAsciiText } from "../der/string.ts";
import { Tag } from "../der/tag.ts";
import { derAscii, derExplicit, derImplicit, derTlv } from "../der/writer.ts";
import { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { X509Error } from "../error.ts";
import { escapeControls, quote } from "../text/text.ts";
import { parseIpAddress } from "./ip-address.ts";
import { ipNetwork } from "./ip-network.ts";
import { type GeneralName, type IpName, ipName, readGeneralName, readGeneralNames } from "./read-general-name.ts";

export type { GeneralName } from "./read-general-name.ts";

/** The names of an option `subjectAltName`; errors tell which of them it is. */
export function toGeneralNames(inputs: readonly GeneralNameInput[] = []): readonly GeneralName[] {
  return inputs.map((input, index) => toGeneralName(input, `subjectAltName[${index}]`));
}

/** Where a name stands: an iPAddress is an address, and in name constraints (`network`) an address and a mask. */
export type IpForm = "address" | "network";

/** What is accepted where names are given: a text for {@link generalName}, or a {@link GeneralName}. */
export type GeneralNameInput = string | GeneralName | { readonly type: "ip"; readonly value: string };

/**
 * The name that a text most plainly is: an IP address, a URI (`scheme:`), an e-mail address (`@`), else a DNS name.
 * DNS names may have one wildcard as their first label; labels beyond ASCII are converted to their `xn--` form.
 *
 * @throws X509Error ARGUMENT_INVALID if it is none of them, or could be taken for two
 * @example
 * generalName("127.0.0.1"); // { type: "ip", value: "127.0.0.1", bytes: Uint8Array [127, 0, 0, 1] }
 * generalName("*.example.com"); // { type: "dns", value: "*.example.com" }
 */
export function generalName(text: string): GeneralName {
  if (typeof text !== "string") throw badArgument("text", "a string");
  return nameOf(text, "text");
}

/** As {@link generalName}, of the text that stands there. */
function nameOf(text: string, argument: string): GeneralName {
  const bracketed = /^\[(.*:.*)\]$/.exec(text)?.[1];
  const ip = parseIpAddress(bracketed ?? text);
  if (ip !== undefined) return ipAddress(ip);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return uriName(text, argument);
  if (text.includes("@")) return emailName(text, argument);
  return Object.freeze({ type: "dns", value: dnsName(text, argument) });
}

/** Any input as a {@link GeneralName}. */
export function toGeneralName(input: GeneralNameInput, argument: string = "name"): GeneralName {
  if (typeof input === "string") return nameOf(input, argument);
  if (typeof input !== "object" || input === null) throw badArgument(argument, "a string, or a GeneralName");
  if (input.type === "ip" && !("bytes" in input)) {
    const octets = typeof input.value === "string" ? parseIpAddress(input.value) : undefined;
    return octets === undefined ? refuse(input.value, "an IP address", argument) : ipAddress(octets);
  }
  return input as GeneralName;
}

/** Reads the GeneralName that comes next. */
export function decodeGeneralName(reader: DerReader, ipForm: IpForm = "address"): GeneralName {
  return readGeneralName(reader, distinguishedName, ipForm === "network" ? ipNetwork : ipName);
}

/** Reads GeneralNames: a SEQUENCE of at least one. */
export function decodeGeneralNames(reader: DerReader, tag: number = Tag.sequence): readonly GeneralName[] {
  return readGeneralNames(reader, distinguishedName, tag);
}

function distinguishedName(bytes: Uint8Array, at: number): DistinguishedName {
  return DistinguishedName.fromChecked(bytes, at);
}

/**
 * A GeneralName in DER.
 *
 * @throws X509Error ARGUMENT_INVALID for text that is not ASCII, or an IP address of a wrong size
 */
export function encodeGeneralName(
  input: GeneralNameInput,
  ipForm: IpForm = "address",
  argument: string = "name",
): Uint8Array {
  return fromArgument(argument, "a GeneralName", () => {
    const name = toGeneralName(input, argument);
    switch (name.type) {
      case "email":
        return encodeAscii(0x81, name.value, ipForm, argument);
      case "dns":
        return encodeAscii(0x82, name.value, ipForm, argument);
      case "uri":
        return encodeAscii(0x86, name.value, ipForm, argument);
      case "ip":
        return derTlv(0x87, ipOctets(name, ipForm, argument));
      case "directory":
        return derExplicit(4, DistinguishedName.viewOf(name.value));
      case "other":
        return derTlv(
          0xa0,
          encodeOidAt(name.oid, `${argument}.oid`),
          derExplicit(0, elementAt(name.value, `${argument}.value`)),
        );
      case "registeredId":
        return derImplicit(8, encodeOidAt(name.value, `${argument}.value`));
      case "x400":
        return contentsOf(0xa3, name.value, argument);
      case "ediParty":
        return contentsOf(0xa5, name.value, argument);
      default:
        return refuse(String((name as { type?: unknown }).type), `one of the types ${types.join(", ")}`, argument);
    }
  });
}

/**
 * A name for people: `DNS:example.com`, `IP Address:127.0.0.1`, ... Control characters are escaped. What has a comma in it is
 * in quotes, as Node has it: `DNS:"a.example, DNS:b.example"` is one name, and does not look like two.
 */
export function formatGeneralName(name: GeneralName): string {
  return fromArgument("name", "a GeneralName", () => {
    switch (name.type) {
      case "dns":
        return `DNS:${shown(name.value)}`;
      case "email":
        return `email:${shown(name.value)}`;
      case "uri":
        return `URI:${shown(name.value)}`;
      case "ip":
        return `IP Address:${name.value}`;
      case "directory":
        return `DirName:${name.value}`;
      case "other":
        return `othername:${name.oid}=#${toHex(name.value)}`;
      case "registeredId":
        return `Registered ID:${name.value}`;
      default:
        return `${name.type}:#${toHex(name.value)}`;
    }
  });
}

function shown(text: string): string {
  return /[",\\]/.test(text) ? quote(text) : escapeControls(text);
}

// For octets that were parsed from an address.
function ipAddress(octets: Uint8Array): IpName {
  return ipName(octets) ?? refuse("", "an IP address", "text");
}

function ipOctets({ bytes, value }: IpName, ipForm: IpForm, argument: string): Uint8Array {
  if ((ipForm === "network" ? ipNetwork : ipName)(bytes) === undefined) refuse(value, `an IP ${ipForm}`, argument);
  return bytes;
}

function contentsOf(tag: number, contents: unknown, argument: string): Uint8Array {
  const path = `${argument}.value`;
  return elementAt(derTlv(tag, octetsAt(contents, path)), path, "values in DER");
}

function encodeAscii(tag: number, text: string, ipForm: IpForm, argument: string): Uint8Array {
  // In name constraints, the empty name stands for all names (RFC 5280 section 4.2.1.10).
  if ((text === "" && ipForm === "address") || !isAsciiText(text)) refuse(text, "ASCII that is not empty", argument);
  return derAscii(tag, text);
}

function uriName(text: string, argument: string): GeneralName {
  if (!/^[!-~]+$/.test(text)) refuse(text, "a URI in ASCII, with anything else percent-encoded", argument);
  // "localhost:8080" looks like a URI, and so does "fe80::1%eth0": both are mistakes.
  if (/^[A-Za-z0-9.-]+:[0-9]*$/.test(text)) refuse(text, "a host without a port", argument);
  if (/^[0-9A-Fa-f:.]+(?:[%/].*)?$/.test(text)) refuse(text, "an IP address without zone or prefix", argument);
  return Object.freeze({ type: "uri", value: text });
}

function emailName(text: string, argument: string): GeneralName {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (!/^[!-~]+$/.test(local) || local.length > 64) refuse(text, "an e-mail address with an ASCII mailbox", argument);
  const domain = dnsName(text.slice(at + 1), argument);
  if (domain.startsWith("*")) refuse(text, "an e-mail address without a wildcard", argument);
  return Object.freeze({ type: "email", value: `${local}@${domain}` });
}

/** Could these octets of a dNSName be a host, or `*.` and a host? */
export function isDnsName(text: string): boolean {
  const host = text.startsWith("*.") ? text.slice(2) : text;
  return isHost(host) && !endsInNumber.test(host);
}

function isHost(name: string): boolean {
  return (
    name.length <= 253 &&
    name.split(".").every((label) => /^(?!-)[A-Za-z0-9_-]{1,63}$/.test(label) && !label.endsWith("-"))
  );
}

function dnsName(text: string, argument: string): string {
  const wildcard = text.startsWith("*.");
  const host = wildcard ? text.slice(2) : text;
  if (host.endsWith(".")) refuse(text, "a DNS name without a dot at its end", argument);
  if (/^[0-9A-Fa-f:.]+\/[0-9]+$/.test(host)) refuse(text, "an IP address without a prefix", argument);
  const name = isAsciiText(host) ? host : toAsciiLabels(host, text, argument);
  if (!isHost(name)) refuse(text, "a DNS name", argument);
  if (endsInNumber.test(name)) refuse(text, "a DNS name, or a whole IP address", argument);
  return wildcard ? `*.${name}` : name;
}

function toAsciiLabels(host: string, text: string, argument: string): string {
  // The URL parser does UTS 46; what means something else to it must not reach it.
  if (/[\s/?#@:%\\[\]<>^|]/.test(host) || !host.isWellFormed()) return refuse(text, "a DNS name", argument);
  try {
    return new URL(`https://${host}/`).hostname;
  } catch {
    return refuse(text, "an internationalized DNS name (IDNA)", argument);
  }
}

function refuse(text: string, expected: string, argument: string): never {
  throw new X509Error("ARGUMENT_INVALID", `${argument} is no usable name: ${shownValue(text)}: expected ${expected}`, {
    argument,
    expected,
  });
}

const types = ["dns", "email", "uri", "ip", "directory", "other", "registeredId", "x400", "ediParty"] as const;

// A name that ends in a number is an IPv4 address to some parsers (WHATWG URL: "ends in a number").
const endsInNumber = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/i;
