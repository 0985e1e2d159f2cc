/** Makes certificates that no issuer should make: every field can be wrong. For tests only; nothing is checked here. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { Certificate, PublicKey } from "@tlskit/x509";

export interface ForgeOptions {
  /** Common name; "" makes an empty subject. */
  readonly subject?: string;
  /** More attributes of the subject: OID to text. */
  readonly subjectAttributes?: Readonly<Record<string, string>>;
  readonly issuer?: Forged;
  /** Another issuer name than the issuer's. */
  readonly issuerName?: string;
  readonly key?: ForgeKey;
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly basicConstraintsCritical?: boolean;
  readonly keyUsage?: readonly (keyof typeof KEY_USAGE_BITS)[];
  readonly eku?: readonly string[];
  readonly ekuCritical?: boolean;
  readonly san?: readonly Uint8Array[];
  readonly sanCritical?: boolean;
  readonly nameConstraints?: Uint8Array;
  readonly nameConstraintsCritical?: boolean;
  readonly extensions?: readonly Uint8Array[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly serial?: number;
  readonly version?: 1 | 3;
  readonly withoutAki?: boolean;
  readonly withoutSki?: boolean;
  /** Leaves the domain parameters of a DSA key to the issuer's key. */
  readonly withoutDsaParameters?: boolean;
  readonly akiCritical?: boolean;
  readonly skiCritical?: boolean;
  readonly aki?: Uint8Array;
  readonly hash?: "sha256" | "sha1" | "md5";
  /** The algorithm inside the signed part. */
  readonly innerHash?: "sha256" | "sha384";
  readonly breakSignature?: boolean;
}

export interface ForgeKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Forged {
  readonly certificate: Certificate;
  readonly key: ForgeKey;
}

/** The moment all forged certificates are valid at, unless told otherwise. */
export const NOW: Date = new Date("2026-01-01T00:00:00Z");

export function ecKey(namedCurve = "P-256"): ForgeKey {
  return generateKeyPairSync("ec", { namedCurve });
}

/** A key whose curve is P-256, spelled out instead of named. */
export function unnamedCurveKey(): ForgeKey {
  return generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
}

export function rsaKey(modulusLength: number): ForgeKey {
  return generateKeyPairSync("rsa", { modulusLength });
}

/** A root: a CA that is its own issuer. */
export function forgeRoot(options: ForgeOptions = {}): Forged {
  return forge({ subject: "Root", ca: true, keyUsage: ["keyCertSign", "cRLSign"], ...options });
}

/** A CA below another. */
export function forgeCa(issuer: Forged, options: ForgeOptions = {}): Forged {
  return forge({ subject: "CA", ca: true, keyUsage: ["keyCertSign", "cRLSign"], issuer, ...options });
}

/** A server's certificate for a.example. */
export function forgeLeaf(issuer: Forged, options: ForgeOptions = {}): Forged {
  return forge({
    subject: "a.example",
    issuer,
    keyUsage: ["digitalSignature"],
    eku: [SERVER_AUTH],
    san: [dnsName("a.example")],
    ...options,
  });
}

export const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
export const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
export const ANY_EKU = "2.5.29.37.0";

export function forge(options: ForgeOptions): Forged {
  const key = options.key ?? ecKey();
  const signer = options.issuer?.key ?? key;
  const subject = name(options.subject ?? "", options.subjectAttributes);
  const issuerDer = options.issuer?.certificate.subject.der ?? subject;
  const issuer = options.issuerName === undefined ? issuerDer : name(options.issuerName);
  const plainSpki = key.publicKey.export({ type: "spki", format: "der" });
  const spki = options.withoutDsaParameters ? withoutDsaParameters(plainSpki) : plainSpki;
  const hash = options.hash ?? "sha256";
  const version = options.version ?? 3;
  const tbs = tlv(
    0x30,
    ...(version === 3 ? [tlv(0xa0, int(2))] : []),
    int(options.serial ?? 1000 + counter++),
    algorithm(signer, options.innerHash ?? hash),
    issuer,
    tlv(0x30, time(options.notBefore ?? "2025-01-01T00:00:00Z"), time(options.notAfter ?? "2027-01-01T00:00:00Z")),
    subject,
    spki,
    ...(version === 3 ? [tlv(0xa3, tlv(0x30, ...extensionsOf(options, key, signer)))] : []),
  );
  const signature = sign(hash, tbs, signer.privateKey);
  if (options.breakSignature) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const der = tlv(0x30, tbs, algorithm(signer, hash), tlv(0x03, Uint8Array.of(0), signature));
  return { certificate: Certificate.fromDer(der), key };
}

let counter = 0;

