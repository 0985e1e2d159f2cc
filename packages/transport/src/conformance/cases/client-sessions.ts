// Clients with certificates that come again: what they presented in the full handshake is verified again, or they make
// another one.

import { SessionCache } from "@tlskit/options";
import { VerifiedPath } from "@tlskit/verify";
import type { Connection } from "../../contract.ts";
import { equal, ok, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { goodClient, intermediateCa, issued, rootCa, strangerCa } from "../pki.ts";
import { changingList, refusedAgain, resumes, sessionClient, sessionServer } from "../resumption.ts";
import { clientTls, withServer } from "../talk.ts";

const needs = ["client-sessions", "server-sessions", "server-client-auth-require", "client-identity"] as const;

export const clientSessionCases: readonly ConformanceCase[] = [
  {
    id: "client-resumed",
    name: "a client's session is resumed, and its chain is verified again",
    needs,
    async run(context) {
      const identity = await (await intermediateCa()).issueWith({ names: ["client@example.org"], profile: "client" });
      const trustRoot = (await rootCa()).certificate;
      const clientIntermediates = [(await intermediateCa()).certificate];
      for (const lowerMaximumSecurityTo of ["TLSv1.3", "TLSv1.2"] as const) {
        const tls = await clientTls("localhost", { sessions: true, identity, lowerMaximumSecurityTo });
        await withServer(
          context,
          await sessionServer(undefined, { trustRoot, clientIntermediates }),
          async (server) => {
            const accept = (): Promise<Connection> => server.listener.accept();
            const first = await resumes(context, server.port, accept, tls);
            const second = await resumes(context, server.port, accept, tls);
            equal([first.resumed, second.resumed], [false, true], `resumed in ${lowerMaximumSecurityTo}`);
            equal(second.server.peerCertificate?.id, identity.id, "the client's certificate");
            equal(second.server.peerChain.length, first.server.peerChain.length, "its chain");
            ok(VerifiedPath.is(second.server.verifiedPath), "the proof");
            ok(second.server.verifiedPath !== first.server.verifiedPath, "it is another one");
          },
        );
      }
    },
  },
  {
    id: "client-resumes-with-a-removed-root",
    name: "a client whose root is no longer trusted is refused",
    needs,
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true, identity: await goodClient() });
      const options = await sessionServer(undefined, { trustRoot: (await rootCa()).certificate });
      await withServer(context, options, async (server) => {
        await resumes(context, server.port, () => server.listener.accept(), tls);
        await server.listener.update(options.with({ trustRoot: (await strangerCa()).certificate }));
        await refusedAgain(context, server, tls, ["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"]);
      });
    },
  },
  {
    id: "client-resumes-under-other-trust",
    name: "nothing is resumed under other trust, even if that would accept the client",
    needs,
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true, identity: await goodClient() });
      const [ours, theirs] = [(await rootCa()).certificate, (await strangerCa()).certificate];
      const options = await sessionServer(undefined, { trustRoot: ours });
      await withServer(context, options, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        await resumes(context, port, accept, tls);
        await listener.update(options.with({ trustRoot: [ours, theirs] }));
        const { resumed, server } = await resumes(context, port, accept, tls);
        equal([resumed, server.verifiedPath !== undefined], [false, true], "a full handshake, with a proof");
      });
    },
  },
  {
    id: "client-resumes-after-its-revocation",
    name: "a client that has been revoked since is refused",
    needs,
    async run(context) {
      const identity = await issued({ names: ["client@example.org"], profile: "client" });
      const { fetch, revoke } = await changingList(identity);
      const tls = await clientTls("localhost", { sessions: true, identity });
      const trustRoot = (await rootCa()).certificate;
      const options = await sessionServer(undefined, { trustRoot, revocation: { mode: "require", fetch } });
      await withServer(context, options, async (server) => {
        const accept = (): Promise<Connection> => server.listener.accept();
        await resumes(context, server.port, accept, tls);
        equal((await resumes(context, server.port, accept, tls)).resumed, true, "resumed while it is good");
        revoke();
        await refusedAgain(context, server, tls, "CERTIFICATE_REVOKED");
      });
    },
  },
  {
    id: "client-resumes-after-a-refusal",
    name: "a client whose session was refused makes a full handshake next, at most once a minute",
    needs,
    async run(context) {
      const identity = await issued({ names: ["client@example.org"], profile: "client" });
      const { fetch, revoke, forgive } = await changingList(identity);
      // As many clients do: the session is offered again, whatever came of it.
      const kept = new Map<string, Uint8Array>();
      const store = {
        take: (key: string) => kept.get(key),
        put: (key: string, session: Uint8Array) => void kept.set(key, session),
      };
      const tls = await sessionClient(store, "localhost", { identity, lowerMaximumSecurityTo: "TLSv1.2" });
      const trustRoot = (await rootCa()).certificate;
      const options = await sessionServer(undefined, { trustRoot, revocation: { mode: "require", fetch } });
      await withServer(context, options, async (server) => {
        const accept = (): Promise<Connection> => server.listener.accept();
        const isResumed = async (): Promise<boolean> => (await resumes(context, server.port, accept, tls)).resumed;
        equal([await isResumed(), await isResumed()], [false, true], "resumed while it is good");
        revoke();
        await refusedAgain(context, server, tls, "CERTIFICATE_REVOKED");
        forgive();
        equal([await isResumed(), await isResumed()], [false, true], "a full handshake after a refusal");
        revoke();
        await refusedAgain(context, server, tls, "CERTIFICATE_REVOKED");
        forgive();
        equal(await isResumed(), true, "the second refusal within a minute changes nothing");
      });
    },
  },
  {
    id: "client-resumes-unverified",
    name: "a session of a client that was refused lets nobody in, though both verifiers would now",
    needs,
    async run(context) {
      const identity = await issued({ names: ["client@example.org"], profile: "client" });
      const { fetch, revoke, forgive } = await changingList(identity);
      const cache = new SessionCache();
      const put = Promise.withResolvers<void>();
      const store = {
        take: (key: string) => cache.take(key),
        put: (key: string, session: Uint8Array) => {
          cache.put(key, session);
          put.resolve();
        },
      };
      // Before TLS 1.3 the ticket comes within the handshake, so the client has it whatever comes of the connection.
      const tls = await sessionClient(store, "localhost", { identity, lowerMaximumSecurityTo: "TLSv1.2" });
      const trustRoot = (await rootCa()).certificate;
      const first = Promise.withResolvers<void>();
      const late = async (): ReturnType<typeof fetch> => {
        await first.promise;
        return fetch();
      };
      const options = await sessionServer(undefined, { trustRoot, revocation: { mode: "require", fetch: late } });
      await withServer(context, options, async (server) => {
        revoke();
        const refused = refusedAgain(context, server, tls, "CERTIFICATE_REVOKED");
        await within(put.promise, "the client keeping a session");
        first.resolve();
        await refused;
        forgive();
        await refusedAgain(context, server, tls, "RUNTIME_REFUSED");
      });
    },
  },
  {
    id: "client-resumes-without-a-certificate",
    name: "a client that showed none is resumed as nobody, and not where one is required",
    needs: [...needs, "server-client-auth-request"],
    async run(context) {
      const tls = await clientTls("localhost", { sessions: true });
      const trustRoot = (await rootCa()).certificate;
      const options = await sessionServer(undefined, { trustRoot, clientAuth: "request" });
      await withServer(context, options, async (server) => {
        const accept = (): Promise<Connection> => server.listener.accept();
        await resumes(context, server.port, accept, tls);
        const second = await resumes(context, server.port, accept, tls);
        equal([second.resumed, second.server.verifiedPath], [true, undefined], "resumed, unverified");
        equal(second.server.peerCertificate, undefined, "no certificate");
        await server.listener.update(options.with({ clientAuth: "require" }));
        await refusedAgain(context, server, tls, "CLIENT_CERTIFICATE_REQUIRED");
      });
    },
  },
];
