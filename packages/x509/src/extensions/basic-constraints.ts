// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
// RFC 5280 section 4.2.1.9

import { fromArgument, takeOwn } from "../argument.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derBoolean, derInteger, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

/** Is the subject a CA, and how many intermediates may follow? */
export interface BasicConstraints {
  /** Whether it may issue certificates. */
  readonly ca: boolean;
  /** How many non-self-issued intermediate certificates may follow; absent: any number. */
  readonly pathLength?: number;
}

/** As {@link BasicConstraints}, to be written. */
export interface BasicConstraintsInput {
  /** Whether it may issue certificates. */
  readonly ca: boolean;
  /** How many non-self-issued intermediate certificates may follow; by default any number. */
  readonly pathLength?: number | undefined;
}

/** Reads the extension. An encoded `cA FALSE` is accepted here, and is a deviation of the certificate. */
export function decodeBasicConstraints(reader: DerReader): BasicConstraints {
  const fields = reader.only(Tag.sequence, "BasicConstraints");
  const ca = fields.peek() === Tag.boolean ? fields.boolean("cA") : false;
  const pathLength = fields.peek() === Tag.integer ? fields.smallInteger("pathLenConstraint") : undefined;
  fields.done("BasicConstraints");
  if (pathLength === undefined) return ca ? unlimited : noCa;
  return Object.freeze({ ca, pathLength });
}

/** The extension in DER. */
export function encodeBasicConstraints(value: BasicConstraintsInput): Uint8Array {
  return fromArgument("basicConstraints", "a value of its type", () => {
    const { ca, pathLength } = takeOwn(value, FIELDS, "basicConstraints", "basicConstraints.");
    if (
      pathLength !== undefined &&
      !(ca && Number.isSafeInteger(pathLength) && pathLength >= 0 && pathLength < 2 ** 31)
    ) {
      throw new X509Error(
        "ARGUMENT_INVALID",
        `not a path length: ${pathLength}: expected an integer of 0 or more, of a CA`,
        {
          argument: "pathLength",
          expected: "an integer of 0 or more, of a CA",
        },
      );
    }
    const parts = ca ? [derBoolean(true)] : [];
    if (pathLength !== undefined) parts.push(derInteger(pathLength));
    return derSequence(...parts);
  });
}

// What nearly all certificates say; frozen, so that all can have the same.
const unlimited: BasicConstraints = /* @__PURE__ */ Object.freeze({ ca: true });
const noCa: BasicConstraints = /* @__PURE__ */ Object.freeze({ ca: false });

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(["ca", "pathLength"]);
