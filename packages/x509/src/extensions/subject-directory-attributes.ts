// SubjectDirectoryAttributes ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { type OBJECT IDENTIFIER, values SET SIZE(1..MAX) OF ANY }
// RFC 5280 section 4.2.1.8

import { assertList, badArgument, fromArgument, takeOwn } from "../argument.ts";
import { elementAt, encodeOidAt } from "../argument-parts.ts";
import { compareBytes } from "../bytes.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derSequence, derSet } from "../der/writer.ts";
import { X509Error } from "../error.ts";
import { freezeShown } from "../text/printable.ts";

/** An attribute of the subject, such as a nationality. The values are DER, fresh copies. */
export interface DirectoryAttribute {
  readonly oid: string;
  readonly values: readonly Uint8Array[];
}

/** Reads the extension. The values must stand in the order of DER (X.690 11.6). */
export function decodeSubjectDirectoryAttributes(reader: DerReader): readonly DirectoryAttribute[] {
  const list = reader.enter(Tag.sequence, "SubjectDirectoryAttributes");
  const attributes: DirectoryAttribute[] = [];
  do {
    const fields = list.enter(Tag.sequence, "an Attribute");
    const oid = fields.oid("the type of an Attribute");
    const values = decodeValues(fields.enter(Tag.set, "the values of an Attribute"));
    fields.done("the Attribute");
    attributes.push(
      freezeShown({
        oid,
        get values(): readonly Uint8Array[] {
          return values.map((value) => value.slice());
        },
      }),
    );
  } while (list.peek() !== -1);
  return Object.freeze(attributes);
}

/** The extension in DER. */
export function encodeSubjectDirectoryAttributes(attributes: readonly DirectoryAttribute[]): Uint8Array {
  return fromArgument("subjectDirectoryAttributes", "a value of its type", () => {
    if (attributes.length === 0) {
      throw new X509Error("ARGUMENT_INVALID", "subject directory attributes need at least one attribute with a value", {
        argument: "subjectDirectoryAttributes",
        expected: "at least one attribute with a value",
      });
    }
    return derSequence(...attributes.map((one, index) => encodeAttribute(one, `subjectDirectoryAttributes[${index}]`)));
  });
}

/**
 * An Attribute in DER, as requests have them, too.
 *
 * @throws X509Error ARGUMENT_INVALID, with the place
 */
export function encodeAttribute(attribute: DirectoryAttribute, path: string): Uint8Array {
  const { oid, values } = takeOwn(attribute, FIELDS, path, `${path}.`);
  assertList(values, `${path}.values`);
  if (values.length === 0) throw badArgument(`${path}.values`, "at least one value");
  return derSequence(
    encodeOidAt(oid, `${path}.oid`),
    derSet(...values.map((value, index) => elementAt(value, `${path}.values[${index}]`))),
  );
}

function decodeValues(set: DerReader): readonly Uint8Array[] {
  const values: Uint8Array[] = [];
  do {
    const value = set.raw("a value of an Attribute").slice();
    const previous = values.at(-1);
    if (previous !== undefined && compareBytes(previous, value) > 0) {
      valueFail(set.headerStart, "values in the order of DER");
    }
    values.push(value);
  } while (set.peek() !== -1);
  return values;
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["name", "oid", "values"]);
