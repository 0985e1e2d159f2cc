// What happens to bytes on their way: cut into single ones, changed, cut off. And peers that come in great numbers.

import type { Connection, PlainConnection, StreamPair } from "../../contract.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { issued } from "../pki.ts";
import { clientTls, echo, expectEcho, serverTls, type TestServer, text, withPair, withServer } from "../talk.ts";
import { withWrappedPair } from "../wrapped-pair.ts";

/** What becomes of a chunk on its way. */
type Way = (chunk: Uint8Array) => readonly Uint8Array[];

/** Two ends of a pipe, with something in the way in each direction. */
function pipes(there: Way, back: Way): [near: StreamPair, far: StreamPair] {
  const stream = (way: Way): TransformStream<Uint8Array, Uint8Array> =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (const piece of way(chunk)) controller.enqueue(piece);
      },
    });
  const [one, other] = [stream(there), stream(back)];
  return [
    { readable: other.readable, writable: one.writable },
    { readable: one.readable, writable: other.writable },
  ];
}

const whole: Way = (chunk) => [chunk];
const singly: Way = (chunk) => Array.from(chunk, (byte) => Uint8Array.of(byte));

async function echoes(client: Connection, server: Connection): Promise<void> {
  const serving = echo(server);
  await expectEcho(client, "hello, byte by byte");
  await client.closeWrite();
  await within(serving, "the server's end");
}

/** A conversation that goes well until something befalls what the server says. */
function brokenOnTheWay(id: string, name: string, damage: (chunk: Uint8Array) => Uint8Array): ConformanceCase {
  return {
    id,
    name,
    async run(context) {
      let damages = false;
      const way: Way = (chunk) => [damages ? damage(chunk) : chunk];
      await withWrappedPair(context, pipes(whole, way), async (client, server) => {
        await server.write(text("hello"));
        equal(new TextDecoder().decode((await client.read()) ?? undefined), "hello", "what came unchanged");
        damages = true;
        server.write(text("hello again")).catch(() => {});
        await rejects(within(client.read(), "the read"), "PROTOCOL_ERROR", "what was damaged");
        await rejects(client.closed, "PROTOCOL_ERROR", "the end");
      });
    },
  };
}

// RFC 8446, section 5.2.
const oversized: Uint8Array = new Uint8Array([23, 3, 3, 0xff, 0xff, ...new Uint8Array(64)]);

export const faultCases: readonly ConformanceCase[] = [
  {
    id: "byte-at-a-time",
    name: "bytes that come one by one, in either direction or both, make no difference",
    async run(context) {
      for (const [there, back] of [
        [singly, whole],
        [whole, singly],
        [singly, singly],
      ] as const) {
        await withWrappedPair(context, pipes(there, back), echoes);
      }
    },
  },
  brokenOnTheWay(
    "changed-on-the-way",
    "a record that was changed on its way is an error, and delivers nothing",
    (chunk) => {
      const changed = new Uint8Array(chunk);
      const last = changed.byteLength - 1;
      changed[last] = (changed[last] ?? 0) ^ 1;
      return changed;
    },
  ),
  brokenOnTheWay("oversized-on-the-way", "so is a record that is longer than any may be", () => oversized),
  {
    id: "half-open-many",
    name: "five hundred peers that say nothing hold nobody up, and are dropped after the limit",
    async run(context) {
      // In two parts: a good peer has all the time that it needs, and the limit is reached at once.
      await crowded(context, 100_000, async ({ listener, port, errors }) => {
        const accepted = listener.accept();
        const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
        await echoes(client, await within(accepted, "accepting"));
        equal(errors.length, 0, "what was reported while a good one was served");
      });
      await crowded(context, 200, async ({ errors, nextError }, silent) => {
        await within(Promise.all(silent.map((peer) => peer?.read().catch(() => null))), "being dropped");
        for (let count = 0; count < crowd; count++) hasCode(await nextError(), "HANDSHAKE_TIMEOUT", "a report");
        equal(errors.length, crowd, "what was reported");
      });
    },
  },
  {
    id: "good-rsa-pss",
    name: "an RSASSA-PSS server connects",
    needs: ["identity-rsa-pss"],
    async run(context) {
      const server = await serverTls(await issued({ names: ["localhost"], key: { type: "rsa-pss", bits: 2048 } }));
      await withPair(context, async ({ verifiedPath }) => ok(verifiedPath !== undefined, "the proof"), { server });
    },
  },
];

/** How many are in the crowd. */
const crowd = 500;

/** A server with a crowd of peers that say nothing. Who was dropped before it saw that it had come is `undefined`. */
async function crowded(
  context: ConformanceContext,
  handshakeTimeoutMs: number,
  use: (server: TestServer<Connection>, silent: readonly (PlainConnection | undefined)[]) => Promise<void>,
): Promise<void> {
  const plain = { tls: await clientTls(), secureTransport: "starttls" } as const;
  await withServer(
    context,
    await serverTls(),
    async (server) => {
      const come = (): Promise<PlainConnection> =>
        context.transport.connect({ host: "127.0.0.1", port: server.port }, plain);
      const silent: (PlainConnection | undefined)[] = [];
      for (let made = 0; made < crowd; made += 50) {
        const some = Array.from({ length: 50 }, () => come().catch(() => undefined));
        silent.push(...(await Promise.all(some)));
      }
      try {
        await use(server, silent);
      } finally {
        for (const peer of silent) peer?.abort();
      }
    },
    { handshakeTimeoutMs },
  );
}
