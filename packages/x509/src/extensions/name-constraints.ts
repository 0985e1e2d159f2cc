// NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
// GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] INTEGER DEFAULT 0, maximum [1] INTEGER OPTIONAL }
// RFC 5280 section 4.2.1.10: minimum must be zero, maximum absent, and at least one list present.

import { badArgument, fromArgument, shownValue, takeOwn } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence, derTlv } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { decodeGeneralName, encodeGeneralName, type GeneralName, toGeneralName } from "../general-name/general-name.ts";
import { parseIpAddress } from "../general-name/ip-address.ts";
import { makeNetwork, prefixLength } from "../general-name/ip-network.ts";
import { assertSubtreeForm } from "./subtree-form.ts";

/** One subtree of names. For `ip`, `base.bytes` is address and mask (8 or 32 octets). */
export interface GeneralSubtree {
  /** The name, and all that belong under it. */
  readonly base: GeneralName;
}

/** The names that a CA may, and may not, issue for. */
export interface NameConstraints {
  /** Names of each kind that stands here must be under one of these. */
  readonly permitted?: readonly GeneralSubtree[];
  /** No name may be under one of these. */
  readonly excluded?: readonly GeneralSubtree[];
}

/** As {@link NameConstraints}; a subtree may also be text, for {@link generalSubtree}. */
export interface NameConstraintsInput {
  /** Names of each kind that stands here must be under one of these. */
  readonly permitted?: readonly (string | GeneralSubtree)[] | undefined;
  /** No name may be under one of these. */
  readonly excluded?: readonly (string | GeneralSubtree)[] | undefined;
}

/** Reads the extension. */
export function decodeNameConstraints(reader: DerReader): NameConstraints {
  const fields = reader.enter(Tag.sequence, "NameConstraints");
  const permitted = decodeSubtrees(fields, 0xa0);
  const excluded = decodeSubtrees(fields, 0xa1);
  fields.done("NameConstraints");
  if (permitted === undefined && excluded === undefined) {
    valueFail(fields.position, "permitted or excluded subtrees");
  }
  return Object.freeze({ ...(permitted && { permitted }), ...(excluded && { excluded }) });
}

/**
 * The extension in DER. Names have the forms that RFC 5280 section 4.2.1.10 gives to constraints: of `dns` a domain, of
 * `uri` a host or `.domain`, of `email` a mailbox, a host or `.domain`.
 *
 * @throws X509Error ARGUMENT_INVALID, with the place
 */
export function encodeNameConstraints(value: NameConstraintsInput): Uint8Array {
  return fromArgument("nameConstraints", "a value of its type", () => {
    const { permitted, excluded } = takeOwn(value, FIELDS, "nameConstraints", "nameConstraints.");
    if (!permitted?.length && !excluded?.length) {
      throw new X509Error("ARGUMENT_INVALID", "name constraints need a permitted or an excluded subtree", {
        argument: "nameConstraints",
        expected: "permitted or excluded subtrees",
      });
    }
    const parts: Uint8Array[] = [];
    if (permitted?.length) parts.push(encodeSubtrees(0xa0, permitted, "nameConstraints.permitted"));
    if (excluded?.length) parts.push(encodeSubtrees(0xa1, excluded, "nameConstraints.excluded"));
    return derSequence(...parts);
  });
}

/**
 * The subtree that a text most plainly means: `10.0.0.0/8` or `2001:db8::/32`, a domain (`example.com`, or `.example.com` for
 * what is below it only), a mailbox (`root@example.com`). All mailboxes of a host, and hosts of URIs, would look like a
 * domain: they need a {@link GeneralSubtree}, as `{ base: { type: "email", value: "example.com" } }`.
 *
 * @throws X509Error ARGUMENT_INVALID
 * @example
 * encodeNameConstraints({ permitted: [generalSubtree("example.com"), generalSubtree("10.0.0.0/8")] });
 */
export function generalSubtree(text: string): GeneralSubtree {
  if (typeof text !== "string") throw badArgument("text", "a string");
  return subtreeOf(text, "text");
}

