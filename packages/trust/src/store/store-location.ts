/** Places that certificates are read from, how much is read there, and the errors about them. */
import { TrustError, type TrustSourceDetails } from "../error.ts";

/** Generous: the largest public bundles have some 200 certificates in 300 kB; p11-kit's have a megabyte. */
export const LIMITS = {
  /** Bytes in one file: 16 MiB. */
  bytes: 16_777_216,
  /** Bytes in all files of one store: 64 MiB. What is no certificate takes time, too. */
  total: 67_108_864,
  /** Files of one directory. */
  files: 10_000,
  /** Entries of one directory that are looked at: what is none of its files costs little, but not nothing. */
  names: 200_000,
  /** Blocks of one store, certificates or not. */
  blocks: 20_000,
} as const;

/** Where something is read from, and what to say of it. */
export interface StoreLocation {
  readonly path: string;
  /** The environment variable that named the path, for errors. */
  readonly variable?: string;
}

/** The error for an explicitly named location where nothing is. */
export function missing(location: StoreLocation): TrustError<"TRUST_SOURCE_MISSING"> {
  const advice = location.variable === undefined ? "correct the path" : "correct it, or unset it";
  const message = `${placeName(location)} does not exist. An explicit trust source is never replaced by another one: ${advice}.`;
  return new TrustError("TRUST_SOURCE_MISSING", message, placeDetails(location));
}

/** The error for a location that cannot be read. */
export function unreadable(
  location: StoreLocation,
  problem: string,
  cause?: unknown,
): TrustError<"TRUST_SOURCE_UNREADABLE"> {
  const message = `${placeName(location)} cannot be read: ${problem}`;
  const options = cause === undefined ? undefined : { cause };
  return new TrustError("TRUST_SOURCE_UNREADABLE", message, { ...placeDetails(location), problem }, options);
}

/** The error for a location that holds more than any store. @param beyond what of it does */
export function tooLarge(
  location: StoreLocation,
  limit: number,
  unit: "bytes" | "files" | "blocks",
  beyond = "has",
): TrustError<"TRUST_SOURCE_TOO_LARGE"> {
  const message = `${placeName(location)} ${beyond} more than ${limit} ${unit}: that is no trust store.`;
  return new TrustError("TRUST_SOURCE_TOO_LARGE", message, { ...placeDetails(location), limit, unit });
}

/** A place as errors name it. */
export function placeName({ path, variable }: StoreLocation): string {
  return variable === undefined ? JSON.stringify(path) : `${variable} (${JSON.stringify(path)})`;
}

/** A place as the details of errors have it. */
export function placeDetails({ path, variable }: StoreLocation): TrustSourceDetails {
  return variable === undefined ? { location: path } : { location: path, variable };
}
