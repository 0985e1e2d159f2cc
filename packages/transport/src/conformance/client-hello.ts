// What a ClientHello says, as far as cases ask (RFC 8446, section 4.1.2).

import { ConformanceFailure } from "./assert.ts";

/** Parts of a ClientHello. */
export interface ClientHello {
  /** The length of legacy_session_id. */
  readonly sessionIdLength: number;
  /** The cipher suites that are offered, by IANA's numbers, the most preferred first. */
  readonly cipherSuites: readonly number[];
  /** Contents by extension number. */
  readonly extensions: ReadonlyMap<number, Uint8Array>;
}

/** Numbers of extensions (IANA, TLS ExtensionType Values). */
export const HelloExtension = {
  serverName: 0,
  supportedGroups: 10,
  signatureAlgorithms: 13,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  keyShare: 51,
} as const;

/** Reads the hello out of the first record; `undefined` if more bytes are needed. */
export function parseClientHello(bytes: Uint8Array): ClientHello | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers = 9;
  if (bytes.byteLength < headers) return undefined;
  if (view.getUint8(0) !== 22 || view.getUint8(5) !== 1) {
    throw new ConformanceFailure("the first record", "a ClientHello", bytes);
  }
  if (bytes.byteLength < 5 + view.getUint16(3)) return undefined;
  const sessionIdAt = headers + 2 + 32;
  const sessionIdLength = view.getUint8(sessionIdAt);
  const suitesAt = sessionIdAt + 1 + sessionIdLength;
  const cipherSuites = Array.from({ length: view.getUint16(suitesAt) / 2 }, (_, index) =>
    view.getUint16(suitesAt + 2 + 2 * index),
  );
  const compressionAt = suitesAt + 2 + view.getUint16(suitesAt);
  const extensionsAt = compressionAt + 1 + view.getUint8(compressionAt);
  const end = extensionsAt + 2 + view.getUint16(extensionsAt);
  const extensions = new Map<number, Uint8Array>();
  for (let at = extensionsAt + 2; at + 4 <= end; at += 4 + view.getUint16(at + 2)) {
    extensions.set(view.getUint16(at), bytes.slice(at + 4, at + 4 + view.getUint16(at + 2)));
  }
  return { sessionIdLength, cipherSuites, extensions };
}
