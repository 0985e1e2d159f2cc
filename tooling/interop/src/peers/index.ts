// Who is in the matrix.

import type { ClientPeer, ServerPeer } from "../peer.ts";
import { curl } from "./curl.ts";
import { opensslClient } from "./openssl-client.ts";
import { opensslServer } from "./openssl-server.ts";
import { RuntimePeer } from "./runtime-peer.ts";
import { twisted } from "./twisted.ts";

const runtimes = [new RuntimePeer("node", "node-26"), new RuntimePeer("bun", "bun"), new RuntimePeer("deno", "deno")];

/** Those that can serve. */
export const servers: readonly ServerPeer[] = [...runtimes, opensslServer, twisted];

/** Those that can connect. */
export const clients: readonly ClientPeer[] = [...runtimes, opensslClient, curl, twisted];

/** Ends the processes that live as long as the matrix. */
export async function stopPeers(): Promise<void> {
  await Promise.all(runtimes.map((peer) => peer.stop()));
}
