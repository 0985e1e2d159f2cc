// A certificate for each name that clients ask for, and certificates and trust that change while a server runs.

import { CertificateOptions, type CertificateOptionsInit } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { goodClient, goodServer, issued, rootCa, strangerCa } from "../pki.ts";
import { clientTls, serverTls, withServer } from "../talk.ts";

const needs = ["server-name-identities"] as const;

/** The id of the certificate that a client is shown when it asks for this name; the identity the server says is its own. */
async function shownFor(
  { transport }: ConformanceContext,
  port: number,
  accept: () => Promise<Connection>,
  name: string,
  alpn: readonly string[] = [],
): Promise<string | undefined> {
  const accepted = accept();
  accepted.catch(() => {});
  const tls = await clientTls(name, alpn.length === 0 ? {} : { acceptableProtocols: alpn });
  const client = await transport.connect({ host: "127.0.0.1", port }, { tls });
  const server = await within(accepted, "accepting");
  const shown = client.peerCertificate?.id;
  equal(server.localCertificate?.id, shown, "what the server says is its own certificate");
  equal(server.negotiated.serverName, name, "the name that was asked for");
  if (alpn.length > 0) equal(client.negotiated.alpn, alpn[0], "the protocol");
  client.abort();
  server.abort();
  return shown;
}

async function named(...names: readonly string[]): Promise<PrivateCertificate> {
  return issued({ names });
}

