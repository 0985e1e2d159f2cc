// The short names of attribute types, for reading: what it takes to write them is in `attribute-types.ts`.

/** The short name of an attribute type, used in RFC 4514 text. */
export function attributeName(oid: string): string | undefined {
  return attributeNames().get(oid);
}

/** OID to short name, in the order of X.520; the first seven are the ones that Twisted knows. Made when first needed. */
export function attributeNames(): ReadonlyMap<string, string> {
  if (names !== undefined) return names;
  names = new Map();
  const words = table.split(" ");
  for (let index = 0; index < words.length; index += 2) {
    const arc = words[index] ?? "";
    names.set(arc.includes(".") ? arc : `2.5.4.${arc}`, words[index + 1] ?? "");
  }
  return names;
}

let names: Map<string, string> | undefined;

// OID (what has no dot is below 2.5.4) and name in turn.
const table =
  "3 CN 10 O 11 OU 7 L 8 ST 6 C 1.2.840.113549.1.9.1 emailAddress 0.9.2342.19200300.100.1.25 DC " +
  "0.9.2342.19200300.100.1.1 UID 4 SN 5 serialNumber 9 STREET 12 title 13 description 15 businessCategory " +
  "17 postalCode 20 telephoneNumber 41 name 42 GN 43 initials 44 generationQualifier 46 dnQualifier 65 pseudonym " +
  "97 organizationIdentifier 1.2.840.113549.1.9.2 unstructuredName 1.3.6.1.4.1.311.60.2.1.1 jurisdictionL " +
  "1.3.6.1.4.1.311.60.2.1.2 jurisdictionST 1.3.6.1.4.1.311.60.2.1.3 jurisdictionC";
