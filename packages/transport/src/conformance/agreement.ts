// What two sides agree on, where their options choose algorithms; and what a client offers, as numbers.

import type { CertificateOptionsInit, ClientTLSExtra } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import { KeyPair } from "@tlskit/x509";
import { equal, hasCode, ok, rejects } from "./assert.ts";
import type { ConformanceContext } from "./case.ts";
import { issued, once } from "./pki.ts";
import { clientTls, echo, expectEcho, serverTls, withPair, withServer } from "./talk.ts";

/** TLS 1.2 only. */
export const tls12 = { raiseMinimumTo: "TLSv1.2", lowerMaximumSecurityTo: "TLSv1.2" } as const;
/** TLS 1.3 only. */
export const tls13 = { raiseMinimumTo: "TLSv1.3" } as const;

/** A server with an RSA key: with it there are several ways to sign, and DHE suites. */
export const rsaServer: () => Promise<PrivateCertificate> = once(async () =>
  issued({ names: ["localhost", "127.0.0.1"], keyPair: await KeyPair.generate({ type: "rsa", bits: 2048 }) }),
);

/** What makes a server special. */
export type Server = Partial<CertificateOptionsInit>;

/** What two sides agree on. */
export async function agreed(
  context: ConformanceContext,
  server: Server,
  client: ClientTLSExtra,
): Promise<{ readonly version: string; readonly cipher: string; readonly group?: string }> {
  let negotiated: { readonly version: string; readonly cipher: string; readonly group?: string } | undefined;
  const identity = server.identity;
  const sides = { server: await serverTls(identity, server), client: await clientTls("localhost", client) };
  await withPair(
    context,
    async (one, other) => {
      const echoing = echo(other);
      await expectEcho(one);
      negotiated = one.negotiated;
      equal(other.negotiated.cipher, one.negotiated.cipher, "the suite, for the server");
      await one.closeWrite();
      await echoing;
    },
    sides,
  );
  ok(negotiated !== undefined, "a connection");
  return negotiated;
}

/** Two sides that have nothing in common; both say so. */
export async function disagree(context: ConformanceContext, server: Server, client: ClientTLSExtra): Promise<void> {
  await withServer(context, await serverTls(server.identity, server), async ({ port, nextError }) => {
    const tls = await clientTls("localhost", client);
    const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
    await rejects(attempt, ["NO_COMMON_PARAMETERS", "HANDSHAKE_ALERT", "HANDSHAKE_FAILED"], "the client");
    hasCode(await nextError(), ["NO_COMMON_PARAMETERS", "HANDSHAKE_FAILED", "CONNECTION_RESET"], "the server");
  });
}

/** The numbers in an extension that is a list of them. */
export function numbers(contents: Uint8Array | undefined): number[] {
  const found: number[] = [];
  for (let at = 2; contents !== undefined && at + 1 < contents.length; at += 2) {
    found.push(((contents[at] ?? 0) << 8) | (contents[at + 1] ?? 0));
  }
  return found;
}
