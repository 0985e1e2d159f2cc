// Who is in the matrix.

import type { ClientPeer, ServerPeer } from "../peer.ts";
import { curl } from "./curl.ts";
import { opensslClient } from "./openssl-client.ts";
import { opensslServer } from "./openssl-server.ts";
import { RuntimePeer } from "./runtime-peer.ts";
import { twisted } from "./twisted.ts";

/** tlskit, on each runtime. */
export const runtimePeers: readonly RuntimePeer[] = [
  new RuntimePeer("node", "node-26"),
  new RuntimePeer("bun", "bun"),
  new RuntimePeer("deno", "deno"),
];

/** Those that can serve. */
export const servers: readonly ServerPeer[] = [...runtimePeers, opensslServer, twisted];

/** Those that can connect. */
export const clients: readonly ClientPeer[] = [...runtimePeers, opensslClient, curl, twisted];

/** Ends the processes that live as long as the matrix. */
export async function stopPeers(): Promise<void> {
  await Promise.all(runtimePeers.map((peer) => peer.stop()));
}
