/** One anchor of a store, read strictly: a limit that cannot be understood must not be one that is not there. */
import { type Certificate, encodeNameConstraints, readExtensionValue, TlsKitError } from "@tlskit/x509";
import { genuineCertificate } from "../input/genuine.ts";
import { invalid } from "../input/invalid.ts";
import { readMoment } from "../input/moment.ts";
import { ownProperties } from "../input/own-properties.ts";
import { PURPOSES, type Purpose } from "../purpose.ts";
import type { DistrustAfter, NameConstraintSet, TrustAnchor } from "./trust-anchors.ts";

/** A trusted certificate as the search of paths has it. */
export interface AnchorCandidate {
  readonly certificate: Certificate;
  /** With limits of our own: what was checked is what counts. */
  readonly anchor: TrustAnchor;
}

/** @throws VerifyArgumentError */
export function readAnchor(given: TrustAnchor): AnchorCandidate {
  const certificate = genuineCertificate(given?.certificate);
  if (certificate === undefined) throw invalid("trust", "anchors with a Certificate each", given?.certificate);
  const { source, purposes, distrustAfter, nameConstraints } = given;
  const own = {
    ...(source === undefined ? {} : { source }),
    ...(purposes === undefined ? {} : { purposes: readPurposes(purposes, certificate) }),
    ...(distrustAfter === undefined ? {} : { distrustAfter: readDates(distrustAfter, certificate) }),
    ...(nameConstraints === undefined ? {} : { nameConstraints: readNames(nameConstraints, certificate) }),
  };
  return { certificate, anchor: Object.freeze({ ...given, certificate, ...own }) };
}

function readPurposes(purposes: readonly Purpose[], certificate: Certificate): readonly Purpose[] {
  const own = Array.isArray(purposes) ? [...purposes] : [undefined];
  if (own.every(isPurpose)) return own;
  throw invalid(`purposes of the anchor ${certificate}`, "a list of purposes", purposes);
}

// Only a plain object has one for each purpose: of another one nobody knows where it keeps what it says.
function readDates(value: Date | DistrustAfter, certificate: Certificate): Date | DistrustAfter {
  const argument = `distrustAfter of the anchor ${certificate}`;
  const moment = readMoment(value);
  if (moment !== undefined) return moment;
  const dates: { [P in Purpose]?: Date } = Object.create(null);
  for (const [purpose, date] of Object.entries(ownProperties(value, argument))) {
    const one = readMoment(date);
    if (!isPurpose(purpose) || (date !== undefined && one === undefined)) {
      throw invalid(argument, "a valid Date, or one for each purpose", value);
    }
    if (one !== undefined) dates[purpose] = one;
  }
  return dates;
}

// By their DER, which has no room for a misspelt type.
function readNames(value: NameConstraintSet, certificate: Certificate): NameConstraintSet {
  try {
    return readExtensionValue("nameConstraints", encodeNameConstraints(value));
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    throw invalid(
      `nameConstraints of the anchor ${certificate}`,
      "permitted or excluded subtrees",
      value,
      error.message,
    );
  }
}

function isPurpose(value: unknown): value is Purpose {
  return typeof value === "string" && Object.hasOwn(PURPOSES, value);
}
