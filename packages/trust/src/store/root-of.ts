import type { Certificate } from "@tlskit/x509";
import { TrustRoot } from "../trust-root.ts";
import type { TrustSource } from "../trust-source.ts";
import type { StoreContents } from "./store-contents.ts";

/** The set of everything that was found in a store. */
export function rootOf(
  contents: StoreContents,
  source: TrustSource,
  intermediates: readonly Certificate[] = [],
): TrustRoot {
  contents.applyLimits();
  const { entries, distrusted, skipped } = contents;
  return new TrustRoot({ entries, distrusted, skipped, source, intermediates });
}

/** As {@link rootOf}; an empty set is an error: `empty` makes it. */
export function filledRootOf(
  contents: StoreContents,
  source: TrustSource,
  empty: () => Error,
  intermediates: readonly Certificate[] = [],
): TrustRoot {
  const root = rootOf(contents, source, intermediates);
  if (root.size === 0) throw empty();
  return root;
}
