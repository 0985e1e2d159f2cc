// What JavaScript lets through: a misspelt option that would be passed over, and values of the wrong type.

import { assertObject, fromArgument } from "../argument.ts";
import { isBytes } from "../bytes.ts";
import { isOidText } from "../der/oid.ts";
import { X509Error } from "../error.ts";
import type { Extension } from "../extensions/extension.ts";
import { Printable } from "../printable.ts";
import { assertPublicKey, type PublicKey } from "../public-key.ts";
import type { NewCertificateOptions } from "./issue-options.ts";

/**
 * Throws unless every option is known and has the right type: a `san` that is passed over makes a certificate without
 * names.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertOptions(options: NewCertificateOptions, publicKey: PublicKey): void {
  assertKnown(options, known);
  assertPublicKey(publicKey, "publicKey");
  assertArray(options.subjectAltName, "subjectAltName");
  assertExtensions(options.extensions);
  assertArray(options.keyUsage, "keyUsage");
  assertArray(options.extendedKeyUsage, "extendedKeyUsage");
  assertDate(options.notBefore, "notBefore");
  assertDate(options.notAfter, "notAfter");
  if (options.days !== undefined && typeof options.days !== "number") throw wrong("days", "a number");
  const { pathLength } = options;
  if (pathLength !== undefined && pathLength !== "unlimited" && typeof pathLength !== "number") {
    throw wrong("pathLength", 'a number, or "unlimited"');
  }
}

/**
 * Throws unless these are options: an object literal, say, and not a certificate in their place.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertPlain(options: unknown): void {
  assertObject(options, "options");
  if (options instanceof Printable) throw wrong("options", "an object with options");
}

/**
 * Throws on an option that nobody reads.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertKnown(options: object, names: ReadonlySet<string>): void {
  assertPlain(options);
  for (const name in options) {
    if (!names.has(name)) throw wrong(name, `one of ${[...names].sort().join(", ")}`);
  }
}

/** @throws X509Error ARGUMENT_INVALID for what is there and no array */
export function assertArray(value: unknown, argument: string): void {
  if (value !== undefined && !Array.isArray(value)) throw wrong(argument, "an array");
}

/** @throws X509Error ARGUMENT_INVALID, with the place, for what is no extension */
export function assertExtensions(value: unknown, path: string = "extensions"): void {
  assertArray(value, path);
  for (const [index, one] of ((value ?? []) as readonly Extension[]).entries()) {
    const argument = `${path}[${index}]`;
    const isOne = fromArgument(argument, anExtension, () => isOidText(one.oid) && isBytes(one.value));
    if (!isOne) throw wrong(argument, anExtension);
  }
}

/** @throws X509Error ARGUMENT_INVALID for what is there and no Date */
export function assertDate(value: unknown, argument: string): void {
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

const anExtension = "{ oid, critical, value }, the value in DER";
