/** Recorded facts about Twisted, kept beside the repository. Absent: tests on them are skipped, unless they are required. */
import { hasShared, sharedJson } from "@tlskit/cases";

const golden = "golden/golden.json.gz";

/** Whether the recorded facts are here. */
export const hasGolden: boolean = hasShared(golden);

/** One combination of Twisted's version arguments, and what its documentation says about it. */
export interface VersionRow {
  readonly raiseMinimumTo: string | null;
  readonly insecurelyLowerMinimumTo: string | null;
  readonly lowerMaximumSecurityTo: string | null;
  readonly documentedMeaning: readonly string[] | "mutually-exclusive" | "min>max" | "raise>max";
}

/** Two arguments that Twisted was given together, and whether it took them. */
export interface ArgumentPair {
  readonly a: string;
  readonly av: string | boolean | null;
  readonly b: string;
  readonly bv: string | boolean | null;
  readonly ok: boolean;
  /** Python's class of the refusal. */
  readonly error?: string;
}

/** What was recorded of one Twisted version. */
export interface Golden {
  readonly versions: { readonly rows: readonly VersionRow[] };
  readonly argumentPairs: readonly ArgumentPair[];
  readonly ciphers: Readonly<Record<string, unknown>>;
  readonly optionsForClientTLS: Readonly<
    Record<string, { readonly value?: { readonly ascii: string; readonly isDns: boolean }; readonly error?: string }>
  >;
}

/** The newest recorded version. */
export function readGolden(): Golden {
  return sharedJson<{ readonly "24.7.0.post0": Golden }>(golden)["24.7.0.post0"];
}
