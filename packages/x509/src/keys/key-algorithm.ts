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

/** id-ecPublicKey, RFC 5480 section 2.1.1. */
export const EC_PUBLIC_KEY_OID = "1.2.840.10045.2.1";

/** All rows. RFC 3279, RFC 5480 (ECDSA), RFC 8410 (Edwards curves), RFC 9881 (ML-DSA). */
export function keyAlgorithms(): readonly KeyAlgorithm[] {
  rows ??= makeRows();
  return rows;
}

let rows: readonly KeyAlgorithm[] | undefined;

function makeRows(): readonly KeyAlgorithm[] {
  return [
    RSA,
    ecdsa("P-256", "1.2.840.10045.3.1.7", 32, "ecdsa-with-SHA256"),
    ecdsa("P-384", "1.3.132.0.34", 48, "ecdsa-with-SHA384"),
    ecdsa("P-521", "1.3.132.0.35", 66, "ecdsa-with-SHA512"),
    pure("1.3.101.112", "Ed25519", 32, 32),
    pure("1.3.101.113", "Ed448", 57, 57),
    pure("2.16.840.1.101.3.4.3.17", "ML-DSA-44", 1312),
    pure("2.16.840.1.101.3.4.3.18", "ML-DSA-65", 1952),
    pure("2.16.840.1.101.3.4.3.19", "ML-DSA-87", 2592),
  ];
}

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

/** An algorithm of keys that are not used here, for errors and print-outs: `X25519 (1.3.101.110)`, or the OID alone. */
export function otherKeyName(oid: string): string {
  const name = OTHER_KEYS.get(oid);
  return name === undefined ? oid : `${name} (${oid})`;
}

// Key agreement, which signs nothing (RFC 3279, RFC 8410, RFC 9935), and DSA. Literals only: a bundler cannot leave out
// what it would have to compute.
const OTHER_KEYS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.3.1", "DH"],
  ["1.2.840.10046.2.1", "X9.42 DH"],
  ["1.3.101.110", "X25519"],
  ["1.3.101.111", "X448"],
  ["2.16.840.1.101.3.4.4.1", "ML-KEM-512"],
  ["2.16.840.1.101.3.4.4.2", "ML-KEM-768"],
  ["2.16.840.1.101.3.4.4.3", "ML-KEM-1024"],
  ["1.2.840.10040.4.1", "DSA"],
]);

/** The row for an algorithm OID and, for elliptic curves, a curve OID. */
export function keyAlgorithmByOid(oid: string, curveOid?: string): KeyAlgorithm | undefined {
  return keyAlgorithms().find((row) => row.oid === oid && row.curve?.oid === curveOid);
}

/** The row for a type and, for elliptic curves, a curve name. */
export function keyAlgorithmByType(type: KeyType, curveName?: string): KeyAlgorithm | undefined {
  return keyAlgorithms().find((row) => row.type === type && row.curve?.name === curveName);
}

function ecdsa(name: CurveName, oid: string, coordinateBytes: number, signsWith: string): KeyAlgorithm {
  return {
    type: "ecdsa",
    oid: EC_PUBLIC_KEY_OID,
    curve: { name, oid, coordinateBytes },
    parameters: "curve",
    nodeName: "ec",
    webName: "ECDSA",
    label: name,
    signsWith,
  };
}

function pure(oid: string, name: string, publicKeyBytes: number, seedBytes?: number): KeyAlgorithm {
  const type = name.toLowerCase();
  return {
    type: type as KeyType,
    oid,
    parameters: "absent",
    publicKeyBytes,
    ...(seedBytes !== undefined && { seedBytes }),
    nodeName: type,
    webName: name,
    label: name,
    signsWith: name,
  };
}
