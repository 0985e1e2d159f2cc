// OBJECT IDENTIFIER: contents to dotted text and back (X.690 8.19), and the names of those we know.

import { X509Error } from "../error.ts";
import { derFail, limitFail } from "./fail.ts";

/** No registered identifier comes near; the bound keeps hostile arcs from costing quadratic time. */
const maxOidBytes = 127;

/** Throws unless the contents `[start, end)` are a well-formed, minimal OBJECT IDENTIFIER. */
export function assertOid(bytes: Uint8Array, start: number, end: number): void {
  if (end === start) derFail("DER_BAD_VALUE", start, "an OBJECT IDENTIFIER that is not empty");
  if (end - start > maxOidBytes) limitFail(start, "octets in an OBJECT IDENTIFIER", maxOidBytes);
  let previous = 0;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (octet === 0x80 && previous < 0x80) derFail("DER_BAD_VALUE", index, "a minimal arc of an OBJECT IDENTIFIER");
    previous = octet;
  }
  if (previous >= 0x80) derFail("DER_BAD_VALUE", end - 1, "the end of an arc of an OBJECT IDENTIFIER");
}

/** Dotted text of the contents `[start, end)`; arcs may be larger than 2^53. */
export function decodeOid(bytes: Uint8Array, start: number, end: number): string {
  let hash = end - start;
  for (let index = start; index < end; index++) hash = (hash * 31 + (bytes[index] ?? 0)) & 0xffff;
  const slot = hash % memory.length;
  const known = memory[slot];
  if (known !== undefined && isSame(known.octets, bytes, start, end)) return known.text;
  const text = decodeAnyOid(bytes, start, end);
  // Not `slice`, which on a Buffer makes a view: whoever changed it would change what is remembered.
  memory[slot] = { octets: new Uint8Array(bytes.subarray(start, end)), text };
  return text;
}

function isSame(octets: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (octets.length !== end - start) return false;
  for (let index = 0; index < octets.length; index++) if (octets[index] !== bytes[start + index]) return false;
  return true;
}

// The few dozen that are read again and again. A new one takes the place of another, so what strangers send cannot
// fill it.
const memory: ({ readonly octets: Uint8Array; readonly text: string } | undefined)[] = /* @__PURE__ */ Array(257);

function decodeAnyOid(bytes: Uint8Array, start: number, end: number): string {
  assertOid(bytes, start, end);
  let text = "";
  let arc = 0;
  let big: bigint | undefined;
  for (let index = start; index < end; index++) {
    const octet = bytes[index] ?? 0;
    if (big === undefined && arc >= 2 ** 46) big = BigInt(arc);
    if (big === undefined) arc = arc * 128 + (octet & 0x7f);
    else big = big * 128n + BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text === "") text = firstArcs(big ?? arc);
    else text += `.${big ?? arc}`;
    arc = 0;
    big = undefined;
  }
  return text;
}

/**
 * The contents octets of an OBJECT IDENTIFIER given as dotted text.
 *
 * @throws X509Error ARGUMENT_INVALID if the text is not one
 */
export function encodeOid(text: string): Uint8Array {
  if (!isOidText(text)) {
    throw new X509Error("ARGUMENT_INVALID", `not an OBJECT IDENTIFIER: ${JSON.stringify(text)}`, {
      argument: "oid",
      expected: "arcs with dots between them, as in 2.5.4.3",
    });
  }
  const [first = 0n, second = 0n, ...rest] = text.split(".").map(BigInt);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) pushArc(octets, arc);
  return Uint8Array.from(octets);
}

/** As {@link encodeOid}, kept for the next time: for the OIDs that code asks for. Do not change the array. */
export function oidOctets(text: string): Uint8Array {
  let octets = knownOctets.get(text);
  if (octets === undefined) {
    octets = encodeOid(text);
    if (knownOctets.size < 256) knownOctets.set(text, octets);
  }
  return octets;
}

const knownOctets: Map<string, Uint8Array> = /* @__PURE__ */ new Map();

