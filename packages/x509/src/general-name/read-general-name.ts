// Reading GeneralName (RFC 5280 section 4.2.1.6).

import { copyBytes } from "../bytes.ts";
import { tagFail, valueFail } from "../der/fail.ts";
import { decodeOid } from "../der/oid.ts";
import type { DerReader } from "../der/reader.ts";
import { asciiText } from "../der/string.ts";
import { Tag } from "../der/tag.ts";
import type { BasicName } from "../distinguished-name/basic-name.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { nameFault } from "../distinguished-name/read-name.ts";
import { freezeShown } from "../text/printable.ts";
import { formatIpAddress } from "./ip-address.ts";

/**
 * One name, by type.
 *
 * - `dns`, `email`, `uri`: the text as it stands in the certificate: ASCII, not validated (that is the matcher's job).
 * - `ip`: `bytes` are 4 or 16 octets; in name constraints 8 or 32, and `value` is then `address/prefix`.
 * - `other`: the value of an otherName, in DER. `x400`, `ediParty`: the contents, in DER.
 */
export type GeneralName<Name extends BasicName = DistinguishedName> =
  | { readonly type: "dns"; readonly value: string }
  | { readonly type: "email"; readonly value: string }
  | { readonly type: "uri"; readonly value: string }
  | { readonly type: "ip"; readonly value: string; readonly bytes: Uint8Array }
  | { readonly type: "directory"; readonly value: Name }
  | { readonly type: "other"; readonly oid: string; readonly value: Uint8Array }
  | { readonly type: "registeredId"; readonly value: string }
  | { readonly type: "x400"; readonly value: Uint8Array }
  | { readonly type: "ediParty"; readonly value: Uint8Array };

/** The name of type `ip`. */
export type IpName = Extract<GeneralName, { type: "ip" }>;

type DirectoryReader<Name extends BasicName> = (bytes: Uint8Array, at: number) => Name;

/** Reads the GeneralName that comes next; `directory` makes the name that stands at an offset of checked bytes. */
export function readGeneralName<Name extends BasicName>(
  reader: DerReader,
  directory: DirectoryReader<Name>,
  ip: (octets: Uint8Array) => IpName | undefined = ipName,
): GeneralName<Name> {
  const tag = reader.next("a GeneralName");
  const { bytes, valueStart, valueEnd } = reader;
  switch (tag) {
    case 0xa0:
      return otherName(reader.contents());
    case 0x81:
      return Object.freeze({ type: "email", value: asciiValue(reader, "an rfc822Name") });
    case 0x82:
      return Object.freeze({ type: "dns", value: asciiValue(reader, "a dNSName") });
    case 0xa3:
      return opaque("x400", reader.value());
    case 0xa4:
      return directoryName(reader.contents(), directory);
    case 0xa5:
      return opaque("ediParty", reader.value());
    case 0x86:
      return Object.freeze({ type: "uri", value: asciiValue(reader, "a uniformResourceIdentifier") });
    case 0x87:
      return ip(reader.value()) ?? valueFail(valueStart, "an iPAddress with the right number of octets");
    case 0x88:
      return Object.freeze({ type: "registeredId", value: decodeOid(bytes, valueStart, valueEnd) });
    default:
      return tagFail(reader.headerStart, "a GeneralName", tag);
  }
}

/** Reads GeneralNames: a SEQUENCE of at least one. */
export function readGeneralNames<Name extends BasicName>(
  reader: DerReader,
  directory: DirectoryReader<Name>,
  tag: number = Tag.sequence,
): readonly GeneralName<Name>[] {
  const list = reader.enter(tag, "GeneralNames");
  const names: GeneralName<Name>[] = [];
  do names.push(readGeneralName(list, directory));
  while (list.peek() !== -1);
  return Object.freeze(names);
}

/** The ip name of 4 or 16 octets; undefined for another length. */
export function ipName(octets: Uint8Array): IpName | undefined {
  return octets.length === 4 || octets.length === 16 ? makeIpName(octets, formatIpAddress(octets)) : undefined;
}

/** The ip name of these octets, with this text. */
export function makeIpName(octets: Uint8Array, value: string): IpName {
  const kept = copyBytes(octets);
  return freezeShown({
    type: "ip",
    value,
    // A fresh copy each time: names are shared, and must not change.
    get bytes(): Uint8Array {
      return kept.slice();
    },
  });
}

function otherName(reader: DerReader): Extract<GeneralName, { type: "other" }> {
  const oid = reader.oid("the type of an otherName");
  const explicit = reader.enter(0xa0, "the value of an otherName");
  const der = explicit.raw("the value of an otherName").slice();
  explicit.done("an otherName");
  reader.done("an otherName");
  return freezeShown({
    type: "other",
    oid,
    get value(): Uint8Array {
      return der.slice();
    },
  });
}

function directoryName<Name extends BasicName>(reader: DerReader, directory: DirectoryReader<Name>): GeneralName<Name> {
  const at = reader.position;
  reader.next("a directoryName");
  const fault = nameFault(reader.bytes, at);
  if (fault !== -1) valueFail(fault, "a Name");
  reader.done("a directoryName");
  return Object.freeze({ type: "directory", value: directory(reader.bytes, at) });
}

function opaque(type: "x400" | "ediParty", contents: Uint8Array): Extract<GeneralName, { type: "x400" | "ediParty" }> {
  const der = contents.slice();
  return freezeShown({
    type,
    get value(): Uint8Array {
      return der.slice();
    },
  });
}

function asciiValue(reader: DerReader, what: string): string {
  const text = asciiText(reader.bytes, reader.valueStart, reader.valueEnd);
  return text ?? valueFail(reader.valueStart, `ASCII in ${what}`);
}
