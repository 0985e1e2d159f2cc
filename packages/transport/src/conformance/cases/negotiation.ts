// What both sides agree on: versions, application protocols, the server's name; and what is never offered.

import type { CapabilityName } from "@tlskit/options";
import { equal, hasCode, ok, rejects } from "../assert.ts";
import { clientHello } from "../capture-hello.ts";
import type { ConformanceCase } from "../case.ts";
import { HelloExtension } from "../client-hello.ts";
import { clientTls, serverTls, text, withPair, withServer } from "../talk.ts";

function version(only: "TLSv1.2" | "TLSv1.3"): {
  raiseMinimumTo: "TLSv1.2" | "TLSv1.3";
  lowerMaximumSecurityTo: "TLSv1.2" | "TLSv1.3";
} {
  return { raiseMinimumTo: only, lowerMaximumSecurityTo: only };
}

/** A version that is insecure is to be had only in so many words. */
function oldVersion(old: "TLSv1.0" | "TLSv1.1", need: CapabilityName): ConformanceCase {
  const only = { insecurelyLowerMinimumTo: old, lowerMaximumSecurityTo: old };
  return {
    id: `${need}-asked-for-by-name`,
    name: `${old} works where both sides lower their minimum by name`,
    needs: [need],
    run: async (context) =>
      withPair(context, async ({ negotiated }) => equal(negotiated.version, old, "the version"), {
        server: await serverTls(undefined, only),
        client: await clientTls("localhost", only),
      }),
  };
}

export const negotiationCases: readonly ConformanceCase[] = [
  {
    id: "tls12-only-server",
    name: "a server of TLS 1.2 gets TLS 1.2, with an AEAD suite and forward secrecy",
    needs: ["tls1.2"],
    run: async (context) =>
      withPair(
        context,
        async ({ negotiated }) => {
          equal(negotiated.version, "TLSv1.2", "the version");
          ok(/^TLS_ECDHE_.*(GCM|POLY1305)/.test(negotiated.cipher), `the suite ${negotiated.cipher}`);
        },
        { server: await serverTls(undefined, version("TLSv1.2")) },
      ),
  },
  {
    id: "tls12-only-client",
    name: "a client of TLS 1.2 gets TLS 1.2",
    needs: ["tls1.2"],
    run: async (context) =>
      withPair(context, async (_, server) => equal(server.negotiated.version, "TLSv1.2", "the version"), {
        client: await clientTls("localhost", version("TLSv1.2")),
      }),
  },
  {
    id: "tls13-only",
    name: "TLS 1.3 alone can be asked for",
    needs: ["tls1.3"],
    run: async (context) =>
      withPair(context, async ({ negotiated }) => equal(negotiated.version, "TLSv1.3", "the version"), {
        server: await serverTls(undefined, version("TLSv1.3")),
        client: await clientTls("localhost", version("TLSv1.3")),
      }),
  },
  oldVersion("TLSv1.0", "tls1.0"),
  oldVersion("TLSv1.1", "tls1.1"),
  {
    id: "no-common-version",
    name: "without a version in common, both sides say so (TRN-13)",
    async run(context) {
      await withServer(context, await serverTls(undefined, version("TLSv1.3")), async ({ port, nextError }) => {
        const tls = await clientTls("localhost", version("TLSv1.2"));
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(attempt, "PROTOCOL_VERSION_MISMATCH", "the client");
        hasCode(await nextError(), ["PROTOCOL_VERSION_MISMATCH", "HANDSHAKE_FAILED"], "the server");
      });
    },
  },
  {
    id: "alpn-agreed",
    name: "the server's order decides which protocol is agreed on (OPT-43)",
    needs: ["alpn"],
    run: async (context) =>
      withPair(
        context,
        async (client, server) => {
          equal(client.negotiated.alpn, "h2", "the protocol");
          equal(server.negotiated.alpn, "h2", "the protocol, for the server");
          equal((await client.opened).alpn, "h2", "opened tells it");
        },
        {
          server: await serverTls(undefined, { acceptableProtocols: ["h2", "http/1.1"] }),
          client: await clientTls("localhost", { acceptableProtocols: ["http/1.1", "h2"] }),
        },
      ),
  },
  {
    id: "alpn-not-offered",
    name: "a client that offers none gets none (TRN-30, OPT-44)",
    needs: ["alpn"],
    run: async (context) =>
      withPair(context, async (client) => equal(client.negotiated.alpn, undefined, "the protocol"), {
        server: await serverTls(undefined, { acceptableProtocols: ["h2"] }),
      }),
  },
  {
    id: "alpn-none-in-common",
    name: "without a protocol in common the client is refused by alert (OPT-45)",
    needs: ["alpn"],
    async run(context) {
      const server = await serverTls(undefined, { acceptableProtocols: ["h2"] });
      await withServer(context, server, async ({ port, nextError }) => {
        const tls = await clientTls("localhost", { acceptableProtocols: ["http/1.1"] });
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(attempt, "NO_APPLICATION_PROTOCOL", "the client");
        hasCode(await nextError(), ["NO_APPLICATION_PROTOCOL", "HANDSHAKE_FAILED", "CONNECTION_RESET"], "the server");
      });
    },
  },
  {
    id: "alpn-required-by-the-client",
    name: "a client that requires a protocol refuses a server that knows none",
    needs: ["alpn"],
    async run(context) {
      await withServer(context, await serverTls(), async ({ port }) => {
        const tls = await clientTls("localhost", { acceptableProtocols: ["h2"], requireProtocol: "h2" });
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
        await rejects(attempt, "NO_APPLICATION_PROTOCOL", "the client");
      });
    },
  },
  {
    id: "alpn-required-by-the-server",
    name: "a server that requires a protocol refuses a client that offers none",
    needs: ["alpn"],
    async run(context) {
      const server = await serverTls(undefined, { acceptableProtocols: ["h2"], requireProtocol: true });
      await withServer(context, server, async ({ port, nextError }) => {
        const client = await context.transport
          .connect({ host: "127.0.0.1", port }, { tls: await clientTls() })
          .catch(() => undefined);
        hasCode(await nextError(), "NO_APPLICATION_PROTOCOL", "the server");
        client?.abort();
      });
    },
  },
  {
    id: "server-name-sent",
    name: "the host name is sent as server name, in its canonical form",
    async run(context) {
      const { extensions } = await clientHello(context, await clientTls("Bücher.example."));
      const expected = text("xn--bcher-kva.example");
      const sent = extensions.get(HelloExtension.serverName);
      equal(sent?.slice(5), expected, "the server name");
    },
  },
  {
    id: "server-name-not-sent-for-address",
    name: "an IP address is never sent as server name (RFC 6066, section 3)",
    async run(context) {
      const { extensions } = await clientHello(context, await clientTls("127.0.0.1"));
      equal(extensions.has(HelloExtension.serverName), false, "a server name");
    },
  },
  {
    id: "nothing-resumed-nothing-early",
    name: "a client offers no session and no early data, also when it comes again",
    async run(context) {
      const tls = await clientTls();
      for (const time of ["first", "second"]) {
        await withPair(context, async ({ negotiated }) => equal(negotiated.resumed, false, `resumed, ${time} time`), {
          client: tls,
        });
      }
      const { extensions } = await clientHello(context, tls);
      equal(extensions.has(HelloExtension.preSharedKey), false, "a session of TLS 1.3");
      equal(extensions.has(HelloExtension.earlyData), false, "early data");
      equal(extensions.get(HelloExtension.sessionTicket)?.byteLength ?? 0, 0, "a ticket of TLS 1.2");
    },
  },
];
