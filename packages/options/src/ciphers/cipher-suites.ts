import { wrongType } from "../input/wrong-value.ts";
import { type Cipher, describeSuite } from "./cipher.ts";
import { SUITE_ROWS } from "./suite-table.ts";

/**
 * Every suite of TLS 1.2 and 1.3 that IANA knows, ascending by code point; always the same objects. They are made when
 * first asked for: most programs never ask.
 *
 * @example
 * cipherSuites().filter(({ forwardSecrecy }) => forwardSecrecy);
 */
export function cipherSuites(): readonly Cipher[] {
  suites ??= Object.freeze(SUITE_ROWS.map(describeSuite));
  return suites;
}

let suites: readonly Cipher[] | undefined;

/**
 * The suite with this name, IANA's or OpenSSL's.
 *
 * @throws OptionsError OPTION_TYPE_INVALID for what is no string
 * @example
 * cipherByName("ECDHE-RSA-AES128-GCM-SHA256")?.ianaName; // "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
 */
export function cipherByName(name: string): Cipher | undefined {
  if (typeof name !== "string") throw wrongType("name", "the name of a cipher suite", name);
  byName ??= new Map(
    cipherSuites().flatMap((cipher) => [
      [cipher.ianaName, cipher] as const,
      ...(cipher.openSslName === undefined ? [] : [[cipher.openSslName, cipher] as const]),
    ]),
  );
  return byName.get(name);
}

let byName: ReadonlyMap<string, Cipher> | undefined;

/** Whether OpenSSL 3 has the suite without the legacy provider and without build options: only these does it select. */
export function isInDefaultBuild({ openSslName, protocol, encryption }: Cipher): boolean {
  return openSslName !== undefined && protocol !== "TLSv1.3" && !/^(RC4|3DES|SEED)/.test(encryption);
}
