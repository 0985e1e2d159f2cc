// The table of attribute types: one row each. Everything that depends on the type of an attribute reads its row.

import { isOidText } from "../der/oid.ts";
import { X509Error } from "../error.ts";

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

const twoLetters = { matches: /^[A-Za-z]{2}$/, expected: "a country code of two letters" } as const;

function row(
  oid: string,
  short: string,
  long: string,
  max?: number,
  encoding: AttributeEncoding = "utf8",
): AttributeType {
  return max === undefined ? { oid, short, long, encoding } : { oid, short, long, encoding, max };
}

/** Rows in the order of X.520; the first seven are the ones that Twisted knows. */
export const attributeTypes: readonly AttributeType[] = [
  row("2.5.4.3", "CN", "commonName", 64),
  row("2.5.4.10", "O", "organizationName", 64),
  row("2.5.4.11", "OU", "organizationalUnitName", 64),
  row("2.5.4.7", "L", "localityName", 128),
  row("2.5.4.8", "ST", "stateOrProvinceName", 128),
  { ...row("2.5.4.6", "C", "countryName", 2, "printable"), pattern: twoLetters },
  row("1.2.840.113549.1.9.1", "emailAddress", "emailAddress", 255, "ia5"),
  row("0.9.2342.19200300.100.1.25", "DC", "domainComponent", undefined, "ia5"),
  row("0.9.2342.19200300.100.1.1", "UID", "userId", 256),
  row("2.5.4.4", "SN", "surname", 32_768),
  row("2.5.4.5", "serialNumber", "serialNumber", 64, "printable"),
  row("2.5.4.9", "STREET", "streetAddress", 128),
  row("2.5.4.12", "title", "title", 64),
  row("2.5.4.13", "description", "description", 1024),
  row("2.5.4.15", "businessCategory", "businessCategory", 128),
  row("2.5.4.17", "postalCode", "postalCode", 40),
  row("2.5.4.20", "telephoneNumber", "telephoneNumber", 32, "printable"),
  row("2.5.4.41", "name", "name", 32_768),
  row("2.5.4.42", "GN", "givenName", 32_768),
  row("2.5.4.43", "initials", "initials", 32_768),
  row("2.5.4.44", "generationQualifier", "generationQualifier", 32_768),
  row("2.5.4.46", "dnQualifier", "dnQualifier", undefined, "printable"),
  row("2.5.4.65", "pseudonym", "pseudonym", 128),
  row("2.5.4.97", "organizationIdentifier", "organizationIdentifier"),
  row("1.2.840.113549.1.9.2", "unstructuredName", "unstructuredName", 255),
  row("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", "jurisdictionLocalityName", 128),
  row("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", "jurisdictionStateOrProvinceName", 128),
  {
    ...row("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", "jurisdictionCountryName", 2, "printable"),
    pattern: twoLetters,
  },
];

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

const byOid: ReadonlyMap<string, AttributeType> = /* @__PURE__ */ new Map(
  attributeTypes.map((type) => [type.oid, type]),
);

const byName: ReadonlyMap<string, AttributeType> = /* @__PURE__ */ (() => {
  const names = new Map<string, AttributeType>();
  for (const type of attributeTypes) names.set(type.short, type).set(type.long, type);
  for (const type of attributeTypes) if (type.short === "STREET") names.set("street", type);
  return names;
})();

const byLowerName: ReadonlyMap<string, AttributeType> = /* @__PURE__ */ new Map(
  Array.from(byName, ([name, type]) => [name.toLowerCase(), type]),
);

/** The row of an OID. */
export function attributeTypeOf(oid: string): AttributeType | undefined {
  return byOid.get(oid);
}

/** The row of a name in any case, as RFC 4514 text may have it. */
export function attributeTypeNamed(name: string): AttributeType | undefined {
  return byLowerName.get(name.toLowerCase());
}

/**
 * The OID of a name (in exactly this spelling) or of an OID.
 *
 * @throws X509Error UNKNOWN_ATTRIBUTE (DN-02), with the nearest known name
 */
export function attributeOid(key: string): string {
  const type = byName.get(key);
  if (type !== undefined) return type.oid;
  if (isOidText(key)) return key;
  throw unknownAttribute(key);
}

/** The error about a name that is in no row. */
export function unknownAttribute(key: string): X509Error<"UNKNOWN_ATTRIBUTE"> {
  const similar = byLowerName.get(key.toLowerCase());
  const hint =
    similar === undefined ? "use a known name, or an OID such as 2.5.4.97" : `did you mean ${similar.short}?`;
  const details = similar === undefined ? { attribute: key } : { attribute: key, nearest: similar.short };
  return new X509Error("UNKNOWN_ATTRIBUTE", `unknown attribute type ${JSON.stringify(key)}: ${hint}`, details);
}