/** Is this dotted text that {@link encodeOid} takes? */
export function isOidText(text: string): boolean {
  return (
    text.length <= 512 && /^(?:[01]\.(?:[0-9]|[1-3][0-9])|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/.test(text)
  );
}

/** The short name of an OID that we know, as OpenSSL and the RFCs write it, or undefined. */
export function oidName(oid: string): string | undefined {
  return namesByOid.get(oid);
}

function firstArcs(value: number | bigint): string {
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${Number(value) - 40}`;
  return `2.${typeof value === "bigint" ? value - 80n : value - 80}`;
}

function pushArc(octets: number[], arc: bigint): void {
  const reversed = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) reversed.push(Number(rest & 0x7fn) | 0x80);
  octets.push(...reversed.reverse());
}

const oidNames: Readonly<Record<string, string>> = {
  "2.5.29.9": "subjectDirectoryAttributes",
  "2.5.29.14": "subjectKeyIdentifier",
  "2.5.29.15": "keyUsage",
  "2.5.29.16": "privateKeyUsagePeriod",
  "2.5.29.17": "subjectAltName",
  "2.5.29.18": "issuerAltName",
  "2.5.29.19": "basicConstraints",
  "2.5.29.20": "cRLNumber",
  "2.5.29.21": "reasonCode",
  "2.5.29.24": "invalidityDate",
  "2.5.29.27": "deltaCRLIndicator",
  "2.5.29.28": "issuingDistributionPoint",
  "2.5.29.29": "certificateIssuer",
  "2.5.29.30": "nameConstraints",
  "2.5.29.31": "cRLDistributionPoints",
  "2.5.29.32": "certificatePolicies",
  "2.5.29.32.0": "anyPolicy",
  "2.5.29.33": "policyMappings",
  "2.5.29.35": "authorityKeyIdentifier",
  "2.5.29.36": "policyConstraints",
  "2.5.29.37": "extKeyUsage",
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "2.5.29.46": "freshestCRL",
  "2.5.29.54": "inhibitAnyPolicy",
  "1.3.6.1.5.5.7.1.1": "authorityInfoAccess",
  "1.3.6.1.5.5.7.1.11": "subjectInfoAccess",
  "1.3.6.1.5.5.7.1.24": "tlsFeature",
  "1.3.6.1.5.5.7.1.31": "acmeIdentifier",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.5.5.7.48.1": "ocsp",
  "1.3.6.1.5.5.7.48.1.1": "ocspBasic",
  "1.3.6.1.5.5.7.48.1.2": "ocspNonce",
  "1.3.6.1.5.5.7.48.1.3": "ocspCrl",
  "1.3.6.1.5.5.7.48.1.4": "ocspResponse",
  "1.3.6.1.5.5.7.48.1.5": "ocspNoCheck",
  "1.3.6.1.5.5.7.48.1.6": "ocspArchiveCutoff",
  "1.3.6.1.5.5.7.48.1.7": "ocspServiceLocator",
  "1.3.6.1.5.5.7.48.1.8": "ocspPreferredSignatureAlgorithms",
  "1.3.6.1.5.5.7.48.1.9": "ocspExtendedRevoke",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
  "1.3.6.1.5.5.7.48.3": "timeStampingAccess",
  "1.3.6.1.5.5.7.48.5": "caRepository",
  "1.3.6.1.4.1.11129.2.4.2": "signedCertificateTimestampList",
  "1.3.6.1.4.1.11129.2.4.3": "certificateTransparencyPoison",
  "2.16.840.1.113730.1.1": "netscapeCertType",
  "2.16.840.1.113730.1.13": "netscapeComment",
  "1.2.840.113549.1.9.2": "unstructuredName",
  "1.2.840.113549.1.9.7": "challengePassword",
  "1.2.840.113549.1.9.8": "unstructuredAddress",
  "1.2.840.113549.1.9.14": "extensionRequest",
};

// A Map looks up texts that were just read faster than an object does.
const namesByOid: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(/* @__PURE__ */ Object.entries(oidNames));
