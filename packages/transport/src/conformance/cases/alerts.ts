// Alerts: a peer that says why it ends the handshake is quoted, by the name that the RFC gives the alert, on every runtime.

import type { PlainConnection } from "../../contract.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase, ConformanceContext } from "../case.ts";
import { parseClientHello } from "../client-hello.ts";
import { goodServer, issued } from "../pki.ts";
import { clientTls, serverTls, withPlainServer, withServer } from "../talk.ts";

export const alertCases: readonly ConformanceCase[] = [
  {
    id: "alerts-of-the-server",
    name: "every alert that ends a handshake is reported by its name (RFC 8446, section 6)",
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const tls = await clientTls();
        for (const [number, alert] of alerts) {
          const behaving = listener.accept().then(async (server) => {
            await server.read();
            await server.write(Uint8Array.of(21, 3, 3, 0, 2, 2, number));
            while ((await server.read()) !== null);
          });
          behaving.catch(() => {}); // The client is gone.
          const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
          const code = codes[alert] ?? "HANDSHAKE_ALERT";
          const { details } = await rejects(within(attempt, "an answer"), code, alert);
          if (code === "HANDSHAKE_ALERT") equal((details as { alert?: string }).alert, alert, `alert ${number}`);
        }
      }),
  },
  {
    id: "alert-before-a-reset",
    name: "a client that says why it ends the handshake, and resets the connection with the same breath, is quoted",
    run: async (context) => {
      const hello = await recordedHello(context);
      const tls = await serverTls(undefined, { lowerMaximumSecurityTo: "TLSv1.2" });
      await withServer(context, tls, async ({ port, nextError }) => {
        for (let time = 0; time < 10; time++) {
          const client = await inClear(context, port);
          await client.write(hello);
          ok((await within(client.read(new Uint8Array(5)), "the server's hello")) !== null, "a hello");
          await client.write(Uint8Array.of(21, 3, 3, 0, 2, 2, 48));
          client.abort();
          const { details } = hasCode(await nextError(), "HANDSHAKE_ALERT", "the report");
          equal((details as { alert?: string }).alert, "unknown_ca", "the alert");
        }
      });
    },
  },
  {
    id: "client-is-too-old",
    name: "a client that knows TLS 1.1 at most is told so by an alert, and reported, also where names choose certificates",
    needs: ["server-name-identities"],
    run: async (context) => {
      const named = { contextForServerName: { "a.example": await issued({ names: ["a.example"] }) } };
      for (const more of [{}, named]) {
        await withServer(context, await serverTls(undefined, more), async ({ port, nextError }) => {
          const client = await inClear(context, port);
          await client.write(oldHello);
          hasCode(await nextError(), "PROTOCOL_VERSION_MISMATCH", "the report");
          const [type] = (await within(client.read(), "an alert")) ?? [];
          equal(type, 21, "the type of the record");
          client.abort();
        });
      }
    },
  },
  {
    id: "alerts-where-names-choose",
    name: "a client learns what is wrong also from a server that chooses its certificate by name",
    needs: ["server-name-identities", "alpn"],
    run: async (context) => {
      const named = { contextForServerName: { localhost: await goodServer() }, acceptableProtocols: ["h2"] };
      await withServer(context, await serverTls(undefined, named), async ({ port, nextError }) => {
        for (const lowerMaximumSecurityTo of ["TLSv1.3", "TLSv1.2"] as const) {
          const tls = await clientTls("localhost", { acceptableProtocols: ["other"], lowerMaximumSecurityTo });
          const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
          await rejects(within(attempt, "an answer"), "NO_APPLICATION_PROTOCOL", "the client");
          hasCode(await nextError(), "NO_APPLICATION_PROTOCOL", "the report");
        }
      });
    },
  },
];

/** A client that can say anything. */
function inClear({ transport }: ConformanceContext, port: number): Promise<PlainConnection> {
  return transport.connect({ host: "127.0.0.1", port }, { secureTransport: "starttls" });
}

/** What a client says first, as it comes. */
async function recordedHello(context: ConformanceContext): Promise<Uint8Array> {
  let hello = new Uint8Array();
  await withPlainServer(context, async ({ listener, port }) => {
    const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls: await clientTls() });
    attempt.catch(() => {}); // Nobody answers it.
    const peer = await within(listener.accept(), "accepting");
    while (parseClientHello(hello) === undefined) {
      const more = await within(peer.read(), "the hello");
      ok(more !== null, "a client says hello");
      hello = new Uint8Array([...hello, ...more]);
    }
    peer.abort();
  });
  return hello;
}

// RFC 4346, section 7.4.1.2: TLS 1.1, no session, two suites, no compression.
const oldHello = new Uint8Array([
  ...[22, 3, 1, 0, 47, 1, 0, 0, 43],
  ...[3, 2, ...new Uint8Array(32).fill(7), 0, 0, 4, 0xc0, 0x13, 0, 0x2f, 1, 0],
]);

// Those that a client may get; section 6.2, and RFC 5246, RFC 7507 for the older ones.
const alerts: readonly (readonly [number: number, name: string])[] = [
  [10, "unexpected_message"],
  [20, "bad_record_mac"],
  [22, "record_overflow"],
  [40, "handshake_failure"],
  [42, "bad_certificate"],
  [43, "unsupported_certificate"],
  [44, "certificate_revoked"],
  [45, "certificate_expired"],
  [46, "certificate_unknown"],
  [47, "illegal_parameter"],
  [48, "unknown_ca"],
  [49, "access_denied"],
  [50, "decode_error"],
  [51, "decrypt_error"],
  [70, "protocol_version"],
  [71, "insufficient_security"],
  [80, "internal_error"],
  [86, "inappropriate_fallback"],
  [90, "user_canceled"],
  [109, "missing_extension"],
  [110, "unsupported_extension"],
  [112, "unrecognized_name"],
  [113, "bad_certificate_status_response"],
  [115, "unknown_psk_identity"],
  [116, "certificate_required"],
  [120, "no_application_protocol"],
];

/** Those that have a code of their own. */
const codes: Readonly<Record<string, string>> = {
  protocol_version: "PROTOCOL_VERSION_MISMATCH",
  certificate_required: "CLIENT_CERTIFICATE_REQUIRED",
  no_application_protocol: "NO_APPLICATION_PROTOCOL",
};
