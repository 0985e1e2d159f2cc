// Certificates of peers that were let in, read once: the same few come again with every connection, and what was decoded
// of a certificate is kept in its object. Nothing is decided by being in here.

import { Certificate } from "@tlskit/x509";

interface Known {
  readonly der: Buffer;
  readonly certificate: Certificate;
}

const maxKnown = 512;
// A peer that was let in shall not fill the memory either.
const maxLength = 16_384;

// Most peers show what the last few have shown. To look for that here costs less than a key, and a Map in new order.
const lately: Known[] = [];
const maxLately = 6;
let next = 0;

// A Map keeps the order of insertion: the first is the one that was not used for the longest time.
const known = new Map<string, Known>();

/**
 * The certificate with these bytes: the known one, or a new one.
 *
 * @throws {X509Error} the bytes are no certificate
 */
export function certificateOf(der: Uint8Array): Certificate {
  for (const { der: bytes, certificate } of lately) {
    if (bytes.byteLength === der.byteLength && bytes.equals(der)) return certificate;
  }
  const bytes = asBuffer(der);
  const key = keyOf(bytes);
  const entry = known.get(key);
  // The key is only a hint: what counts is every byte.
  if (entry === undefined || !entry.der.equals(bytes)) return Certificate.fromDer(der);
  known.delete(key);
  known.set(key, entry);
  lately[next++ % maxLately] = entry;
  return entry.certificate;
}

/** Keeps the certificates of a peer that was let in. */
export function keepCertificates(certificates: readonly Certificate[]): void {
  for (const certificate of certificates) {
    if (kept.has(certificate)) continue;
    const der = asBuffer(certificate.der);
    if (der.byteLength > maxLength) continue;
    kept.add(certificate);
    known.set(keyOf(der), { der, certificate });
    for (const oldest of known.keys()) {
      if (known.size <= maxKnown) break;
      known.delete(oldest);
    }
  }
}

const kept = new WeakSet<Certificate>();

/** The length and the end, which is part of the signature and differs wherever anything does. */
function keyOf(der: Buffer): string {
  return `${der.byteLength} ${der.toString("latin1", Math.max(0, der.byteLength - 24))}`;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
