// The tickets of a server: what they are good for, and where.

import type { CertificateOptionsInit } from "@tlskit/options";
import { SessionCache } from "@tlskit/options";
import type { Connection } from "../../contract.ts";
import { equal, ok, rejects } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { later } from "../clock.ts";
import { goodServer, issued, rootCa } from "../pki.ts";
import {
  refusedAgain,
  resumedElsewhere,
  resumedWith,
  resumes,
  sessionClient,
  sessionServer,
  ticketSecret,
} from "../resumption.ts";
import { clientTls, serverTls, withServer } from "../talk.ts";

const both = ["client-sessions", "server-sessions"] as const;
const shared = [...both, "server-ticket-secret"] as const;

export const ticketCases: readonly ConformanceCase[] = [
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
    name: "a server that insists on client certificates takes no ticket of one that does not",
    needs: [...shared, "server-client-auth-require"],
    async run(context) {
      const identity = await goodServer();
      const trustRoot = (await rootCa()).certificate;
      const tls = await clientTls("localhost", { sessions: true });
      const there = await serverTls(identity, {
        trustRoot,
        clientAuth: "require",
        sessions: true,
      } as Partial<CertificateOptionsInit>);
      const here = await sessionServer(identity, { sessions: { ticketSecret } });
      await withServer(context, here, async (one) => {
        await resumes(context, one.port, () => one.listener.accept(), tls);
      });
      await withServer(context, there, async (server) =>
        refusedAgain(context, server, tls, "CLIENT_CERTIFICATE_REQUIRED"),
      );
      const together = Promise.resolve().then(async () =>
        context.transport.listen({
          host: "127.0.0.1",
          port: 0,
          tls: await serverTls(identity, { trustRoot, clientAuth: "request", sessions: { ticketSecret } } as never),
        }),
      );
      await rejects(together, "OPTION_CONFLICT", "tickets for other processes beside client certificates");
    },
  },
  {
    id: "resume-after-rotation",
    name: "keys of tickets rotate: an old ticket makes a full handshake",
    needs: both,
    async run(context) {
      const server = await sessionServer(undefined, { sessions: { rotateAfter: 600 } });
      const tls = await clientTls("localhost", { sessions: true });
      await withServer(context, server, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        await resumes(context, port, accept, tls);
        const { resumed } = await later(601_000, () => resumes(context, port, accept, tls));
        equal(resumed, false, "resumed with an old ticket");
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
];
