// Resumption proves only what the full handshake proved: what no longer holds makes a full handshake, or is refused.

import type { CertificateOptions, CertificateOptionsInit, ClientTLSExtra, ClientTLSOptions } from "@tlskit/options";
import { SessionCache } from "@tlskit/options";
import { trustRootFromCertificates } from "@tlskit/trust";
import { issueCrl, type PrivateCertificate } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodClient, goodServer, issued, rootCa, strangerCa } from "../pki.ts";
import { clientTls, readText, serverTls, text, withServer } from "../talk.ts";

const both = ["client-sessions", "server-sessions"] as const;
const shared = [...both, "server-ticket-secret"] as const;

/** A secret for tickets, which several servers of a case share. */
const ticketSecret = new Uint8Array(32).fill(7);

/** Connects, lets the tickets arrive, and says whether a session was resumed. */
async function resumes(
  { transport }: ConformanceContext,
  port: number,
  accept: () => Promise<Connection>,
  tls: ClientTLSOptions,
): Promise<{ readonly resumed: boolean; readonly client: Connection }> {
  const accepted = accept();
  accepted.catch(() => {});
  const client = await transport.connect({ host: "127.0.0.1", port }, { tls });
  const server = await within(accepted, "accepting");
  await server.write(text("hello"));
  equal(await readText(client, 5), "hello", "what the server says");
  equal(client.negotiated.resumed, server.negotiated.resumed, "both ends agree on resumption");
  await Promise.all([client.close(), server.close()]);
  ok(client.verifiedPath !== undefined, "there is a proof in any case");
  return { resumed: client.negotiated.resumed, client };
}

/** Whether a session that was made with `first` is resumed with `second`. */
async function resumedWith(
  context: ConformanceContext,
  first: ClientTLSOptions,
  second: ClientTLSOptions,
  server?: CertificateOptions,
): Promise<boolean> {
  let resumed = true;
  await withServer(context, server ?? (await sessionServer()), async ({ listener, port }) => {
    const accept = (): Promise<Connection> => listener.accept();
    equal((await resumes(context, port, accept, first)).resumed, false, "the first one is full");
    ({ resumed } = await resumes(context, port, accept, second));
  });
  return resumed;
}

async function sessionServer(
  identity?: PrivateCertificate,
  more: Partial<CertificateOptionsInit> = {},
): Promise<CertificateOptions> {
  return serverTls(identity, { sessions: true, ...more } as Partial<CertificateOptionsInit>);
}

async function sessionClient(store: SessionCache, name?: string, more: ClientTLSExtra = {}): Promise<ClientTLSOptions> {
  return clientTls(name, { sessions: { store }, ...more } as ClientTLSExtra);
}

/** A session made at one server, offered to another with the same ticket secret. */
async function resumedElsewhere(
  context: ConformanceContext,
  tls: ClientTLSOptions,
  there: CertificateOptions,
  here?: CertificateOptions,
): Promise<boolean> {
  let resumed = true;
  const first = here ?? (await sessionServer(undefined, { sessions: { ticketSecret } }));
  await withServer(context, first, async (one) => {
    await resumes(context, one.port, () => one.listener.accept(), tls);
  });
  await withServer(context, there, async (other) => {
    ({ resumed } = await resumes(context, other.port, () => other.listener.accept(), tls));
  });
  return resumed;
}

