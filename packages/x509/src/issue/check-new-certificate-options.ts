// The options of a new certificate.

import { assertPublicKey, type PublicKey } from "../public-key.ts";
import { assertArray, assertDate, assertExtensions, assertKnown, wrongOption } from "./check-options.ts";
import type { NewCertificateOptions } from "./issue-options.ts";

/**
 * Throws unless every option is known and has the right type: a `san` that is passed over makes a certificate without
 * names.
 *
 * @throws X509Error ARGUMENT_INVALID
 */
export function assertNewCertificateOptions(options: NewCertificateOptions, publicKey: PublicKey): void {
  assertKnown(options, known);
  assertPublicKey(publicKey, "publicKey");
  assertArray(options.subjectAltName, "subjectAltName");
  assertExtensions(options.extensions);
  assertArray(options.keyUsage, "keyUsage");
  assertArray(options.extendedKeyUsage, "extendedKeyUsage");
  assertDate(options.notBefore, "notBefore");
  assertDate(options.notAfter, "notAfter");
  if (options.days !== undefined && typeof options.days !== "number") throw wrongOption("days", "a number");
  const { pathLength } = options;
  if (pathLength !== undefined && pathLength !== "unlimited" && typeof pathLength !== "number") {
    throw wrongOption("pathLength", 'a number, or "unlimited"');
  }
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
