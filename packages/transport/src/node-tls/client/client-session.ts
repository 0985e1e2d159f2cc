// What a client's handshake is made with: trust, context, and a session to resume if one may be.

import type { TrustRoot } from "@tlskit/trust";
import { VerificationError } from "@tlskit/verify";
import { ourVerdict } from "../gate/our-verdict.ts";
import { chainOf } from "../gate/peer-chain.ts";
import { trustOf } from "../gate/trust-of.ts";
import type { HandshakeLimit } from "../handshake-limit.ts";
import { clientContext } from "../native/native-options.ts";
import type { HandshakePlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import type { ClientHandshake } from "./client-handshake.ts";
import { type KeptSession, SessionShelf } from "./kept-session.ts";

/** Wrong keys, and trust that cannot be read, are found here, before a socket is opened. */
export async function prepareClient(
  runtime: NodeTlsRuntime,
  plan: HandshakePlan,
  limit: HandshakeLimit,
): Promise<ClientHandshake> {
  const trust = await limit.wait(trustOf(plan.compiled));
  const context = await limit.wait(clientContext(runtime, plan.compiled, trust));
  const shelf = SessionShelf.of(runtime, plan, trust);
  const offered = shelf && (await limit.wait(sessionToOffer(shelf, plan, trust)));
  return { runtime, plan, trust, context, shelf, offered };
}

/** A session is offered only if its chain passes now, under the present options: else a full handshake decides. */
async function sessionToOffer(
  shelf: SessionShelf,
  plan: HandshakePlan,
  trust: TrustRoot,
): Promise<KeptSession | undefined> {
  const kept = await shelf.take();
  if (kept === undefined || !plan.compiled.verifyPeer) return undefined;
  try {
    await ourVerdict(chainOf(kept.chain), plan, trust);
    return kept;
  } catch (error) {
    if (VerificationError.is(error)) return undefined;
    throw error;
  }
}
