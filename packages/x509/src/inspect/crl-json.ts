// A CRL as JSON, in the shape that commands print with --json.

import { X509Error } from "../error.ts";
import { isoTime } from "./iso-time.ts";
import { serialText } from "./serial-text.ts";

/** What `JSON.stringify` makes of a CRL. */
export interface CrlJson {
  /** RFC 4514 text. */
  readonly issuer: string;
  /** ISO 8601, UTC. */
  readonly thisUpdate: string;
  /** ISO 8601, UTC. */
  readonly nextUpdate?: string;
  /** Decimal; absent if there is no extension, or it cannot be read. */
  readonly crlNumber?: string;
  /** Decimal, in delta CRLs. */
  readonly baseCrlNumber?: string;
  /** How many certificates are listed. */
  readonly entryCount: number;
  /** SHA-256 of the DER in lower-case hex. */
  readonly sha256: string;
}

/** The JSON of a CRL. */
export function crlJson(crl: {
  readonly issuer: { toString(): string };
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly crlNumber: bigint | undefined;
  readonly deltaCrlIndicator: bigint | undefined;
  readonly entryCount: number;
  readonly id: string;
}): CrlJson {
  const { nextUpdate } = crl;
  const crlNumber = readable(() => crl.crlNumber);
  const baseCrlNumber = readable(() => crl.deltaCrlIndicator);
  return {
    issuer: crl.issuer.toString(),
    thisUpdate: isoTime(crl.thisUpdate),
    ...(nextUpdate && { nextUpdate: isoTime(nextUpdate) }),
    ...(crlNumber !== undefined && { crlNumber: crlNumber.toString() }),
    ...(baseCrlNumber !== undefined && { baseCrlNumber: baseCrlNumber.toString() }),
    entryCount: crl.entryCount,
    sha256: crl.id,
  };
}

/** What `JSON.stringify` makes of an entry. */
export interface CrlEntryJson {
  /** Lower-case hex. */
  readonly serialNumber: string;
  /** ISO 8601, UTC. */
  readonly revocationDate: string;
  /** Absent if there is none, or it cannot be read; as the date below. */
  readonly reason?: string;
  /** ISO 8601, UTC. */
  readonly invalidityDate?: string;
}

/** The JSON of an entry. */
export function crlEntryJson(entry: {
  readonly serialNumber: bigint;
  readonly revocationDate: Date;
  readonly reason: string | undefined;
  readonly invalidityDate: Date | undefined;
}): CrlEntryJson {
  const reason = readable(() => entry.reason);
  const invalidityDate = readable(() => entry.invalidityDate);
  return {
    serialNumber: serialText(entry.serialNumber),
    revocationDate: isoTime(entry.revocationDate),
    ...(reason !== undefined && { reason }),
    ...(invalidityDate && { invalidityDate: isoTime(invalidityDate) }),
  };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (X509Error.is(error)) return undefined;
    throw error;
  }
}
