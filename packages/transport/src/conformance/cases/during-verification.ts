// What peers do while they are being verified, where that takes time, and in the moment in which they are let in.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { CertificateOptions, ClientTLSExtra, ClientTLSOptions } from "@tlskit/options";
import type { Connection } from "../../contract.ts";
import { equal, hasCode, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodClient, rootCa } from "../pki.ts";
import { clientTls, readText, serverTls, text, withServer } from "../talk.ts";

/** A verification that waits until it is told to go on. */
interface Gatekeeper {
  readonly asked: Promise<void>;
  goOn(): void;
  readonly revocation: NonNullable<ClientTLSExtra["revocation"]>;
}

function gatekeeper(): Gatekeeper {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: wait, resolve: goOn } = Promise.withResolvers<void>();
  const fetch = async (): Promise<{ crls: Uint8Array[] }> => {
    ask();
    await wait;
    return { crls: [] };
  };
  return { asked, goOn, revocation: { mode: "prefer", fetch } };
}

interface Sides {
  readonly server: CertificateOptions;
  readonly client: ClientTLSOptions;
  readonly keeper: Gatekeeper;
}

/** The client takes its time to verify the server. */
async function slowClient(): Promise<Sides> {
  const keeper = gatekeeper();
  const client = await clientTls("localhost", { revocation: keeper.revocation } as ClientTLSExtra);
  return { keeper, client, server: await serverTls() };
}

/** The server takes its time to verify the client. */
async function slowServer(): Promise<Sides> {
  const keeper = gatekeeper();
  const trustRoot = (await rootCa()).certificate;
  const server = await serverTls(undefined, { trustRoot, clientAuth: "require", revocation: keeper.revocation });
  return { keeper, server, client: await clientTls("localhost", { identity: await goodClient() } as ClientTLSExtra) };
}

/** `early` acts while the other side verifies it; both ends are aborted afterwards. */
async function meanwhile(
  context: ConformanceContext,
  { server, client, keeper }: Sides,
  verifier: "client" | "server",
  early: (peer: Connection) => Promise<void>,
  then: (verifier: Promise<Connection>, peer: Connection) => Promise<void>,
): Promise<void> {
  await withServer(context, server, async ({ listener, port, nextError }) => {
    const refused = nextError().then((error) => Promise.reject(error));
    const accepting = Promise.race([listener.accept(), refused]);
    const connecting = context.transport.connect({ host: "127.0.0.1", port }, { tls: client });
    const [slow, fast] = verifier === "client" ? [connecting, accepting] : [accepting, connecting];
    slow.catch(() => {});
    const peer = await within(fast, "the peer");
    await within(keeper.asked, "the verification");
    await early(peer);
    // Time for it to arrive.
    await new Promise((resolve) => setTimeout(resolve, 100));
    keeper.goOn();
    try {
      await then(within(slow, "the verdict"), peer);
    } finally {
      peer.abort();
      await slow.then((connection) => connection.abort()).catch(() => {});
    }
  });
}

const roles = [
  ["client", slowClient],
  ["server", slowServer],
] as const;

const resetVariants = [
  { suffix: "", clause: "", message: "", ends: false },
  { suffix: "-after-a-word", clause: ", after a word,", message: "hello", ends: false },
  { suffix: "-while-we-end", clause: " while we end our direction", message: "", ends: true },
  {
    suffix: "-behind-unread-data",
    clause: ", after much that nobody reads,",
    message: "x".repeat(200_000),
    ends: false,
  },
] as const;

export const duringVerificationCases: readonly ConformanceCase[] = [
  ...roles.flatMap(([verifier, sides]) => casesOf(verifier, sides)),
  ...resetVariants.map(({ suffix, clause, message, ends }) => ({
    id: `reset-in-the-moment-of-being-let-in${suffix}`,
    name: `a client that is let in and cuts the connection${clause} leaves nothing behind that never ends`,
    run: async (context: ConformanceContext) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        let client: Connection | undefined;
        // Before the server has sent what it sends by itself: its session tickets.
        const letIn = (passed: unknown): void => {
          if (Reflect.get(Object(passed), "role") === "server") client?.abort();
        };
        subscribe("tlskit:handshake", letIn);
        try {
          const accepting = listener.accept();
          accepting.catch(() => {});
          client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
          client.write(text(message)).catch(() => {});
          const server = await within(accepting, "being let in");
          const isRead = message.length < 100;
          if (isRead) equal(await readText(server, message.length), message, "the word");
          const using = (async (): Promise<void> => {
            if (ends) await server.closeWrite();
            if (isRead) await server.read();
            // Until no more is taken in.
            else await new Promise((resolve) => setTimeout(resolve, 100));
            for (;;) await server.write(text("is anybody there?"));
          })();
          await rejects(
            within(using, "the reset"),
            ["CONNECTION_RESET", ...(ends ? ["CONNECTION_CLOSED"] : [])],
            "using it",
          );
          // On Node, two ends may be all that is seen of it.
          if (ends)
            await within(server.closed, "closed").catch((error) => hasCode(error, "CONNECTION_RESET", "closed"));
          else await rejects(within(server.closed, "closed"), "CONNECTION_RESET", "closed");
        } finally {
          unsubscribe("tlskit:handshake", letIn);
        }
      }),
  })),
];

function casesOf(verifier: "client" | "server", sides: () => Promise<Sides>): ConformanceCase[] {
  return [
    ...["", "hello"].map((message) => ({
      id: `half-close-before-the-${verifier}-has-verified${message === "" ? "" : "-what-was-said"}`,
      name: `a peer that ends its direction while the ${verifier} verifies it${message === "" ? "" : ", with something said before,"} is told the rest all the same (TRN-25)`,
      run: async (context: ConformanceContext) =>
        meanwhile(
          context,
          await sides(),
          verifier,
          async (peer) => {
            await peer.write(text(message));
            await peer.closeWrite();
          },
          async (verifying, peer) => {
            const connection = await verifying;
            equal(await readText(connection, message.length), message, "what was said");
            equal(await within(connection.read(), "the end"), null, "the end");
            equal(await within(connection.read(), "the end, again"), null, "the end, again");
            await connection.write(text("the rest"));
            await connection.closeWrite();
            equal(await readText(peer, 8), "the rest", "the other direction");
            equal(await within(peer.read(), "its end"), null, "and its end");
            await within(Promise.all([connection.closed, peer.closed]), "both ends");
          },
        ),
    })),
    {
      id: `reset-before-the-${verifier}-has-verified`,
      name: `one that cuts the connection while the ${verifier} verifies it is no longer there`,
      run: async (context: ConformanceContext) =>
        meanwhile(
          context,
          await sides(),
          verifier,
          async (peer) => peer.abort(),
          async (verifying) => {
            // Servers on Node may take a reset after the handshake for an end; then whoever answers learns of it.
            const using = verifying.then(async (connection) => {
              await connection.read();
              for (;;) await connection.write(text("is anybody there?"));
            });
            await rejects(within(using, "the reset"), "CONNECTION_RESET", "the verdict");
          },
        ),
    },
  ];
}