export const sessionCases: readonly ConformanceCase[] = [
  {
    id: "resumed",
    name: "a session is resumed, and its chain is verified again (OPT-36, OPT-38)",
    needs: both,
    async run(context) {
      for (const lowerMaximumSecurityTo of ["TLSv1.3", "TLSv1.2"] as const) {
        const tls = await clientTls("localhost", { sessions: true, lowerMaximumSecurityTo });
        await withServer(context, await sessionServer(), async ({ listener, port }) => {
          const accept = (): Promise<Connection> => listener.accept();
          const first = await resumes(context, port, accept, tls);
          const second = await resumes(context, port, accept, tls);
          equal([first.resumed, second.resumed], [false, true], `resumed in ${lowerMaximumSecurityTo}`);
          equal(second.client.peerCertificate?.id, first.client.peerCertificate?.id, "the peer's certificate");
          equal(second.client.peerChain.length, first.client.peerChain.length, "its chain");
          ok(second.client.verifiedPath !== first.client.verifiedPath, "the proof is another one");
        });
      }
    },
  },
  {
    id: "resumed-by-other-options",
    name: "a store is shared by options that mean the same",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      ok(await resumedWith(context, await sessionClient(store), await sessionClient(store)), "resumed");
    },
  },
  {
    id: "not-resumed-without-the-option",
    name: "without the option on either side, every handshake is full",
    async run(context) {
      const plain = await clientTls();
      ok(!(await resumedWith(context, plain, plain, await serverTls())), "full");
    },
  },
  {
    id: "not-resumed-on-one-side",
    name: "the option of one side is not enough",
    needs: both,
    async run(context) {
      const plain = await clientTls();
      ok(!(await resumedWith(context, plain, plain)), "full without the client's");
      const willing = await clientTls("localhost", { sessions: true });
      ok(!(await resumedWith(context, willing, willing, await serverTls())), "full without the server's");
    },
  },
  {
    id: "resume-with-another-host",
    name: "a session of one host is not offered to another, not even of the same certificate",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const server = await sessionServer(await issued({ names: ["a.example", "b.example"] }));
      const first = await sessionClient(store, "a.example");
      ok(!(await resumedWith(context, first, await sessionClient(store, "b.example"), server)), "full");
    },
  },
  {
    id: "resume-with-other-trust",
    name: "nor is it offered under other trust, even if that would accept the chain",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const [ours, theirs] = [(await rootCa()).certificate, (await strangerCa()).certificate];
      const more = await sessionClient(store, "localhost", { trustRoot: [ours, theirs] });
      ok(!(await resumedWith(context, await sessionClient(store), more)), "full");
    },
  },
  {
    id: "resume-with-a-removed-root",
    name: "a server whose root is no longer trusted is refused",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const trustRoot = trustRootFromCertificates([(await strangerCa()).certificate]);
      const attempt = resumedWith(
        context,
        await sessionClient(store),
        await sessionClient(store, "localhost", { trustRoot }),
      );
      await rejects(attempt, ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"], "a client must refuse this server");
    },
  },
  {
    id: "resume-with-an-expired-leaf",
    name: "a server whose certificate has expired since is refused",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const expires = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
      const server = await sessionServer(await issued({ names: ["localhost"], notAfter: expires }));
      const tls = await sessionClient(store);
      await withServer(context, server, async ({ listener, port }) => {
        await resumes(context, port, () => listener.accept(), tls);
        equal(store.size, 1, "a session is kept");
        await new Promise((resolve) => setTimeout(resolve, expires.getTime() - Date.now() + 1100));
        listener.accept().catch(() => {});
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(attempt, "CERTIFICATE_EXPIRED", "a client must refuse this server");
      });
    },
  },
  {
    id: "resume-with-a-revoked-leaf",
    name: "a server whose certificate has been revoked since is refused",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const identity = await issued({ names: ["localhost"] });
      const crl = await issueCrl((await rootCa()).certificate, {
        crlNumber: 1,
        entries: [{ serialNumber: identity.serialNumber }],
      });
      const knowing = await sessionClient(store, "localhost", { revocation: { mode: "prefer", crls: [crl] } });
      const attempt = resumedWith(context, await sessionClient(store), knowing, await sessionServer(identity));
      await rejects(attempt, "CERTIFICATE_REVOKED", "a client must refuse this server");
    },
  },
  {
    id: "resume-as-another-client",
    name: "a session of one client's identity is not another's",
    needs: both,
    async run(context) {
      const store = new SessionCache();
      const other = await sessionClient(store, "localhost", { identity: await goodClient() });
      ok(!(await resumedWith(context, await sessionClient(store), other)), "full");
    },
  },
  {
    id: "resume-elsewhere",
    name: "servers that share a ticket secret take each other's tickets",
    needs: shared,
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true });
      const there = await sessionServer(undefined, { sessions: { ticketSecret } });
      ok(await resumedElsewhere(context, tls, there), "resumed");
    },
  },
  {
    id: "resume-with-another-secret",
    name: "with another secret they do not",
    needs: shared,
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true });
      const there = await sessionServer(undefined, { sessions: { ticketSecret: new Uint8Array(32).fill(8) } });
      ok(!(await resumedElsewhere(context, tls, there)), "full");
    },
  },
  {
    id: "resume-with-another-identity",
    name: "the same secret under another name's identity is another key",
    needs: shared,
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true });
      const identity = await issued({ names: ["localhost", "other.example"] });
      const there = await sessionServer(identity, { sessions: { ticketSecret } });
      ok(!(await resumedElsewhere(context, tls, there)), "full");
    },
  },
  {
    id: "resume-with-another-client-policy",
    name: "a server that asks for client certificates takes no ticket: it has no chain to verify",
    needs: [...shared, "server-client-auth-require"],
    async run(context) {
      const identity = await goodServer();
      const trustRoot = (await rootCa()).certificate;
      const tls = await clientTls("localhost", { sessions: true });
      const there = await serverTls(identity, {
        trustRoot,
        clientAuth: "require",
      } as Partial<CertificateOptionsInit>);
      const here = await sessionServer(identity, { sessions: { ticketSecret } });
      await withServer(context, here, async (one) => {
        await resumes(context, one.port, () => one.listener.accept(), tls);
      });
      await withServer(context, there, async ({ listener, port, nextError }) => {
        listener.accept().catch(() => {});
        const attempt = context.transport
          .connect({ host: "127.0.0.1", port }, { tls })
          .then((connection) => connection.read());
        const error = (await nextError()) as { readonly code: string };
        equal(error.code, "CLIENT_CERTIFICATE_REQUIRED", "the refusal");
        await within(
          attempt.catch(() => null),
          "the client learning of it",
        );
      });
      const together = Promise.resolve().then(async () =>
        context.transport.listen({
          host: "127.0.0.1",
          port: 0,
          tls: await serverTls(identity, { trustRoot, clientAuth: "request", sessions: true } as never),
        }),
      );
      await rejects(together, "OPTION_CONFLICT", "tickets beside client certificates");
    },
  },
  {
    id: "resume-after-rotation",
    name: "keys of tickets rotate: an old ticket makes a full handshake",
    needs: both,
    async run(context) {
      const server = await sessionServer(undefined, { sessions: { rotateAfter: 1 } });
      const tls = await clientTls("localhost", { sessions: true });
      await withServer(context, server, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        await resumes(context, port, accept, tls);
        await new Promise((resolve) => setTimeout(resolve, 2100));
        equal((await resumes(context, port, accept, tls)).resumed, false, "resumed with an old ticket");
      });
    },
  },
  {
    id: "resume-under-another-name",
    name: "a server with several names resumes a session under its own name only",
    needs: [...both, "server-name-identities", "server-sessions-by-name"],
    async run(context) {
      const store = new SessionCache();
      const one = await issued({ names: ["a.example"] });
      const server = await sessionServer(undefined, { contextForServerName: { "a.example": one } });
      const tls = await sessionClient(store, "a.example");
      ok(await resumedWith(context, tls, tls, server), "resumed under the same name");
      const renamed = await sessionClient(store, "localhost");
      ok(!(await resumedWith(context, tls, renamed, server)), "full under another");
    },
  },
  {
    id: "session-store-is-hostile",
    name: "a store that fails, or gives back something else, costs a full handshake",
    needs: both,
    async run(context) {
      let given: Uint8Array | undefined = new Uint8Array([1, 0, 0, 0, 200, 1]);
      const store = {
        take: () => {
          if (given === undefined) throw new Error("the store is away");
          return given;
        },
        put: () => Promise.reject(new Error("the store is full")),
      };
      const tls = await clientTls("localhost", { sessions: { store } } as ClientTLSExtra);
      ok(!(await resumedWith(context, tls, tls)), "full");
      given = undefined;
      ok(!(await resumedWith(context, tls, tls)), "full");
    },
  },
  {
    id: "session-store-does-not-answer",
    name: "nor does a store that never answers hold a connection up until its limit",
    needs: both,
    async run(context) {
      const never = (): Promise<never> => new Promise(() => {});
      const store = { take: never, put: never };
      const tls = await clientTls("localhost", { sessions: { store } } as ClientTLSExtra);
      ok(!(await resumedWith(context, tls, tls)), "full");
    },
  },
];