function extensionsOf(options: ForgeOptions, key: ForgeKey, signer: ForgeKey): Uint8Array[] {
  const list: Uint8Array[] = [];
  if (options.ca !== undefined) {
    const parts = [
      ...(options.ca ? [tlv(0x01, Uint8Array.of(0xff))] : []),
      ...(options.pathLength === undefined ? [] : [int(options.pathLength)]),
    ];
    list.push(extension("2.5.29.19", tlv(0x30, ...parts), options.basicConstraintsCritical ?? true));
  }
  if (options.keyUsage !== undefined) list.push(extension("2.5.29.15", keyUsage(options.keyUsage), true));
  if (options.eku !== undefined)
    list.push(extension("2.5.29.37", tlv(0x30, ...options.eku.map(oid)), options.ekuCritical ?? false));
  if (options.san !== undefined)
    list.push(extension("2.5.29.17", tlv(0x30, ...options.san), options.sanCritical ?? false));
  if (options.nameConstraints !== undefined) {
    list.push(extension("2.5.29.30", options.nameConstraints, options.nameConstraintsCritical ?? true));
  }
  if (!options.withoutSki) list.push(extension("2.5.29.14", tlv(0x04, keyId(key)), options.skiCritical ?? false));
  if (!options.withoutAki) {
    list.push(extension("2.5.29.35", options.aki ?? tlv(0x30, tlv(0x80, keyId(signer))), options.akiCritical ?? false));
  }
  return [...list, ...(options.extensions ?? [])];
}

// DER

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const contents = Buffer.concat(parts);
  const { length } = contents;
  const octets = [length >>> 16, length >>> 8, length].map((octet) => octet & 0xff);
  while (octets[0] === 0) octets.shift();
  const header = length < 0x80 ? [length] : [0x80 | octets.length, ...octets];
  return Buffer.concat([Uint8Array.of(tag, ...header), contents]);
}

export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return tlv(0x30, oid(id), ...(critical ? [tlv(0x01, Uint8Array.of(0xff))] : []), tlv(0x04, value));
}

export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const out = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) out.unshift((left & 0x7f) | 0x80);
    return out;
  });
  return tlv(0x06, Uint8Array.from(bytes));
}

export function int(value: number): Uint8Array {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);
}

export function text(tag: number, value: string): Uint8Array {
  return tlv(tag, Buffer.from(value, "utf8"));
}

export function dnsName(value: string): Uint8Array {
  return text(0x82, value);
}

export function emailName(value: string): Uint8Array {
  return text(0x81, value);
}

export function uriName(value: string): Uint8Array {
  return text(0x86, value);
}

export function ipName(...bytes: readonly number[]): Uint8Array {
  return tlv(0x87, Uint8Array.from(bytes));
}

export function directoryName(commonName: string): Uint8Array {
  return tlv(0xa4, name(commonName));
}

export function otherName(id: string, value: Uint8Array): Uint8Array {
  return tlv(0xa0, oid(id), tlv(0xa0, value));
}

export function constraints({
  permitted = [],
  excluded = [],
}: {
  permitted?: Uint8Array[];
  excluded?: Uint8Array[];
}): Uint8Array {
  const list = (tag: number, names: Uint8Array[]): Uint8Array[] =>
    names.length === 0 ? [] : [tlv(tag, ...names.map((one) => tlv(0x30, one)))];
  return tlv(0x30, ...list(0xa0, permitted), ...list(0xa1, excluded));
}

export function name(commonName: string, attributes: Readonly<Record<string, string>> = {}): Uint8Array {
  const all = [...Object.entries(attributes), ...(commonName === "" ? [] : [["2.5.4.3", commonName] as const])];
  return tlv(
    0x30,
    ...all.map(([id, value]) => tlv(0x31, tlv(0x30, oid(id), text(id.startsWith("1.2.840") ? 0x16 : 0x0c, value)))),
  );
}

export function keyId({ publicKey }: ForgeKey): Uint8Array {
  return createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest();
}

function time(iso: string): Uint8Array {
  return text(0x17, `${iso.replace(/[-:T]/g, "").slice(2, 14)}Z`);
}

/** The AlgorithmIdentifier of what `signer` signs. */
export function algorithm(signer: ForgeKey, hash: string): Uint8Array {
  const type = signer.privateKey.asymmetricKeyType ?? "";
  const id = ALGORITHMS[type]?.[hash] ?? "1.2.3";
  return tlv(0x30, oid(id), ...(type === "rsa" ? [tlv(0x05)] : []));
}

const ALGORITHMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rsa: {
    md5: "1.2.840.113549.1.1.4",
    sha1: "1.2.840.113549.1.1.5",
    sha256: "1.2.840.113549.1.1.11",
    sha384: "1.2.840.113549.1.1.12",
  },
  ec: {
    sha1: "1.2.840.10045.4.1",
    sha256: "1.2.840.10045.4.3.2",
    sha384: "1.2.840.10045.4.3.3",
  },
  dsa: {
    sha1: "1.2.840.10040.4.3",
    sha256: "2.16.840.1.101.3.4.3.2",
  },
};

// The BIT STRING is the last of the two parts of a SubjectPublicKeyInfo.
function withoutDsaParameters(spki: Uint8Array): Uint8Array {
  const { keyBytes } = PublicKey.fromSpki(spki);
  return tlv(0x30, tlv(0x30, oid("1.2.840.10040.4.1")), tlv(0x03, Uint8Array.of(0), keyBytes));
}

export const KEY_USAGE_BITS = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const;

function keyUsage(names: readonly (keyof typeof KEY_USAGE_BITS)[]): Uint8Array {
  const bits: number[] = names.map((usage) => KEY_USAGE_BITS[usage]);
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return tlv(0x03, Uint8Array.of(7 - Math.max(...bits), byte));
}
