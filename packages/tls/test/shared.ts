/** Recorded facts about Twisted, kept beside the repository. Absent: tests on them are skipped, unless they are required. */
import { hasShared, sharedJson } from "@tlskit/cases";

const golden = "golden/golden.json.gz";

/** Whether the recorded facts are here. */
export const hasGolden: boolean = hasShared(golden);

/** What Twisted made of a string: a value, or an error. */
export interface Recorded {
  readonly value?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/** What was recorded about endpoint strings. */
export interface GoldenEndpoints {
  readonly serverFromString: Readonly<Record<string, Recorded>>;
  readonly clientFromString: Readonly<Record<string, Recorded>>;
  readonly quoteStringArgument: Readonly<Record<string, string>>;
}

/** The newest recorded version. */
export function readGolden(): GoldenEndpoints {
  return sharedJson<{ readonly "24.7.0.post0": GoldenEndpoints }>(golden)["24.7.0.post0"];
}
