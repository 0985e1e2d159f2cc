// The table of attribute types: one row each. Everything that depends on the type of an attribute reads its row.

import { badArgument, shownText, shownValue } from "../argument.ts";
import { isOidText } from "../der/oid.ts";
import { X509Error } from "../error.ts";
import { attributeNames } from "./attribute-names.ts";

/** How the value of an attribute is encoded when we write it. */
export type AttributeEncoding = "utf8" | "printable" | "ia5";

/** One row: names, OID, encoding, bounds. */
export interface AttributeType {
  readonly oid: string;
  /** The short name, used in RFC 4514 text. */
  readonly short: string;
  /** The long name of X.520, used where a person reads it. */
  readonly long: string;
  readonly encoding: AttributeEncoding;
  /** Upper bound in characters (RFC 5280 appendix A.1, X.520). */
  readonly max?: number;
  /** What a value must match beyond its encoding. */
  readonly pattern?: { readonly matches: RegExp; readonly expected: string };
}

function readTable(): readonly AttributeType[] {
  const rows = new Map(table.split("\n").map((row) => [row.slice(0, row.indexOf(" ")), row.split(" ")]));
  return Array.from(attributeNames(), ([oid, short]) => {
    const [, long = "-", max = "-", encoding] = rows.get(short) ?? [];
    return {
      oid,
      short,
      long: long === "-" ? short : long,
      encoding: encoding === "p" ? "printable" : encoding === "i" ? "ia5" : "utf8",
      ...(max !== "-" && { max: Number(max) }),
      // What has at most two characters is a country.
      ...(max === "2" && { pattern: twoLetters }),
    };
  });
}

/** A name of an attribute type, short or long, as the table spells it. */
export type AttributeName =
  | "CN"
  | "commonName"
  | "O"
  | "organizationName"
  | "OU"
  | "organizationalUnitName"
  | "L"
  | "localityName"
  | "ST"
  | "stateOrProvinceName"
  | "C"
  | "countryName"
  | "emailAddress"
  | "DC"
  | "domainComponent"
  | "UID"
  | "userId"
  | "SN"
  | "surname"
  | "serialNumber"
  | "STREET"
  | "street"
  | "streetAddress"
  | "title"
  | "description"
  | "businessCategory"
  | "postalCode"
  | "telephoneNumber"
  | "name"
  | "GN"
  | "givenName"
  | "initials"
  | "generationQualifier"
  | "dnQualifier"
  | "pseudonym"
  | "organizationIdentifier"
  | "unstructuredName"
  | "jurisdictionL"
  | "jurisdictionLocalityName"
  | "jurisdictionST"
  | "jurisdictionStateOrProvinceName"
  | "jurisdictionC"
  | "jurisdictionCountryName";

/** An attribute type: one of the {@link AttributeName}s, or an OID as dotted text. */
export type AttributeKey = AttributeName | `${0 | 1 | 2}.${string}`;

/** The row of an OID. */
export function attributeTypeOf(oid: string): AttributeType | undefined {
  return maps().byOid.get(oid);
}

/** The row of a name in any case, as RFC 4514 text may have it. */
export function attributeTypeNamed(name: string): AttributeType | undefined {
  return maps().byLowerName.get(name.toLowerCase());
}

/**
 * The OID of a name (in exactly this spelling) or of an OID.
 *
 * @throws X509Error UNKNOWN_ATTRIBUTE (DN-02), with the nearest known name
 */
export function attributeOid(key: string): string {
  if (typeof key !== "string") throw badArgument("type", "the name or OID of an attribute");
  const type = maps().byName.get(key);
  if (type !== undefined) return type.oid;
  if (isOidText(key)) return key;
  throw unknownAttribute(key);
}

/** The error about a name that is in no row. */
export function unknownAttribute(key: string): X509Error<"UNKNOWN_ATTRIBUTE"> {
  const similar = attributeTypeNamed(key);
  const hint =
    similar === undefined ? "use a known name, or an OID such as 2.5.4.97" : `did you mean ${similar.short}?`;
  const attribute = shownText(key);
  const details = similar === undefined ? { attribute } : { attribute, nearest: similar.short };
  return new X509Error("UNKNOWN_ATTRIBUTE", `unknown attribute type ${shownValue(key)}: ${hint}`, details);
}

interface Maps {
  readonly byOid: ReadonlyMap<string, AttributeType>;
  readonly byName: ReadonlyMap<string, AttributeType>;
  readonly byLowerName: ReadonlyMap<string, AttributeType>;
}

let made: Maps | undefined;

// Made when first needed: loading the package costs nothing for it.
function maps(): Maps {
  if (made !== undefined) return made;
  const byOid = new Map<string, AttributeType>();
  const byName = new Map<string, AttributeType>();
  for (const type of readTable()) {
    byOid.set(type.oid, type);
    byName.set(type.short, type).set(type.long, type);
    if (type.short === "STREET") byName.set("street", type);
  }
  const byLowerName = new Map(Array.from(byName, ([name, type]) => [name.toLowerCase(), type]));
  made = { byOid, byName, byLowerName };
  return made;
}

const twoLetters = { matches: /^[A-Za-z]{2}$/, expected: "a country code of two letters" } as const;

// Short name, long name if it is another, upper bound, p for PrintableString, i for IA5String.
const table = `CN commonName 64
O organizationName 64
OU organizationalUnitName 64
L localityName 128
ST stateOrProvinceName 128
C countryName 2 p
emailAddress - 255 i
DC domainComponent - i
UID userId 256
SN surname 32768
serialNumber - 64 p
STREET streetAddress 128
title - 64
description - 1024
businessCategory - 128
postalCode - 40
telephoneNumber - 32 p
name - 32768
GN givenName 32768
initials - 32768
generationQualifier - 32768
dnQualifier - - p
pseudonym - 128
unstructuredName - 255
jurisdictionL jurisdictionLocalityName 128
jurisdictionST jurisdictionStateOrProvinceName 128
jurisdictionC jurisdictionCountryName 2 p`;
