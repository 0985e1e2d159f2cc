// The table of signature algorithms: one row joins an OID, the rule for its parameters, the keys it goes with and the
// scheme that the cryptographic library is told. No other file enumerates signature algorithms.
//
// RFC 3279 and RFC 4055 (RSA), RFC 5758 (ECDSA), RFC 8410 (Edwards curves), RFC 9881 (ML-DSA).

import type { HashName } from "../digest/hash-name.ts";
import { type KeyType, RSASSA_PSS_OID } from "../keys/key-algorithm.ts";
import type { PssParameters } from "./pss-parameters.ts";
import type { SignatureScheme } from "./signature-scheme.ts";

/** What an algorithm is, without the bytes that it was read from. */
export interface SignatureAlgorithmRow {
  readonly oid: string;
  readonly name: string;
  readonly keyTypes: readonly KeyType[];
  /** What may stand in AlgorithmIdentifier.parameters; "null" means NULL or nothing. */
  readonly parameters?: "null" | "absent" | "pss";
  readonly scheme?: SignatureScheme | undefined;
  readonly unsupported?: string;
  readonly hash?: HashName;
  readonly weak?: boolean;
  readonly pss?: PssParameters;
}

/** The rows by OID, made when first needed. RSASSA-PSS has one without what only its parameters tell. */
export function signatureAlgorithmRows(): ReadonlyMap<string, SignatureAlgorithmRow> {
  table ??= new Map(tableText.split("\n").map(readRow));
  return table;
}

/** The row of RSASSA-PSS with these parameters. */
export function pssRow(pss: PssParameters): SignatureAlgorithmRow {
  return {
    oid: RSASSA_PSS_OID,
    name: `rsassaPss-${pss.hash.replace("-", "")}`,
    keyTypes: ["rsa", "rsa-pss"],
    pss,
    ...hashed({ kind: "rsa-pss", ...pss }),
  };
}

function readRow(text: string): [string, SignatureAlgorithmRow] {
  const [kind, oid, name, hash] = text.split(" ") as [string, string, string, HashName];
  switch (kind) {
    case "rsa":
      return [oid, { oid, name, keyTypes: ["rsa"], parameters: "null", ...hashed({ kind: "rsa-pkcs1", hash }) }];
    case "ecdsa":
    case "dsa":
      return [oid, { oid, name, keyTypes: [kind], parameters: "absent", ...hashed({ kind, hash }) }];
    case "pure":
      return [oid, { oid, name, keyTypes: [name.toLowerCase() as KeyType], parameters: "absent", scheme: { kind } }];
    case "pss":
      return [oid, { oid, name, keyTypes: ["rsa", "rsa-pss"], parameters: "pss" }];
    default: {
      const [what, type] = kind.split("-");
      const weak = /^md/.test(name);
      const unsupported = what === "old" ? "it is obsolete" : "it is not implemented";
      return [oid, { oid, name, keyTypes: [type as KeyType], weak, unsupported, ...(hash && { hash }) }];
    }
  }
}

function hashed(
  scheme: SignatureScheme & { readonly hash: HashName },
): Pick<SignatureAlgorithmRow, "scheme" | "hash" | "weak"> {
  return { scheme, hash: scheme.hash, weak: scheme.hash === "SHA-1" || scheme.hash === "MD5" };
}

let table: ReadonlyMap<string, SignatureAlgorithmRow> | undefined;

// Scheme, OID, name, hash. What begins with "old" or "rare" has a name, and nothing else here.
const tableText = `rsa 1.2.840.113549.1.1.5 sha1WithRSAEncryption SHA-1
rsa 1.3.14.3.2.29 sha1WithRSA SHA-1
rsa 1.2.840.113549.1.1.11 sha256WithRSAEncryption SHA-256
rsa 1.2.840.113549.1.1.12 sha384WithRSAEncryption SHA-384
rsa 1.2.840.113549.1.1.13 sha512WithRSAEncryption SHA-512
pss 1.2.840.113549.1.1.10 rsassaPss
ecdsa 1.2.840.10045.4.1 ecdsa-with-SHA1 SHA-1
ecdsa 1.2.840.10045.4.3.2 ecdsa-with-SHA256 SHA-256
ecdsa 1.2.840.10045.4.3.3 ecdsa-with-SHA384 SHA-384
ecdsa 1.2.840.10045.4.3.4 ecdsa-with-SHA512 SHA-512
pure 1.3.101.112 Ed25519
pure 1.3.101.113 Ed448
pure 2.16.840.1.101.3.4.3.17 ML-DSA-44
pure 2.16.840.1.101.3.4.3.18 ML-DSA-65
pure 2.16.840.1.101.3.4.3.19 ML-DSA-87
old-rsa 1.2.840.113549.1.1.2 md2WithRSAEncryption
old-rsa 1.2.840.113549.1.1.3 md4WithRSAEncryption
old-rsa 1.2.840.113549.1.1.4 md5WithRSAEncryption MD5
old-rsa 1.2.840.113549.1.1.14 sha224WithRSAEncryption
old-ecdsa 1.2.840.10045.4.3.1 ecdsa-with-SHA224
dsa 1.2.840.10040.4.3 dsa-with-SHA1 SHA-1
old-dsa 2.16.840.1.101.3.4.3.1 dsa-with-SHA224
dsa 2.16.840.1.101.3.4.3.2 dsa-with-SHA256 SHA-256
old-rsa 1.3.36.3.3.1.2 rsaSignatureWithripemd160
rare-rsa 1.2.840.113549.1.1.15 sha512-224WithRSAEncryption
rare-rsa 1.2.840.113549.1.1.16 sha512-256WithRSAEncryption
rare-ecdsa 2.16.840.1.101.3.4.3.10 ecdsa-with-SHA3-256
rare-ecdsa 2.16.840.1.101.3.4.3.11 ecdsa-with-SHA3-384
rare-ecdsa 2.16.840.1.101.3.4.3.12 ecdsa-with-SHA3-512
rare-rsa 2.16.840.1.101.3.4.3.14 RSA-SHA3-256
rare-rsa 2.16.840.1.101.3.4.3.15 RSA-SHA3-384
rare-rsa 2.16.840.1.101.3.4.3.16 RSA-SHA3-512`;