export const serverNameCases: readonly ConformanceCase[] = [
  {
    id: "names-table",
    name: "a server has a certificate for each name: exact, wildcard, and one for all others (OPT-49)",
    needs,
    async run(context) {
      const [exact, wild, rest] = await Promise.all([
        named("a.example"),
        named("*.w.example"),
        named("localhost", "deep.b.w.example"),
      ]);
      const tls = await serverTls(rest, {
        contextForServerName: { "A.example": exact, "*.W.example": wild },
        acceptableProtocols: ["h2", "http/1.1"],
      });
      await withServer(context, tls, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        equal(await shownFor(context, port, accept, "a.example"), exact.id, "the exact name");
        equal(await shownFor(context, port, accept, "b.w.example"), wild.id, "the wildcard");
        equal(await shownFor(context, port, accept, "deep.b.w.example"), rest.id, "a wildcard is one label");
        equal(await shownFor(context, port, accept, "localhost"), rest.id, "all other names");
        equal(await shownFor(context, port, accept, "b.w.example", ["http/1.1"]), wild.id, "whatever ALPN says");
        equal(await shownFor(context, port, accept, "localhost", ["h2"]), rest.id, "and for the others");
      });
    },
  },
  {
    id: "names-resolver",
    name: "a function may find the certificate, and take its time",
    needs,
    async run(context) {
      const [found, rest] = await Promise.all([named("found.example"), named("localhost")]);
      const asked: string[] = [];
      const tls = await serverTls(rest, {
        contextForServerName: async (name) => {
          asked.push(name);
          await new Promise((resolve) => setTimeout(resolve, 10));
          return name === "found.example" ? found : undefined;
        },
      });
      await withServer(context, tls, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        equal(await shownFor(context, port, accept, "found.example"), found.id, "the one that was found");
        equal(await shownFor(context, port, accept, "localhost"), rest.id, "the one for all others");
        equal(asked, ["found.example", "localhost"], "what the function was asked");
      });
    },
  },
  {
    id: "names-unknown",
    name: "without a certificate for all other names, an unknown name is refused and reported",
    needs,
    async run(context) {
      const tls = new CertificateOptions({ contextForServerName: { "a.example": await named("a.example") } });
      await withServer(context, tls, async ({ listener, port, nextError }) => {
        listener.accept().catch(() => {});
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls("b.example") });
        const refusal = await rejects(within(attempt, "connecting"), "HANDSHAKE_ALERT", "a name that nobody has");
        equal(Reflect.get(refusal.details, "alert"), "unrecognized_name", "what the client is told");
        const error = await nextError();
        hasCode(error, "SERVER_NAME_UNKNOWN", "the report");
      });
    },
  },
  {
    id: "names-alpn-none-in-common",
    name: "whatever name is asked for, the server is told that there is no protocol in common",
    needs: ["server-name-identities", "alpn"],
    async run(context) {
      const identity = await named("a.example");
      for (const contextForServerName of [{ "a.example": identity }, async () => identity]) {
        const tls = await serverTls(await goodServer(), { contextForServerName, acceptableProtocols: ["h2"] });
        await withServer(context, tls, async ({ port, nextError }) => {
          const options = { tls: await clientTls("a.example", { acceptableProtocols: ["http/1.1"] }) };
          const attempt = context.transport.connect({ host: "127.0.0.1", port }, options);
          // Deno's TLS does not send the alert of a handshake that has waited for its certificate.
          const codes = ["NO_APPLICATION_PROTOCOL", "CONNECTION_RESET"];
          await rejects(within(attempt, "connecting"), codes, "the client");
          hasCode(await nextError(), "NO_APPLICATION_PROTOCOL", "the server");
        });
      }
    },
  },
  {
    id: "names-none-given",
    name: "without a certificate for all other names, a client that names none is refused and reported",
    needs,
    async run(context) {
      for (const lowerMaximumSecurityTo of ["TLSv1.3", "TLSv1.2"] as const) {
        const names = { "a.example": await named("a.example") };
        const tls = new CertificateOptions({ contextForServerName: names, lowerMaximumSecurityTo });
        await withServer(context, tls, async ({ listener, port, nextError }) => {
          listener.accept().catch(() => {});
          const attempt = context.transport.connect(`127.0.0.1:${port}`, { tls: await clientTls("127.0.0.1") });
          const codes = ["CONNECTION_RESET", "HANDSHAKE_ALERT", "HANDSHAKE_FAILED", "NO_COMMON_PARAMETERS"];
          await rejects(within(attempt, "connecting"), codes, "no name");
          const error = await nextError();
          hasCode(error, "SERVER_NAME_UNKNOWN", `the report with ${lowerMaximumSecurityTo}`);
        });
      }
    },
  },
  {
    id: "names-resolver-fails",
    name: "a function that fails costs that one connection, and is reported",
    needs,
    async run(context) {
      const tls = await serverTls(await goodServer(), {
        contextForServerName: (name) => {
          if (name === "localhost") return undefined;
          throw new Error("the database is away");
        },
      });
      await withServer(context, tls, async ({ listener, port, nextError }) => {
        const accept = (): Promise<Connection> => listener.accept();
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls("b.example") });
        const refusal = await rejects(within(attempt, "connecting"), "HANDSHAKE_ALERT", "it");
        equal(Reflect.get(refusal.details, "alert"), "internal_error", "what the client is told");
        hasCode(await nextError(), "SERVER_NAME_RESOLVER_FAILED", "the report");
        equal(await shownFor(context, port, accept, "localhost"), (await goodServer()).id, "the next one");
      });
    },
  },
  {
    id: "names-with-client-certificates",
    name: "client certificates are verified whatever name is asked for",
    needs: ["server-name-identities", "server-client-auth-require"],
    async run(context) {
      const trustRoot = (await rootCa()).certificate;
      const tls = await serverTls(await goodServer(), {
        contextForServerName: { "a.example": await named("a.example") },
        trustRoot,
        clientAuth: "require",
      } as Partial<CertificateOptionsInit>);
      const stranger = await (await strangerCa()).issueWith({ names: ["x@example.org"], profile: "client" });
      await withServer(context, tls, async ({ listener, port, nextError }) => {
        for (const name of ["a.example", "localhost"]) {
          const good = await clientTls(name, { identity: await goodClient() });
          const accepted = listener.accept();
          accepted.catch(() => {});
          const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: good });
          ok((await within(accepted, "accepting")).verifiedPath !== undefined, "the proof");
          client.abort();
          const bad = await clientTls(name, { identity: stranger });
          const attempt = context.transport
            .connect({ host: "127.0.0.1", port }, { tls: bad })
            .then((connection) => connection.read());
          const refusal = await nextError();
          ok(["UNKNOWN_ISSUER", "UNTRUSTED_ROOT"].includes((refusal as { code: string }).code), "the refusal");
          await within(
            attempt.catch(() => null),
            "the client learning of it",
          );
        }
      });
    },
  },
  {
    id: "names-mistakes",
    name: "names that are none, and identities that are none, are refused when options are made",
    async run() {
      const identity = await goodServer();
      for (const wrong of [{}, { "a b": identity }, { "127.0.0.1": identity }, { "a.example": {} }, 5]) {
        const attempt = Promise.resolve().then(
          () => new CertificateOptions({ identity, contextForServerName: wrong as never }),
        );
        await rejects(attempt, ["OPTION_VALUE_INVALID", "OPTION_TYPE_INVALID"], "contextForServerName");
      }
    },
  },
  {
    id: "update-certificate-under-load",
    name: "a server changes its certificate under load, and not one handshake fails",
    async run(context) {
      const [first, second] = await Promise.all([goodServer(), named("localhost", "127.0.0.1")]);
      await withServer(context, await serverTls(first), async ({ listener, port, errors }) => {
        const seen = new Set<string | undefined>();
        const one = async (): Promise<void> => {
          const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
          seen.add(client.peerCertificate?.id);
          await client.close();
        };
        const serving = (async () => {
          for await (const connection of listener) connection.close().catch(() => {});
        })();
        const load = Array.from({ length: 4 }, async () => {
          for (let count = 0; count < 12; count++) await one();
        });
        for (const identity of [second, first, second]) {
          await one();
          await listener.update(await serverTls(identity));
        }
        await within(Promise.all(load), "the load");
        await one();
        equal([...seen].sort(), [first.id, second.id].sort(), "the certificates that were seen");
        equal(errors.length, 0, "what was reported");
        await listener.close({ timeoutMs: 0 });
        await serving;
      });
    },
  },
  {
    id: "updates-in-order",
    name: "of several updates the last one counts, whichever is done first; one that fails changes nothing",
    async run(context) {
      const first = await serverTls();
      await withServer(context, first, async ({ listener, port }) => {
        const other = await issued({ names: ["localhost"] });
        // The first options need no work any more: they are ready before those that were asked for earlier.
        const updates = [listener.update(await serverTls(other)), listener.update(first)];
        await rejects(listener.update(new CertificateOptions({})), "OPTION_MISSING", "options without an identity");
        await Promise.all(updates);
        const accepted = listener.accept();
        accepted.catch(() => {});
        const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
        equal(client.peerCertificate?.id, first.identity?.id, "the certificate in force");
        client.abort();
      });
    },
  },
  {
    id: "update-trust",
    name: "a server changes whom it trusts; wrong options are refused, and the old ones stay",
    needs: ["server-client-auth-require"],
    async run(context) {
      const options = async (ca: typeof rootCa): Promise<CertificateOptions> =>
        serverTls(undefined, {
          trustRoot: (await ca()).certificate,
          clientAuth: "require",
        } as Partial<CertificateOptionsInit>);
      await withServer(context, await options(strangerCa), async ({ listener, port, nextError }) => {
        const tls = await clientTls("localhost", { identity: await goodClient() });
        const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls }).then((one) => one.read());
        attempt.catch(() => {});
        await nextError();
        await listener.update(await options(rootCa));
        await rejects(
          listener.update(new CertificateOptions({})),
          "OPTION_MISSING",
          "options without an identity are refused",
        );
        const accepted = listener.accept();
        accepted.catch(() => {});
        const client = await context.transport.connect({ host: "127.0.0.1", port }, { tls });
        ok((await within(accepted, "accepting")).verifiedPath !== undefined, "the proof");
        client.abort();
      });
    },
  },
];
