// What JavaScript lets through: a misspelt option that would be passed over, and values of the wrong type.

import { X509Error } from "../error.ts";
import { PublicKey } from "../public-key.ts";
import type { NewCertificateOptions } from "./issue-options.ts";

/**
 * Throws unless every option is known and has the right type: a `san` that is passed over makes a certificate without
 * names.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertOptions(options: NewCertificateOptions, publicKey: PublicKey): void {
  assertKnown(options, known);
  if (!(publicKey instanceof PublicKey)) throw wrong("publicKey", "a PublicKey, such as certificate.publicKey");
  assertArray(options.subjectAltName, "subjectAltName");
  assertArray(options.extensions, "extensions");
  assertArray(options.keyUsage, "keyUsage");
  assertArray(options.extendedKeyUsage, "extendedKeyUsage");
  assertDate(options.notBefore, "notBefore");
  assertDate(options.notAfter, "notAfter");
  if (options.days !== undefined && typeof options.days !== "number") throw wrong("days", "a number");
}

/**
 * Throws on an option that nobody reads.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertKnown(options: object, names: ReadonlySet<string>): void {
  for (const name in options) {
    if (!names.has(name)) throw wrong(name, `one of ${[...names].sort().join(", ")}`);
  }
}

/** @throws X509Error ARGUMENT_INVALID for what is there and no array */
export function assertArray(value: unknown, argument: string): void {
  if (value !== undefined && !Array.isArray(value)) throw wrong(argument, "an array");
}

function assertDate(value: unknown, argument: string): void {
  if (value !== undefined && Object.prototype.toString.call(value) !== "[object Date]") throw wrong(argument, "a Date");
}

function wrong(argument: string, expected: string): X509Error {
  return new X509Error("ARGUMENT_INVALID", `cannot make it: ${argument}: expected ${expected}`, { argument, expected });
}

const known: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "days",
  "extendedKeyUsage",
  "extensions",
  "force",
  "key",
  "keyPair",
  "keyUsage",
  "notAfter",
  "notBefore",
  "pathLength",
  "profile",
  "publicKey",
  "serialNumber",
  "signatureAlgorithm",
  "subject",
  "subjectAltName",
]);
