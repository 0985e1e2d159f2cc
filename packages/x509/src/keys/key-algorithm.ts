// The table of public-key algorithms: one row per kind of key. Everything that depends on the kind of a key reads it
// from its row; no other file enumerates algorithms.

/** The kind of a public key. `unknown` is a key whose algorithm this package cannot name. */
export type KeyType =
  | "rsa"
  | "rsa-pss"
  | "ecdsa"
  | "ed25519"
  | "ed448"
  | "ml-dsa-44"
  | "ml-dsa-65"
  | "ml-dsa-87"
  | "dsa"
  | "unknown";

/** A named elliptic curve that the runtimes can compute on. */
export type CurveName = "P-256" | "P-384" | "P-521";

/** A named elliptic curve (RFC 5480 section 2.1.1.1). */
export interface NamedCurve {
  readonly name: CurveName;
  readonly oid: string;
  readonly coordinateBytes: number;
  /** The order of the base point: private keys are below it (SP 800-186 section 3.2.1). */
  readonly order: bigint;
}

/** A row of the table: one kind of key that this package can use, not only name. */
export interface KeyAlgorithm {
  readonly type: KeyType;
  /** The OID in the SubjectPublicKeyInfo. */
  readonly oid: string;
  /** The curve, for ECDSA: its OID is the AlgorithmIdentifier's parameter. */
  readonly curve?: NamedCurve;
  /** How AlgorithmIdentifier.parameters must look in keys that we write. */
  readonly parameters: "null" | "curve" | "absent";
  /** Length of the public key in bytes where the algorithm fixes it. */
  readonly publicKeyBytes?: number;
  /** Length of the private key in bytes where it is a plain string of bytes (Edwards curves). */
  readonly seedBytes?: number;
  /** The name that `node:crypto` generates such a key under. */
  readonly nodeName: string;
  /** The name that WebCrypto knows it under; RSA's depends on the signature scheme. */
  readonly webName: string;
  /** A human's name for it. */
  readonly label: string;
  /** The signature algorithm (a name of `signature-algorithm.ts`) that a key of this kind signs with by default. */
  readonly signsWith: string;
}

const ECDSA = {
  type: "ecdsa",
  oid: "1.2.840.10045.2.1",
  parameters: "curve",
  nodeName: "ec",
  webName: "ECDSA",
} as const;

const P256: NamedCurve = {
  name: "P-256",
  oid: "1.2.840.10045.3.1.7",
  coordinateBytes: 32,
  order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
};

const P384: NamedCurve = {
  name: "P-384",
  oid: "1.3.132.0.34",
  coordinateBytes: 48,
  order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

const P521: NamedCurve = {
  name: "P-521",
  oid: "1.3.132.0.35",
  coordinateBytes: 66,
  order:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};

/** RFC 3279 section 2.3.1. */
export const RSA: KeyAlgorithm = {
  type: "rsa",
  oid: "1.2.840.113549.1.1.1",
  parameters: "null",
  nodeName: "rsa",
  webName: "RSASSA-PKCS1-v1_5",
  label: "RSA",
  signsWith: "sha256WithRSAEncryption",
};

/** All rows. RFC 3279, RFC 5480 (ECDSA), RFC 8410 (Edwards curves), RFC 9881 (ML-DSA). */
export const KEY_ALGORITHMS: readonly KeyAlgorithm[] = [
  RSA,
  { ...ECDSA, curve: P256, label: "P-256", signsWith: "ecdsa-with-SHA256" },
  { ...ECDSA, curve: P384, label: "P-384", signsWith: "ecdsa-with-SHA384" },
  { ...ECDSA, curve: P521, label: "P-521", signsWith: "ecdsa-with-SHA512" },
  { ...pure("ed25519", "1.3.101.112", "Ed25519", 32), seedBytes: 32 },
  { ...pure("ed448", "1.3.101.113", "Ed448", 57), seedBytes: 57 },
  pure("ml-dsa-44", "2.16.840.1.101.3.4.3.17", "ML-DSA-44", 1312),
  pure("ml-dsa-65", "2.16.840.1.101.3.4.3.18", "ML-DSA-65", 1952),
  pure("ml-dsa-87", "2.16.840.1.101.3.4.3.19", "ML-DSA-87", 2592),
];

/** The OID of a key bound to RSASSA-PSS (RFC 4055 section 1.2): an RSA key with a restriction, so it has no row. */
export const RSASSA_PSS_OID = "1.2.840.113549.1.1.10";

/**
 * DSA (RFC 3279 section 2.3.2): old signatures can be checked where the runtime can, and nothing is made with it. So it
 * is no row of the table, and is never written.
 */
export const DSA: KeyAlgorithm = {
  type: "dsa",
  oid: "1.2.840.10040.4.1",
  parameters: "absent",
  nodeName: "dsa",
  webName: "DSA",
  label: "DSA",
  signsWith: "dsa-with-SHA256",
};

/** id-ecPublicKey, RFC 5480 section 2.1.1. */
export const EC_PUBLIC_KEY_OID: string = ECDSA.oid;

/** Curves that are named in errors and print-outs, and not usable. */
export const OTHER_CURVES: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10045.3.1.1", "P-192"],
  ["1.3.132.0.33", "P-224"],
  ["1.3.132.0.10", "secp256k1"],
  ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"],
  ["1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"],
  ["1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"],
  ["1.2.156.10197.1.301", "SM2"],
]);

/** The row for an algorithm OID and, for elliptic curves, a curve OID. */
export function keyAlgorithmByOid(oid: string, curveOid?: string): KeyAlgorithm | undefined {
  return KEY_ALGORITHMS.find((row) => row.oid === oid && row.curve?.oid === curveOid);
}

/** The row for a type and, for elliptic curves, a curve name. */
export function keyAlgorithmByType(type: KeyType, curveName?: string): KeyAlgorithm | undefined {
  return KEY_ALGORITHMS.find((row) => row.type === type && row.curve?.name === curveName);
}

function pure(type: KeyType, oid: string, name: string, publicKeyBytes: number): KeyAlgorithm {
  return {
    type,
    oid,
    parameters: "absent",
    publicKeyBytes,
    nodeName: type,
    webName: name,
    label: name,
    signsWith: name,
  };
}
