// AuthorityInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
// RFC 5280 section 4.2.2.1

import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derOid, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { decodeGeneralName, encodeGeneralName, type GeneralName } from "../general-name.ts";

/** Where more is to be had about the issuer. */
export interface AccessDescription {
  /** OID: OCSP is 1.3.6.1.5.5.7.48.1, the issuer's certificate 1.3.6.1.5.5.7.48.2. */
  readonly method: string;
  readonly location: GeneralName;
}

/** The access methods of RFC 5280. */
export const AccessMethod = {
  ocsp: "1.3.6.1.5.5.7.48.1",
  caIssuers: "1.3.6.1.5.5.7.48.2",
} as const;

/** Reads the extension. */
export function decodeAuthorityInfoAccess(reader: DerReader): readonly AccessDescription[] {
  const list = reader.enter(Tag.sequence, "AuthorityInfoAccessSyntax");
  const descriptions: AccessDescription[] = [];
  do {
    const fields = list.enter(Tag.sequence, "an AccessDescription");
    const method = fields.oid("accessMethod");
    const location = decodeGeneralName(fields);
    fields.done("an AccessDescription");
    descriptions.push(Object.freeze({ method, location }));
  } while (list.peek() !== -1);
  return Object.freeze(descriptions);
}

/** The extension in DER. */
export function encodeAuthorityInfoAccess(descriptions: readonly AccessDescription[]): Uint8Array {
  if (descriptions.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", "authority information access needs at least one description", {
      argument: "authorityInfoAccess",
      expected: "at least one description",
    });
  }
  return derSequence(...descriptions.map((one) => derSequence(derOid(one.method), encodeGeneralName(one.location))));
}
