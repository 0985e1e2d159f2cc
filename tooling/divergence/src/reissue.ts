// Certificates made again with keys of our own, and otherwise as they were, byte for byte: names, times, extensions, key
// identifiers. So a real server can show chains whose private keys are not published.

import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { DerReader, pemEncode } from "@tlskit/x509";

/** A chain that somebody else made. */
export interface OriginalChain {
  /** PEM, one each. */
  readonly trust: readonly string[];
  readonly intermediates: readonly string[];
  readonly leaf: string;
}

/** The same with our keys. */
export interface ReissuedChain {
  readonly trust: readonly string[];
  /** The leaf and the intermediates. */
  readonly chain: string;
  /** The leaf's key. */
  readonly key: string;
  /** A name that the leaf is for. */
  readonly name: string;
}

/**
 * Makes a chain again. Who signed a certificate signs it again, and a signature that was wrong is wrong again. One key
 * for each that there was. A leaf without a dNSName gets one, because nobody connects to a server without a name;
 * undefined if there are keys (DSA) for which TLS has no signatures.
 */
export function reissue({ trust, intermediates, leaf }: OriginalChain): ReissuedChain | undefined {
  const originals = [...trust, ...intermediates, leaf].map((pem) => new X509Certificate(pem));
  if (!originals.every(hasRsaKey)) return undefined;
  const keys = new Map(originals.map(({ publicKey }) => [spkiOf(publicKey).toString("hex"), freshKey()]));
  const keyOf = ({ publicKey }: X509Certificate): FreshKey => found(keys.get(spkiOf(publicKey).toString("hex")));
  const made = originals.map((one, index) => {
    const signer = originals.find((other) => one.verify(other.publicKey));
    const issuer = signer ?? originals.find(({ subject }) => subject === one.issuer) ?? one;
    const isLeaf = index === originals.length - 1;
    const tbs = withKey(one.raw, keyOf(one).spki, isLeaf ? named : (extensions) => extensions);
    const signature = sign("sha256", tbs, keyOf(issuer).key);
    if (signer === undefined) signature[signature.length - 1] = ~(signature.at(-1) ?? 0);
    const der = tlv(sequence, tbs, ecdsaWithSha256, tlv(bitString, Uint8Array.of(0), signature));
    return pemEncode("CERTIFICATE", der);
  });
  return {
    trust: made.slice(0, trust.length),
    chain: [made.at(-1), ...made.slice(trust.length, -1)].join("\n"),
    key: keyOf(found(originals.at(-1)))
      .key.export({ type: "pkcs8", format: "pem" })
      .toString(),
    name: dnsNameOf(found(originals.at(-1))) ?? addedName,
  };
}

interface FreshKey {
  readonly spki: Uint8Array;
  readonly key: KeyObject;
}

function freshKey(): FreshKey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { spki: publicKey, key: createPrivateKey(privateKey) };
}

function hasRsaKey(certificate: X509Certificate): boolean {
  try {
    return certificate.publicKey.asymmetricKeyType === "rsa";
  } catch {
    return false; // DSA parameters that are in another certificate.
  }
}

function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: "spki", format: "der" });
}

/** The TBSCertificate with another key, and the algorithm that its signature will have (RFC 5280, section 4.1). */
function withKey(der: Uint8Array, spki: Uint8Array, edit: (extensions: Uint8Array[]) => Uint8Array[]): Uint8Array {
  const tbs = new DerReader(der).enter(sequence, "Certificate").enter(sequence, "TBSCertificate");
  const [version, serialNumber] = [tbs.raw(), tbs.raw()];
  tbs.raw();
  const [issuer, validity, subject] = [tbs.raw(), tbs.raw(), tbs.raw()];
  tbs.raw();
  const extensions = elements(tbs.enter(explicitThree, "extensions").enter(sequence, "Extensions"));
  const edited = tlv(explicitThree, tlv(sequence, ...edit(extensions)));
  return tlv(sequence, version, serialNumber, ecdsaWithSha256, issuer, validity, subject, spki, edited);
}

/** With a dNSName among the alternative names, unless there is one. */
function named(extensions: Uint8Array[]): Uint8Array[] {
  const isAltName = (one: Uint8Array): boolean => new DerReader(one).enter(sequence, "Extension").oid() === altNameOid;
  const names = extensions.filter(isAltName).flatMap(altNames);
  if (names.some((name) => name[0] === dnsName)) return extensions;
  const added = tlv(dnsName, new TextEncoder().encode(addedName));
  const value = tlv(octetString, tlv(sequence, ...names, added));
  return [...extensions.filter((one) => !isAltName(one)), tlv(sequence, altNameType, value)];
}

function altNames(extension: Uint8Array): Uint8Array[] {
  const fields = new DerReader(extension).enter(sequence, "Extension");
  fields.oid();
  if (fields.peek() === 0x01) fields.boolean();
  return elements(new DerReader(fields.octetString()).enter(sequence, "GeneralNames"));
}

function elements(reader: DerReader): Uint8Array[] {
  const all: Uint8Array[] = [];
  while (reader.peek() !== -1) all.push(reader.raw());
  return all;
}

function dnsNameOf({ subjectAltName }: X509Certificate): string | undefined {
  return /(?:^|, )DNS:([^,]+)/.exec(subjectAltName ?? "")?.[1];
}

function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Uint8Array.of(tag, ...size, ...content);
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a chain without it");
  return value;
}

// Tags.
const [sequence, bitString, octetString, dnsName, explicitThree] = [0x30, 0x03, 0x04, 0x82, 0xa3];
const altNameOid = "2.5.29.17";
const altNameType: Uint8Array = Uint8Array.of(0x06, 0x03, 0x55, 0x1d, 0x11);
// ecdsa-with-SHA256, RFC 5758 section 3.2.
const ecdsaWithSha256: Uint8Array = Uint8Array.of(0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 2);
const addedName = "server.example";
