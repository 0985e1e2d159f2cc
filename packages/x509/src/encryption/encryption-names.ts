// The names of what encrypts and authenticates with a passphrase, for errors that a person can act on.

import { X509Error } from "../error.ts";

/** The error for an algorithm that is not read, or only with `legacy`. */
export function unsupportedEncryption(oid: string, what: string, hint: string): X509Error {
  const algorithm = names.get(oid) ?? oid;
  const named = algorithm === oid ? oid : `${algorithm} (${oid})`;
  return new X509Error("UNSUPPORTED_ALGORITHM", `not supported as ${what}: ${named}; ${hint}`, { algorithm, oid });
}

// RFC 8018 appendix C, RFC 7292 appendix C, RFC 7914 section 7, RFC 9579 and the hashes of RFC 8017.
const names: ReadonlyMap<string, string> = new Map([
  ["1.2.392.200011.61.1.1.1.2", "Camellia-128-CBC"],
  ["1.2.392.200011.61.1.1.1.3", "Camellia-192-CBC"],
  ["1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"],
  ["1.2.410.200046.1.1.2", "ARIA-128-CBC"],
  ["1.2.410.200046.1.1.7", "ARIA-192-CBC"],
  ["1.2.410.200046.1.1.12", "ARIA-256-CBC"],
  ["1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"],
  ["1.2.840.113549.1.5.3", "pbeWithMD5AndDES-CBC"],
  ["1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"],
  ["1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"],
  ["1.2.840.113549.1.5.10", "pbeWithSHA1AndDES-CBC"],
  ["1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"],
  ["1.2.840.113549.1.5.12", "PBKDF2"],
  ["1.2.840.113549.1.5.13", "PBES2"],
  ["1.2.840.113549.1.5.14", "PBMAC1"],
  ["1.2.840.113549.1.12.1.1", "pbeWithSHAAnd128BitRC4"],
  ["1.2.840.113549.1.12.1.2", "pbeWithSHAAnd40BitRC4"],
  ["1.2.840.113549.1.12.1.3", "pbeWithSHAAnd3-KeyTripleDES-CBC"],
  ["1.2.840.113549.1.12.1.4", "pbeWithSHAAnd2-KeyTripleDES-CBC"],
  ["1.2.840.113549.1.12.1.5", "pbeWithSHAAnd128BitRC2-CBC"],
  ["1.2.840.113549.1.12.1.6", "pbeWithSHAAnd40BitRC2-CBC"],
  ["1.2.840.113549.2.5", "MD5"],
  ["1.2.840.113549.2.6", "HMAC-MD5"],
  ["1.2.840.113549.2.7", "HMAC-SHA-1"],
  ["1.2.840.113549.2.8", "HMAC-SHA-224"],
  ["1.2.840.113549.2.9", "HMAC-SHA-256"],
  ["1.2.840.113549.2.10", "HMAC-SHA-384"],
  ["1.2.840.113549.2.11", "HMAC-SHA-512"],
  ["1.2.840.113549.2.12", "HMAC-SHA-512/224"],
  ["1.2.840.113549.2.13", "HMAC-SHA-512/256"],
  ["1.2.840.113549.3.2", "RC2-CBC"],
  ["1.2.840.113549.3.4", "RC4"],
  ["1.2.840.113549.3.7", "DES-EDE3-CBC"],
  ["1.2.840.113549.3.9", "RC5-CBC"],
  ["1.3.6.1.4.1.11591.4.11", "scrypt"],
  ["1.3.14.3.2.7", "DES-CBC"],
  ["1.3.14.3.2.26", "SHA-1"],
  ["1.3.36.3.2.1", "RIPEMD-160"],
  ...aesModes(128, 0),
  ...aesModes(192, 20),
  ...aesModes(256, 40),
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
  ["2.16.840.1.101.3.4.2.4", "SHA-224"],
  ["2.16.840.1.101.3.4.2.5", "SHA-512/224"],
  ["2.16.840.1.101.3.4.2.6", "SHA-512/256"],
  ["2.16.840.1.101.3.4.2.7", "SHA3-224"],
  ["2.16.840.1.101.3.4.2.8", "SHA3-256"],
  ["2.16.840.1.101.3.4.2.9", "SHA3-384"],
  ["2.16.840.1.101.3.4.2.10", "SHA3-512"],
  ["1.0.10118.3.0.55", "Whirlpool"],
]);

/** The modes of AES beside CBC; each key size has an arc of its own (NIST's registry of objects). */
function aesModes(bits: number, first: number): [string, string][] {
  const modes = ["ECB", "", "OFB", "CFB", "wrap", "GCM", "CCM"];
  return modes.flatMap((mode, index) =>
    mode === "" ? [] : [[`2.16.840.1.101.3.4.1.${first + index + 1}`, `AES-${bits}-${mode}`]],
  );
}
