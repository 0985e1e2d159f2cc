import type { PrivateCertificate, PublicKey } from "@tlskit/x509";
import type { CertificateOptions } from "../certificate-options.ts";
import type { Cipher } from "../ciphers/cipher.ts";
import type { Role } from "../compile/compiled-options.ts";
import { wrongValue } from "../input/wrong-value.ts";
import type { TLSVersion } from "../tls-version.ts";
import { isUsable, usesParameters } from "./assert-algorithms.ts";
import { conflict } from "./conflict.ts";
import { versionsBetween } from "./tls-version-order.ts";

/**
 * Refuses the identities of a server that no handshake could ever use: before TLS 1.3 a suite says what kind of key the
 * server proves itself with (RFC 5246, section 7.4.2; RFC 8422, section 5.3). With TLS 1.3, where any key goes with any
 * suite, there is always a handshake left.
 *
 * @throws OptionsError OPTION_CONFLICT
 */
export function assertIdentities(options: CertificateOptions): void {
  const { minVersion, maxVersion, acceptableCiphers } = options;
  if (maxVersion === "TLSv1.3") return;
  const versions = versionsBetween(minVersion, maxVersion);
  const suites = acceptableCiphers?.tls12.filter((suite) => !usesParameters(suite) || options.dhParameters);
  for (const [path, { publicKey }] of identitiesOf(options)) {
    const able = versions.filter((version) => provesItselfIn(publicKey, version));
    if (able.length === 0) {
      const rule = `the key of ${path} (${publicKey.type}) cannot be used in ${maxVersion}`;
      throw conflict([path, "lowerMaximumSecurityTo"], rule, "allow a newer version, or use an RSA or ECDSA key");
    }
    if (suites === undefined || able.some((version) => suites.some((suite) => fits(publicKey, suite, version))))
      continue;
    const rule = `the key of ${path} (${publicKey.type}) goes with no suite of acceptableCiphers that ${maxVersion} has`;
    const advice = `add suites with ${authenticationOf(publicKey)} authentication ("ECDHE+a${authenticationOf(publicKey)}"), or allow TLSv1.3`;
    throw conflict([path, "acceptableCiphers"], rule, advice);
  }
}

/**
 * Refuses certificates whose keys may not be used for TLS at all (RFC 5246, sections 7.4.2 and 7.4.6; RFC 8446, section
 * 4.4.2.2): a CA's own, mostly. Some runtimes refuse them themselves, some leave it to the peers, and some do not look.
 *
 * @throws OptionsError OPTION_VALUE_INVALID
 */
export function assertKeyUsages(options: CertificateOptions, role: Role): void {
  const wanted = role === "server" ? SERVER_USAGES : CLIENT_USAGES;
  for (const [path, { keyUsage }] of identitiesOf(options)) {
    if (keyUsage === undefined || wanted.some((usage) => keyUsage.has(usage))) continue;
    const expected = "a certificate whose keyUsage has digitalSignature, because TLS signs with its key";
    throw wrongValue(path, expected, `one with keyUsage ${[...keyUsage].join(", ")}; let a CA issue another`);
  }
}

// Where RSA keys decrypt, or keys agree, nobody signs.
const SERVER_USAGES = ["digitalSignature", "keyEncipherment", "keyAgreement"] as const;
const CLIENT_USAGES = ["digitalSignature", "keyAgreement"] as const;

/** All that are known beforehand, by their paths. */
function identitiesOf({
  identity,
  contextForServerName: names,
}: CertificateOptions): readonly (readonly [path: string, identity: PrivateCertificate])[] {
  const named = (names?.identities ?? []).map(
    ([name, one]) => [`contextForServerName[${JSON.stringify(name)}]`, one] as const,
  );
  return identity === undefined ? named : [["identity", identity], ...named];
}

function fits(key: PublicKey, suite: Cipher, version: TLSVersion): boolean {
  if (!isUsable(suite, version) || suite.authentication !== authenticationOf(key)) return false;
  // Keys for RSASSA-PSS alone sign, and decrypt nothing.
  return key.type !== "rsa-pss" || suite.keyExchange !== "RSA";
}

// What came after TLS 1.2 signs nothing in it; what came with it, nothing before it (RFC 8422, section 5.1.1; RFC 8446, 4.2.3).
function provesItselfIn({ type }: PublicKey, version: TLSVersion): boolean {
  if (type === "rsa" || type === "ecdsa") return true;
  return version === "TLSv1.2" && (type === "rsa-pss" || type === "ed25519" || type === "ed448");
}

function authenticationOf({ type }: PublicKey): string {
  return type.startsWith("rsa") ? "RSA" : "ECDSA";
}
