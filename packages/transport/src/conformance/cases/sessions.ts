// Resumption proves only what the full handshake proved: what a client no longer holds makes a full handshake, or is refused.

import { SessionCache } from "@tlskit/options";
import { trustRootFromCertificates } from "@tlskit/trust";
import { issueCrl } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import { equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { later } from "../clock.ts";
import { daysFromNow, goodClient, issued, rootCa, strangerCa } from "../pki.ts";
import { changingList, refusedAgain, resumedWith, resumes, sessionClient, sessionServer } from "../resumption.ts";
import { clientTls, serverTls, withServer } from "../talk.ts";

const both = ["client-sessions", "server-sessions"] as const;

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
    name: "a server whose certificate has expired since is refused, and so is a client",
    needs: [...both, "server-client-auth-require", "client-identity"],
    async run(context) {
      await serverExpires(context, daysFromNow(lifetime));
      await clientExpires(context, daysFromNow(lifetime));
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
    id: "resume-after-the-revocation",
    name: "the same options refuse a server of which they learn later that it is revoked",
    needs: both,
    async run(context) {
      const identity = await issued({ names: ["localhost"] });
      const crls = await changingList(identity);
      const revocation = { mode: "require", fetch: crls.fetch } as const;
      const tls = await sessionClient(new SessionCache(), "localhost", { revocation });
      await withServer(context, await sessionServer(identity), async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        const resumed = [await resumes(context, port, accept, tls), await resumes(context, port, accept, tls)];
        equal(
          resumed.map((one) => one.resumed),
          [false, true],
          "resumed while it is good",
        );
        crls.revoke();
        listener.accept().catch(() => {});
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(attempt, "CERTIFICATE_REVOKED", "a client must refuse this server");
      });
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
];

async function serverExpires(context: ConformanceContext, notAfter: Date): Promise<void> {
  const store = new SessionCache();
  const server = await sessionServer(await issued({ names: ["localhost"], notAfter }));
  const tls = await sessionClient(store);
  await withServer(context, server, async ({ listener, port }) => {
    await resumes(context, port, () => listener.accept(), tls);
    equal(store.size, 1, "a session is kept");
    await later(afterwards, async () => {
      listener.accept().catch(() => {});
      const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
      await rejects(attempt, "CERTIFICATE_EXPIRED", "a client must refuse this server");
    });
    equal(store.size, 0, "sessions that are left");
  });
}

async function clientExpires(context: ConformanceContext, notAfter: Date): Promise<void> {
  const identity = await issued({ names: ["client@example.org"], profile: "client", notAfter });
  const tls = await sessionClient(new SessionCache(), "localhost", { identity });
  const trustRoot = (await rootCa()).certificate;
  await withServer(
    context,
    await sessionServer(undefined, { trustRoot, sessions: { rotateAfter } }),
    async (server) => {
      await resumes(context, server.port, () => server.listener.accept(), tls);
      await later(afterwards, () => refusedAgain(context, server, tls, "CERTIFICATE_EXPIRED"));
    },
  );
}

/** How long the certificates are valid, in days: time for a handshake before, on any machine. */
const lifetime = 10 / (24 * 60);
/** When they are not any more, in milliseconds; sessions still are. */
const afterwards = 11 * 60_000;
/** Keys of tickets that are still in use then, in seconds. */
const rotateAfter = 7 * 86_400;
