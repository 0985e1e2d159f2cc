import type { TransparencyLog } from "@tlskit/verify";
import type { Certificate } from "@tlskit/x509";
import { TrustError } from "../error.ts";
import { ownOptions } from "../input/own-options.ts";
import type { TrustEntry } from "../trust-entry.ts";
import type { SkippedSource, TrustSource } from "../trust-source.ts";
import type { DistrustEntry } from "./distrust-entry.ts";

/** What a `TrustRoot` is made of. */
export interface TrustRootParts {
  /** What is trusted. */
  readonly entries: Iterable<TrustEntry>;
  /** Where it comes from, as a whole. */
  readonly source: TrustSource;
  /** What could not be used. */
  readonly skipped?: readonly SkippedSource[] | undefined;
  /** Block lists: what is on them is trusted by nobody, whatever `entries` say. */
  readonly distrusted?: Iterable<DistrustEntry> | undefined;
  /** Certificates that may help to build a path, and are not trusted themselves. */
  readonly intermediates?: Iterable<Certificate> | undefined;
  /** As `sha256/…`; empty for none. */
  readonly pinned?: readonly string[] | undefined;
  /** Logs of Certificate Transparency whose timestamps `distrustAfter` believes. */
  readonly logs?: readonly TransparencyLog[] | undefined;
}

/** For operations that may leave nothing: whether that is wanted. */
export interface AllowEmpty {
  /** Without it, an empty set is an error: it trusts nobody, which is hardly ever meant (TRU-03). */
  readonly allowEmpty?: boolean | undefined;
}

/** The error of everything that would give an empty set. */
export function emptyRoot(operation: string): TrustError<"TRUST_ROOT_EMPTY"> {
  const message = `${operation} leaves no certificate: such a set trusts nobody. If that is meant, say { allowEmpty: true } or TrustRoot.none().`;
  return new TrustError("TRUST_ROOT_EMPTY", message, { operation });
}

/** Whether an empty set is wanted: only if the options themselves say so. */
export function allowsEmpty(options: AllowEmpty): boolean {
  return ownOptions(options, ["allowEmpty"]).allowEmpty === true;
}
