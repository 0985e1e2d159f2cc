import { TlsKitError } from "@tlskit/tls";

/** Counts by name. */
export type Tally = Record<string, number>;

/** One more of these. */
export function add(tally: Tally, name: string): void {
  tally[name] = (tally[name] ?? 0) + 1;
}

/** The code of an error of ours, or what a foreign one says. */
export function codeOf(error: unknown): string {
  return TlsKitError.is(error) ? error.code : String(error);
}
