/**
 * OpenSSL's TRUSTED CERTIFICATE: a certificate, and after it what it is trusted for.
 *
 *     X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, reject [0] SEQUENCE OF OBJECT IDENTIFIER
 *       OPTIONAL, alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL, other [1] SEQUENCE OF AlgorithmIdentifier OPTIONAL }
 *
 * @see openssl-x509(1), "Trust options"; X509_CERT_AUX in crypto/x509/x_x509a.c, obj_trust in crypto/x509/x509_trust.c
 */
import type { Purpose } from "@tlskit/verify";
import { Certificate, DerReader } from "@tlskit/x509";
import { ALL_PURPOSES, ANY_PURPOSE_OID, purposesOf } from "../anchors/purposes.ts";

/** What such a block says. */
export interface TrustedCertificate {
  readonly certificate: Certificate;
  /** What it is trusted for; absent: everything. Empty: nothing that this package has a purpose for. */
  readonly purposes?: readonly Purpose[];
  /** Whether it is refused for everything: such blocks are how block lists are written in this format. */
  readonly distrusted: boolean;
}

/** @throws X509Error for what is not DER, or not of that form */
export function readTrustedCertificate(bytes: Uint8Array): TrustedCertificate {
  const reader = new DerReader(bytes);
  const certificate = Certificate.fromDer(reader.raw("a certificate"));
  if (reader.peek() === -1) return { certificate, distrusted: false };
  const aux = reader.enter(0x30, "X509_CERT_AUX");
  reader.done("the TRUSTED CERTIFICATE");
  const trust = aux.peek() === 0x30 ? readOids(aux, 0x30) : undefined;
  const reject = aux.peek() === 0xa0 ? readOids(aux, 0xa0) : [];
  if (aux.peek() === 0x0c) aux.next("an alias");
  if (aux.peek() === 0x04) aux.octetString("a key identifier");
  if (aux.peek() === 0xa1) aux.next("other algorithms");
  aux.done("X509_CERT_AUX");
  return { certificate, ...decide(trust, reject) };
}

function readOids(reader: DerReader, tag: number): readonly string[] {
  const list = reader.enter(tag, "a list of purposes");
  const oids: string[] = [];
  while (list.peek() !== -1) oids.push(list.oid("a purpose"));
  return oids;
}

/** Rejections go before trust; without a list of trust, it is trusted for whatever is not rejected. */
function decide(
  trust: readonly string[] | undefined,
  reject: readonly string[],
): Pick<TrustedCertificate, "purposes" | "distrusted"> {
  if (trust === undefined && reject.length === 0) return { distrusted: false };
  const rejected = purposesOf(reject);
  const trusted = trust?.filter((oid) => !reject.includes(oid));
  const left = (trusted === undefined ? ALL_PURPOSES : purposesOf(trusted)).filter((one) => !rejected.includes(one));
  const nothingLeft = trusted === undefined ? BLOCKED.every((one) => rejected.includes(one)) : trusted.length === 0;
  const distrusted = reject.includes(ANY_PURPOSE_OID) || (reject.length > 0 && nothingLeft);
  return { purposes: distrusted ? [] : left, distrusted };
}

/** What block lists reject: p11-kit writes these, and some that we have no purpose for. */
const BLOCKED: readonly Purpose[] = ["server", "client", "email", "codeSigning"];
