import type { AcceptableCiphers } from "../ciphers/acceptable-ciphers.ts";
import type { Cipher } from "../ciphers/cipher.ts";
import { OptionsError } from "../error.ts";
import { canSign } from "../key-exchange/signature-schemes.ts";
import type { NegotiableTLSVersion } from "../tls-version.ts";
import type { CheckedOptions } from "./checked-options.ts";
import { conflict } from "./conflict.ts";
import type { VersionRange } from "./version-range.ts";

/**
 * Refuses algorithms that leave nothing to negotiate, or that nothing else uses.
 *
 * @throws OptionsError CIPHERS_UNUSABLE, OPTION_CONFLICT
 */
export function assertAlgorithms(options: CheckedOptions, { min, max }: VersionRange): void {
  const { acceptableCiphers: ciphers, dhParameters, signatureAlgorithms: schemes, identity, groups } = options;
  if (ciphers !== undefined) {
    if (min !== "TLSv1.3" && !ciphers.tls12.some((cipher) => isUsable(cipher, min))) throw unusable(ciphers, min);
    if (max === "TLSv1.3" && !ciphers.tls13.some((cipher) => isUsable(cipher, max))) throw unusable(ciphers, max);
  }
  if (dhParameters !== undefined && (min === "TLSv1.3" || !(ciphers?.tls12.some(usesParameters) ?? false))) {
    const rule = "dhParameters are for DHE suites of TLS 1.2, and none is acceptable";
    const advice = 'add some to acceptableCiphers ("ECDHE+AESGCM:DHE+AESGCM"), or leave dhParameters out';
    throw conflict(["dhParameters", "acceptableCiphers"], rule, advice);
  }
  if (groups?.every((name) => /MLKEM|^ffdhe/.test(name)) === true && min !== "TLSv1.3") {
    const rule = `groups has none for ${min}`;
    throw conflict(["groups", "raiseMinimumTo"], rule, 'add "X25519", or set raiseMinimumTo: "TLSv1.3"');
  }
  if (schemes === undefined) return;
  const named = options.contextForServerName?.identities ?? [];
  const identities = named.map(([name, one]) => [`contextForServerName[${JSON.stringify(name)}]`, one] as const);
  for (const [path, { publicKey }] of identity === undefined
    ? identities
    : [["identity", identity] as const, ...identities]) {
    if (schemes.some((scheme) => canSign(publicKey, scheme, max === "TLSv1.3"))) continue;
    const rule = `the key of ${path} can sign with none of signatureAlgorithms in ${max}`;
    throw conflict(["signatureAlgorithms", path], rule, "add one that it can sign with");
  }
}

/** Whether a suite can be negotiated here, where servers have certificates, in this version. */
export function isUsable({ protocol, authentication, keyExchange, openSslName }: Cipher, version: string): boolean {
  if (openSslName === undefined) return false;
  if (version === "TLSv1.3" || protocol === "TLSv1.3") return version === protocol;
  if (protocol === "TLSv1.2" && version !== "TLSv1.2") return false;
  return ["RSA", "ECDSA"].includes(authentication) && ["RSA", "DHE", "ECDHE"].includes(keyExchange);
}

/** Whether a server needs parameters for it. */
export function usesParameters({ keyExchange }: Cipher): boolean {
  return keyExchange === "DHE";
}

/** What the selection weakens: names of suites without authenticated encryption or forward secrecy. */
export function weakCiphers(ciphers: AcceptableCiphers | undefined): readonly string[] {
  const usable = ciphers?.tls12.filter((cipher) => isUsable(cipher, "TLSv1.2")) ?? [];
  const weak = usable.filter(({ mac, forwardSecrecy }) => mac !== "AEAD" || !forwardSecrecy);
  return weak.map(({ openSslName, ianaName }) => openSslName ?? ianaName);
}

function unusable(ciphers: AcceptableCiphers, version: NegotiableTLSVersion): OptionsError<"CIPHERS_UNUSABLE"> {
  const other = version === "TLSv1.3" ? 'lowerMaximumSecurityTo: "TLSv1.2"' : 'raiseMinimumTo: "TLSv1.3"';
  const message =
    ciphers.ciphers.length === 0
      ? "acceptableCiphers selects no suite at all: leave it out for the default, or name some."
      : `acceptableCiphers has no suite for ${version}, which may be negotiated: add one, or set ${other}.`;
  return new OptionsError("CIPHERS_UNUSABLE", message, { path: "acceptableCiphers", version });
}
