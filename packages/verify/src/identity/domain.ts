/**
 * Domain names: what may be one, and its canonical form.
 *
 * @see RFC 1034, section 3.5; RFC 1123, section 2.1; RFC 9525, section 6.3
 */
import type { IdentityProblem } from "./error.ts";

/** Why a text is no domain name. */
export interface DomainFault {
  readonly problem: IdentityProblem;
  readonly explanation: string;
  readonly position?: number;
}

/** Either the canonical name (A-labels, lower case, no trailing dot) or what is wrong. */
export type DomainResult = { readonly name: string } | { readonly fault: DomainFault };

/**
 * Reads a domain name as a caller writes it. ASCII labels are only lower-cased; each label that is not ASCII is
 * mapped to its A-label by the platform's UTS #46 processing (CLI-05), on its own and never in a place where the
 * URL parser could see an IPv4 address.
 */
export function parseDomain(text: string): DomainResult {
  // Nearly every name is canonical already, and is read again with every connection.
  if (CANONICAL.test(text)) return { name: text };
  // Before anything is mapped, which takes long: names shrink and grow by it, but not by so much.
  if (text.length > MAX_INPUT) return fault("name-too-long", "it has more than 253 characters");
  const bad = forbiddenCharacter(text);
  if (bad !== undefined) return fault("bad-character", "it has a character that no host name has", bad);
  const labels = text.split(LABEL_SEPARATORS);
  // One trailing dot means "fully qualified" and is no part of the name (CLI-07; RFC 6066, section 3).
  if (labels.length > 1 && labels.at(-1) === "") labels.pop();
  if (labels.length > MAX_LABELS) return fault("name-too-long", "it has more than 253 characters");
  const mapped: string[] = [];
  for (const label of labels) {
    const ascii = isAscii(label) ? label.toLowerCase() : toALabel(label);
    if (ascii === undefined) return fault("not-mappable", "it has a label that is not allowed in international names");
    mapped.push(ascii);
  }
  const found = faultOfLabels(mapped);
  return found === undefined ? { name: mapped.join(".") } : { fault: found };
}

/** What is wrong with labels as a domain name (ASCII, lower case), or undefined. */
export function faultOfLabels(labels: readonly string[]): DomainFault | undefined {
  for (const label of labels) {
    if (label === "") return { problem: "empty-label", explanation: "it has an empty label" };
    if (label.length > 63)
      return { problem: "label-too-long", explanation: "it has a label of more than 63 characters" };
    // Underscores are no host name characters, but real hosts have them (CLI-06).
    if (!/^[a-z0-9_-]+$/.test(label))
      return { problem: "bad-character", explanation: "it has a character that no host name has" };
    if (label.startsWith("-") || label.endsWith("-")) {
      return { problem: "hyphen-at-label-edge", explanation: "it has a label that begins or ends with a hyphen" };
    }
  }
  const length = labels.reduce((sum, label) => sum + label.length + 1, -1);
  if (length > 253) return { problem: "name-too-long", explanation: "it has more than 253 characters" };
  // "0x7f.1", "127.1" and "256.1.1.1" are addresses to some resolvers and names to others (WHATWG URL, "ends in a number").
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")) {
    return { problem: "malformed-ipv4", explanation: "its last label is a number, but it is not a dotted quad" };
  }
  return undefined;
}

/** Whether a name is a domain name in canonical form, as a certificate should present it (any case). */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}

// What `faultOfLabels` finds nothing wrong with, in one step: certificates bring thousands of names.
const DOMAIN =
  /^(?![\s\S]{254})(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)*(?!(?:\d+|0x[0-9a-f]*)$)(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

// The same in lower case.
const CANONICAL = /* @__PURE__ */ new RegExp(DOMAIN.source);

// Far above 253 characters, because international names shrink and grow when they are mapped.
const MAX_INPUT = 4096;

// Of one character each, with the dots between them.
const MAX_LABELS = 127;

// IDNA treats these as dots (UTS #46, section 2.3).
const LABEL_SEPARATORS = /[.\u3002\uff0e\uff61]/;

function fault(problem: IdentityProblem, explanation: string, position?: number): DomainResult {
  return { fault: { problem, explanation, ...(position === undefined ? {} : { position }) } };
}

// ASCII that is not letter, digit, hyphen, underscore or dot; and what Unicode calls control, format, surrogate or
// separator, which UTS #46 would partly drop without a trace. Zero-width joiners are left to its CONTEXTJ rules.
function forbiddenCharacter(text: string): number | undefined {
  const index = text.search(/[\0-,/:-@[-^`{-\x7f]|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u);
  return index === -1 ? undefined : index;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

// `new URL` is the one UTS #46 implementation that every runtime has. It sees one label, with ".invalid" behind it:
// so it cannot find a port, a path or an IPv4 address, and what comes back is checked like any other label.
function toALabel(label: string): string | undefined {
  let host: string;
  try {
    host = new URL(`http://${label}.invalid/`).hostname;
  } catch {
    return undefined;
  }
  if (!host.endsWith(".invalid")) return undefined;
  const mapped = host.slice(0, -".invalid".length);
  return /^[a-z0-9-]+$/.test(mapped) ? mapped : undefined;
}
