/** Recorded facts about Twisted, kept beside the repository. Absent: tests on them are skipped, unless they are required. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const shared = process.env.TLSKIT_SHARED ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const golden = `${shared}/golden/golden.json.gz`;

/** Whether the recorded facts are here. */
export const hasGolden: boolean = existsSync(golden) || process.env.TLSKIT_REQUIRE_SHARED === "1";

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
  return JSON.parse(gunzipSync(readFileSync(golden)).toString("utf8"))["24.7.0.post0"];
}
