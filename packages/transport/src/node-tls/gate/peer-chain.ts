// The certificates that a peer presented, out of what the runtimes show of them.

import type { X509Certificate } from "node:crypto";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { TrustAnchors } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import type { NodeTlsRuntime } from "../runtime.ts";
import { certificateOf } from "./known-certificates.ts";

/** What a peer presented, its own certificate first. */
export interface PresentedChain {
  /** As DER: certificates that do not parse are a reason for refusal, not for an exception here. */
  readonly der: readonly Uint8Array[];
  /** Those that parse. */
  readonly certificates: readonly Certificate[];
  /** Its own certificate, if it parses. */
  readonly leaf: Certificate | undefined;
}

/** Reads the chain. To be called once, before anything else asks the socket for certificates. */
export function readPresentedChain(
  socket: TLSSocket,
  { chainAsSent, sentChain }: NodeTlsRuntime,
  trust: TrustAnchors,
): PresentedChain {
  const own = sentChain?.(socket);
  if (own !== undefined) return chainOf(own.slice(0, maxCertificates));
  // One or the other: `getPeerX509Certificate` takes the chain out of the native session, and what is asked after it
  // finds nothing. `getPeerCertificate` adds from the runtime's own trust; Node's and Deno's leaves out what does not link.
  const sent = chainAsSent === "getPeerX509Certificate" ? walk(socket.getPeerX509Certificate(), linkOfX509) : [];
  if (sent.length > 0) return chainOf(sent);
  const shown = walk(socket.getPeerCertificate(true), linkOfDetails);
  return withoutOurRoot(chainOf(chainAsSent === "getPeerCertificate" ? shown : withoutStrangers(shown)), trust);
}

/** The same of certificates in DER. */
export function chainOf(der: readonly Uint8Array[]): PresentedChain {
  const parsed = der.map(parseOrNothing);
  return { der, certificates: parsed.filter((certificate) => certificate !== undefined), leaf: parsed[0] };
}

// OpenSSL's default limit for what a peer may send is 100 kB, some 100 certificates.
const maxCertificates = 128;

interface Link<T> {
  readonly raw: Uint8Array | undefined;
  readonly next: T | undefined;
}

/** Follows the links from a certificate to the next; a self-signed one links to itself. */
function walk<T extends object>(first: T | undefined, linkOf: (from: T) => Link<T>): Uint8Array[] {
  const found: Uint8Array[] = [];
  const seen = new Set<T>();
  for (let at = first; at !== undefined && !seen.has(at) && found.length < maxCertificates; ) {
    seen.add(at);
    const { raw, next } = linkOf(at);
    if (raw === undefined || raw.byteLength === 0) break;
    // Another object for the same certificate is a cycle as well.
    if (found.some((earlier) => sameBytes(earlier, raw)) && next === at) break;
    found.push(new Uint8Array(raw));
    at = next;
  }
  return found;
}

function linkOfDetails(details: Partial<DetailedPeerCertificate>): Link<Partial<DetailedPeerCertificate>> {
  return { raw: details.raw, next: details.issuerCertificate };
}

function linkOfX509(certificate: X509Certificate): Link<X509Certificate> {
  return { raw: certificate.raw, next: certificate.issuerCertificate };
}

/**
 * A root of ours at the end is what the runtime has added, in all likelihood: peers need not send theirs, and few do. To
 * our verifier it makes no difference.
 */
function withoutOurRoot(chain: PresentedChain, trust: TrustAnchors): PresentedChain {
  const { der, certificates, leaf } = chain;
  const last = certificates.at(-1);
  if (last === undefined || certificates.length !== der.length || der.length === 1) return chain;
  if (!last.isSelfIssued || trust.find(last) === undefined) return chain;
  return { der: der.slice(0, -1), certificates: certificates.slice(0, -1), leaf };
}

/** Deno was seen to append a CA that has nothing to do with the chain: what issued nothing before it, at the end, goes. */
function withoutStrangers(der: readonly Uint8Array[]): readonly Uint8Array[] {
  let count = der.length;
  while (count > 1 && !issuedAnyOf(der.slice(0, count - 1), der[count - 1])) count--;
  return der.slice(0, count);
}

function issuedAnyOf(candidates: readonly Uint8Array[], issuer: Uint8Array | undefined): boolean {
  const { subject } = parseOrNothing(issuer) ?? {};
  return subject === undefined || candidates.some((der) => parseOrNothing(der)?.issuer.equals(subject) ?? false);
}

function parseOrNothing(der: Uint8Array | undefined): Certificate | undefined {
  try {
    return der === undefined ? undefined : certificateOf(der);
  } catch {
    return undefined;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
