// The options of a new certificate.

import { isPlain, takeOwn } from "../argument.ts";
import type { Extension } from "../extensions/extension.ts";
import { assertPublicKey, type PublicKey } from "../public-key.ts";
import { assertArray, assertDate, takeExtensions, wrongOption } from "./check-options.ts";
import type { NewCertificateOptions } from "./issue-options.ts";
import { toName } from "./subject-name.ts";

/**
 * The options as they are now, and no others than these: the object is the caller's, who may use it again while a key is
 * being made. A `san` that is passed over makes a certificate without names.
 *
 * @param more the options that go with this way of making a certificate, beside those of all of them
 * @throws X509Error ARGUMENT_INVALID
 */
export function takeOptions<Options extends object>(
  options: Options,
  more: readonly (keyof Options & string)[],
): Options {
  const own = takeOwn(options, new Set<string>([...known, ...more]), "options");
  const taken = own as Record<string, unknown>;
  for (const name of Object.keys(taken)) taken[name] = copyOf(name, taken[name]);
  return taken as Options;
}

/**
 * Throws unless every option has the right type.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertNewCertificateOptions(options: NewCertificateOptions, publicKey: PublicKey): void {
  assertPublicKey(publicKey, "publicKey");
  assertArray(options.subjectAltName, "subjectAltName");
  assertArray(options.keyUsage, "keyUsage");
  assertArray(options.extendedKeyUsage, "extendedKeyUsage");
  assertDate(options.notBefore, "notBefore");
  assertDate(options.notAfter, "notAfter");
  if (options.days !== undefined && typeof options.days !== "number") throw wrongOption("days", "a number");
  const { force, pathLength } = options;
  if (force !== undefined && typeof force !== "boolean") throw wrongOption("force", "a boolean");
  if (pathLength !== undefined && pathLength !== "unlimited" && typeof pathLength !== "number") {
    throw wrongOption("pathLength", 'a number, or "unlimited"');
  }
}

function copyOf(name: string, value: unknown): unknown {
  if (name === "extensions") return takeExtensions(value as readonly Extension[]);
  if (name === "subject") return toName(value as NewCertificateOptions["subject"], []);
  if (Array.isArray(value)) return value.map((one: unknown) => (isPlain(one) ? Object.assign({}, one) : one));
  return Object.prototype.toString.call(value) === "[object Date]" ? new Date(Number(value)) : value;
}

const known: readonly (keyof NewCertificateOptions | "profile")[] = [
  "days",
  "extendedKeyUsage",
  "extensions",
  "force",
  "keyUsage",
  "notAfter",
  "notBefore",
  "pathLength",
  "profile",
  "serialNumber",
  "signatureAlgorithm",
  "subject",
  "subjectAltName",
];