function subtreeOf(text: string, argument: string): GeneralSubtree {
  const network = /^(.+)\/([0-9]{1,3})$/.exec(text);
  if (network !== null && !text.includes("://")) {
    return Object.freeze({ base: networkName(text, network[1] ?? "", Number(network[2]), argument) });
  }
  // People mean all mailboxes of a host by it.
  if (/^\*?@/.test(text))
    throw badArgument(argument, 'a mailbox, or { base: { type: "email", value: "example.com" } }');
  const isBelow = text.startsWith(".");
  const base = toGeneralName(isBelow ? text.slice(1) : text, argument);
  switch (base.type) {
    case "ip":
      return Object.freeze({ base: makeNetwork(Uint8Array.from([...base.bytes, ...base.bytes.map(() => 0xff)])) });
    case "uri":
      throw badArgument(argument, 'a host of URIs, as in { base: { type: "uri", value: "example.com" } }');
    case "dns":
      // RFC 5280 knows no wildcards here: all names below a domain belong to it.
      assertSubtreeForm(base, argument);
      return Object.freeze({ base: Object.freeze({ type: "dns", value: (isBelow ? "." : "") + base.value }) });
    default:
      if (isBelow) throw badArgument(argument, "a domain after the dot");
      assertSubtreeForm(base, argument);
      return Object.freeze({ base });
  }
}

function networkName(text: string, address: string, prefix: number, argument: string): GeneralName {
  const octets = parseIpAddress(address);
  if (octets === undefined || prefix > octets.length * 8) {
    throw badArgument(argument, "address/prefix", undefined, shownValue(text));
  }
  const mask = octets.map((_, index) => (0xff00 >> Math.max(0, Math.min(8, prefix - index * 8))) & 0xff);
  return makeNetwork(Uint8Array.from([...octets.map((octet, index) => octet & (mask[index] ?? 0)), ...mask]));
}

function decodeSubtrees(fields: DerReader, tag: number): readonly GeneralSubtree[] | undefined {
  if (!fields.optional(tag)) return undefined;
  const list = fields.contents();
  const subtrees: GeneralSubtree[] = [];
  do subtrees.push(decodeSubtree(list.enter(Tag.sequence, "a GeneralSubtree")));
  while (list.peek() !== -1);
  return Object.freeze(subtrees);
}

function decodeSubtree(subtree: DerReader): GeneralSubtree {
  const start = subtree.position;
  const base = decodeGeneralName(subtree, "network");
  if (base.type === "ip" && prefixLength(base.bytes.subarray(base.bytes.length / 2)) === undefined) {
    valueFail(start, "an IP mask of ones and then zeros");
  }
  // An encoded zero is the DEFAULT: accepted here, a deviation of the certificate.
  if (subtree.optional(0x80) && !(subtree.valueEnd - subtree.valueStart === 1 && subtree.value()[0] === 0)) {
    valueFail(subtree.headerStart, "a minimum of 0");
  }
  subtree.done("a GeneralSubtree without maximum");
  return Object.freeze({ base });
}

function encodeSubtrees(tag: number, subtrees: readonly (string | GeneralSubtree)[], argument: string): Uint8Array {
  const encoded = subtrees.map((subtree, index) => {
    const path = `${argument}[${index}]`;
    const given = typeof subtree === "string" ? subtreeOf(subtree, path) : subtree;
    const { base } = takeOwn(given, SUBTREE, path, `${path}.`);
    // An address without a mask is text, which stands in place of the whole object.
    if (base?.type === "ip" && !("bytes" in base)) throw badArgument(path, 'a network as text, such as "10.0.0.0/8"');
    assertSubtreeForm(base, `${path}.base`);
    return derSequence(encodeGeneralName(base, "network", `${path}.base`));
  });
  return derTlv(tag, ...encoded);
}

const SUBTREE: ReadonlySet<string> = /* @__PURE__ */ new Set(["base"]);

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["excluded", "permitted"]);
