// A session of a client with the chain that its peer presented in the full handshake. Resumption proves only what that
// handshake proved: without the chain, nothing could be verified again.

import { createHash } from "node:crypto";
import type { SessionStore } from "@tlskit/options";
import { SessionCache } from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import { upsert } from "../native/native-options.ts";
import type { HandshakePlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";

/** What is offered to a server, and what its peer presented then. */
export interface KeptSession {
  readonly session: Buffer;
  /** As DER, the peer's own certificate first. */
  readonly chain: readonly Uint8Array[];
}

/** Where the sessions of one plan and trust are kept; `undefined`: they are not. */
export class SessionShelf {
  readonly #store: SessionStore;
  readonly #key: string;

  private constructor(store: SessionStore, key: string) {
    this.#store = store;
    this.#key = key;
  }

  static of(runtime: NodeTlsRuntime, plan: HandshakePlan, trust: TrustRoot): SessionShelf | undefined {
    const { sessions } = plan.compiled;
    if (sessions === undefined) return undefined;
    const store = sessions.store ?? upsert(ownStores, plan.compiled, () => new SessionCache());
    return new SessionShelf(store, keyOf(runtime, plan, trust));
  }

  /** A session, used up by this. What cannot be read, or a store that fails or does not answer, is no session. */
  async take(): Promise<KeptSession | undefined> {
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(late.resolve, storeLimitMs, undefined);
    try {
      const bytes = await Promise.race([this.#store.take(this.#key), late.promise]);
      return bytes === undefined ? undefined : unpack(bytes, this.#key);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keeps a session; a store that fails costs a full handshake later. */
  put(kept: KeptSession): void {
    Promise.resolve()
      .then(() => this.#store.put(this.#key, pack(kept, this.#key)))
      .catch(() => {});
  }
}

// A session saves one round trip: nobody waits for it longer than for some.
const storeLimitMs = 1000;

const ownStores = new WeakMap<object, SessionStore>();

/** Host, identity and trust: a session is good for exactly what it was made with. What else is verified, is verified again. */
function keyOf({ name }: NodeTlsRuntime, plan: HandshakePlan, trust: TrustRoot): string {
  const { compiled, expected, serverName } = plan;
  const { identity, minVersion, maxVersion, alpn } = compiled;
  const scope = [
    name,
    expected?.type,
    expected?.value,
    serverName,
    identity?.id,
    trust.generation,
    minVersion,
    maxVersion,
    alpn,
  ];
  return `tlskit-1 ${createHash("sha256").update(JSON.stringify(scope)).digest("hex")}`;
}

const formatVersion = 2;

/** A version, then each part after its length in four bytes. The key is the first: a store may confuse its entries. */
function pack({ session, chain }: KeptSession, key: string): Uint8Array {
  const parts = [Buffer.from(key), session, ...chain].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.byteLength);
    return [length, part];
  });
  return new Uint8Array(Buffer.concat([Buffer.from([formatVersion]), ...parts]));
}

function unpack(bytes: Uint8Array, expectedKey: string): KeptSession | undefined {
  const buffer = Buffer.from(bytes);
  if (buffer[0] !== formatVersion) return undefined;
  const parts: Buffer[] = [];
  for (let at = 1; at < buffer.byteLength; ) {
    const end = at + 4 + (at + 4 <= buffer.byteLength ? buffer.readUInt32BE(at) : Number.POSITIVE_INFINITY);
    if (end > buffer.byteLength) return undefined;
    parts.push(buffer.subarray(at + 4, end));
    at = end;
  }
  const [key, session, ...chain] = parts;
  if (key?.toString() !== expectedKey || session === undefined || chain.length === 0) return undefined;
  return { session, chain };
}
