/**
 * The directories that p11-kit extracts a system's bundles from. A bundle holds certificates only; what it cannot say,
 * distrust of intermediates, limits, dates, stands here.
 *
 * @see update-ca-trust(8), "Source configuration"
 */

import type { TrustAnchor } from "@tlskit/verify";
import { limitIssuance, limitPurposes } from "../anchors/restrict.ts";
import type { TrustEntry } from "../trust-entry.ts";
import type { StoreContents } from "./store-contents.ts";
import type { StoreReader } from "./store-reader.ts";

/** By distribution; in each of them the first has precedence, which matters to trust, and not to distrust. */
const SOURCES: readonly string[] = [
  "/etc/pki/ca-trust/source", // RHEL, Fedora
  "/usr/share/pki/ca-trust-source",
  "/etc/pki/trust", // SUSE
  "/usr/share/pki/trust",
  "/etc/ca-certificates/trust-source", // Arch
  "/usr/share/ca-certificates/trust-source",
];

/** Where administrators put CAs of their own below a source, and what limits them beside them. */
const ANCHORS = "anchors";

/** What blocks below a source are called: p11-kit renamed the directory and reads both. */
const BLOCKLISTS: readonly string[] = ["blocklist", "blacklist"];

/**
 * Reads the sources, and takes from them all that limits: block lists, and limits of anchors that `contents` has
 * already. Anchors that are only here are not added: the bundle is what the system trusts.
 *
 * @returns the directories that were read
 * @throws TrustError TRUST_SOURCE_UNREADABLE, TRUST_SOURCE_TOO_LARGE: nobody knows what a list says that cannot be read
 */
export async function readP11KitSources(
  newReader: () => StoreReader,
  contents: StoreContents,
): Promise<readonly string[]> {
  const reader = newReader();
  const read: string[] = [];
  for (const source of SOURCES) {
    if (!(await reader.exists({ path: source }, "directory"))) continue;
    read.push(source);
    await reader.readAllFiles({ path: source }, "declared");
    const anchors = { path: `${source}/${ANCHORS}` };
    if (await reader.exists(anchors, "directory")) await reader.readAllFiles(anchors, "declared");
    for (const name of BLOCKLISTS) {
      const path = `${source}/${name}`;
      if (await reader.exists({ path }, "directory")) await reader.readAllFiles({ path }, "blocklist");
    }
  }
  const found = reader.contents;
  contents.distrusted.push(...found.distrusted);
  contents.skipped.push(...found.skipped.filter(({ error }) => error.code !== "TRUST_FOR_NOTHING"));
  for (const [key, limits] of found.limits) contents.limits.set(key, [...(contents.limits.get(key) ?? []), ...limits]);
  limitAsDeclared(contents, found.entries);
  return read;
}

/** Puts the limits of declared anchors on those that are the same certificates: all of them, in whichever source. */
function limitAsDeclared(contents: StoreContents, declared: readonly TrustEntry[]): void {
  const byId = Map.groupBy(declared, ({ anchor }) => anchor.certificate.id);
  const limited = contents.entries.flatMap((entry): readonly TrustEntry[] => {
    let anchor: TrustAnchor | undefined = entry.anchor;
    for (const limits of byId.get(entry.anchor.certificate.id) ?? []) anchor = anchor && limit(anchor, limits.anchor);
    return anchor === undefined ? [] : [{ ...entry, anchor }];
  });
  contents.entries.splice(0, contents.entries.length, ...limited);
}

function limit(anchor: TrustAnchor, { purposes, distrustAfter }: TrustAnchor): TrustAnchor | undefined {
  const limited = purposes === undefined ? anchor : limitPurposes(anchor, purposes);
  if (limited === undefined || distrustAfter === undefined) return limited;
  if (distrustAfter instanceof Date) return limitIssuance(limited, distrustAfter, undefined);
  const { server, email } = distrustAfter;
  const forServers = server === undefined ? limited : limitIssuance(limited, server, "server");
  return email === undefined ? forServers : limitIssuance(forServers, email, "email");
}
