// AuthorityInfoAccessSyntax, SubjectInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription
// AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
// RFC 5280 sections 4.2.2.1 and 4.2.2.2

import { fromArgument, takeOwn } from "../argument.ts";
import { encodeOidAt } from "../argument-parts.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import {
  decodeGeneralName,
  encodeGeneralName,
  type GeneralName,
  type GeneralNameInput,
} from "../general-name/general-name.ts";

/** Where more is to be had about the issuer, or from the subject. */
export interface AccessDescription {
  /** OID, see {@link AccessMethod}. */
  readonly method: string;
  /** Where it is to be had: mostly a URI. */
  readonly location: GeneralName;
}

/** As {@link AccessDescription}, with a location that may be text. */
export interface AccessDescriptionInput {
  /** OID, see {@link AccessMethod}. */
  readonly method: string;
  /** Where it is to be had, also as text for `generalName`. */
  readonly location: GeneralNameInput;
}

const methods = {
  ocsp: "1.3.6.1.5.5.7.48.1",
  caIssuers: "1.3.6.1.5.5.7.48.2",
  timeStamping: "1.3.6.1.5.5.7.48.3",
  caRepository: "1.3.6.1.5.5.7.48.5",
} as const;

/** The access methods of RFC 5280. */
export const AccessMethod: typeof methods = /* @__PURE__ */ Object.freeze(methods);

/** Reads either extension: they have the same syntax. */
export function decodeInfoAccess(reader: DerReader): readonly AccessDescription[] {
  const list = reader.enter(Tag.sequence, "access descriptions");
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

/** AuthorityInfoAccess in DER. */
export function encodeAuthorityInfoAccess(descriptions: readonly AccessDescriptionInput[]): Uint8Array {
  return fromArgument("authorityInfoAccess", "a value of its type", () => {
    return encodeInfoAccess(descriptions, "authorityInfoAccess");
  });
}

/** SubjectInfoAccess in DER. */
export function encodeSubjectInfoAccess(descriptions: readonly AccessDescriptionInput[]): Uint8Array {
  return fromArgument("subjectInfoAccess", "a value of its type", () => {
    return encodeInfoAccess(descriptions, "subjectInfoAccess");
  });
}

function encodeInfoAccess(descriptions: readonly AccessDescriptionInput[], argument: string): Uint8Array {
  if (descriptions.length === 0) {
    throw new X509Error("ARGUMENT_INVALID", `${argument} needs at least one description`, {
      argument,
      expected: "at least one description",
    });
  }
  return derSequence(
    ...descriptions.map((one, index) => {
      const path = `${argument}[${index}]`;
      const { method, location } = takeOwn(one, FIELDS, path, `${path}.`);
      return derSequence(
        encodeOidAt(method, `${path}.method`, "AccessMethod.ocsp"),
        encodeGeneralName(location, "address", `${path}.location`),
      );
    }),
  );
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["location", "method"]);
