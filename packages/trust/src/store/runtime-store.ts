/** The lists of certificates that a runtime has: the system's as it reads them, and its own. */

import { TrustError } from "../error.ts";
import type { RuntimeCertificates } from "../platform/trust-platform.ts";
import type { TrustRoot } from "../trust-root.ts";
import { filledRootOf } from "./root-of.ts";
import { StoreContents } from "./store-contents.ts";

/** @throws TrustError TRUST_SOURCE_EMPTY, TRUST_SOURCE_TOO_LARGE */
export async function readRuntimeList(list: RuntimeCertificates, description: string): Promise<TrustRoot> {
  const contents = new StoreContents("runtime");
  const encoder = new TextEncoder();
  for (const pem of list.pem) await contents.addPem({ path: list.name }, encoder.encode(pem));
  // A line number within one element of the runtime's list would say nothing.
  const origins = [{ kind: "runtime", location: list.name }] as const;
  const entries = contents.entries.map(({ anchor }) => ({ anchor, origins }));
  contents.entries.splice(0, contents.entries.length, ...entries);
  const source = { kind: "runtime", locations: [list.name], description: `${description} (${list.name})` } as const;
  return filledRootOf(contents, source, () => {
    const message = `${list.name} holds no usable certificate. Name your own roots with trustRootFromCertificates() or SSL_CERT_FILE.`;
    const cause = contents.skipped[0]?.error;
    const details = { location: list.name, skipped: contents.skipped.length };
    return new TrustError("TRUST_SOURCE_EMPTY", message, details, cause === undefined ? undefined : { cause });
  });
}
