// Deno's own APIs with our options, in real Deno: prints what was observed, as one line of JSON per case.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { type EveryUndefined, undefinedMistakes } from "@tlskit/cases";
import { CertificateOptions, type CertificateOptionsInit, optionsForClientTLS, TLSVersion } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { trustRootFromCertificates } from "@tlskit/trust";
import type { PrivateCertificate } from "@tlskit/x509";
import {
  type DenoHttpClientInit,
  type DenoHttpClientOptions,
  type DenoIdentity,
  denoHttpClientOptions,
  denoListenTlsOptions,
  denoServeOptions,
} from "../src/index.ts";

/** What is used of Deno; its types are not installed. */
interface DenoApi {
  serve(
    options: DenoIdentity & { port: number; hostname: string; onListen(): void },
    handler: () => Response,
  ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> };
  createHttpClient(options: DenoHttpClientOptions): { close(): void };
  listenTls(options: DenoIdentity & { alpnProtocols?: string[]; port: number; hostname: string }): AsyncIterable<{
    handshake(): Promise<{ readonly alpnProtocol: string | null }>;
    close(): void;
  }> & { readonly addr: { readonly port: number }; close(): void };
}
const { Deno } = globalThis as unknown as { readonly Deno: DenoApi };

const day = 24 * 60 * 60 * 1000;
const ca = await createTestCa({ notBefore: new Date(Date.now() - 100 * day) });
const intermediate = await ca.createIntermediate({ notBefore: new Date(Date.now() - 100 * day) });
const other = await createTestCa({ name: "a CA that nobody trusts" });
const good = await intermediate.issue("localhost");
const expired = await ca.issueWith({
  names: ["localhost"],
  notBefore: new Date(Date.now() - 50 * day),
  notAfter: new Date(Date.now() - day),
});
const trust = { trustRoot: ca.certificate };
const alone = { insecurelyRuntimeVerificationOnly: true };
const server = (identity: PrivateCertificate, more: CertificateOptionsInit = {}): CertificateOptions =>
  new CertificateOptions({ ...more, identity } as CertificateOptionsInit);
const client = (more: CertificateOptionsInit = {}): CertificateOptions =>
  new CertificateOptions({ ...trust, ...more } as CertificateOptionsInit);

const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  "what is undefined is as if left out": async () => {
    const every: EveryUndefined<DenoHttpClientInit> = { insecurelyRuntimeVerificationOnly: undefined };
    const given = { tls: client(), insecurelyRuntimeVerificationOnly: true };
    return undefinedMistakes({ label: "denoHttpClientOptions", every, given, call: denoHttpClientOptions });
  },
  good: () => serving(server(good), (url) => answer(url, client())),
  "HTTP/1.1 alone": () => serving(server(good), (url) => answer(url, client({ acceptableProtocols: ["http/1.1"] }))),
  "wrong name": async () => serving(server(await ca.issue("other.example")), (url) => answer(url, client())),
  expired: () => serving(server(expired), (url) => answer(url, client())),
  untrusted: async () => serving(server(await other.issue("localhost")), (url) => answer(url, client())),
  "a client without our verifier takes consent": () => pathsOf(() => denoHttpClientOptions({ tls: client() })),
  "a client refuses by name": () =>
    pathsOf(() =>
      denoHttpClientOptions({
        tls: client({
          acceptableProtocols: ["http/1.1", "h2"],
          requireProtocol: "h2",
          lowerMaximumSecurityTo: TLSVersion.TLSv1_2,
          profile: "webpki",
          verifyDepth: 2,
        }),
        ...alone,
      }),
    ),
  "a client that names every server": () =>
    pathsOf(() => denoHttpClientOptions({ tls: optionsForClientTLS("localhost", trust) as never, ...alone })),
  "limits on trust": () => {
    const limited = trustRootFromCertificates([ca.certificate]).distrustAfter(new Date());
    return pathsOf(() => denoHttpClientOptions({ tls: client({ trustRoot: limited }), ...alone }));
  },
  "Deno.serve asks nobody for a certificate": () =>
    pathsOf(() => denoServeOptions({ tls: server(good, { ...trust, clientAuth: "require" }) })),
  "Deno.serve refuses by name": () =>
    pathsOf(() =>
      denoServeOptions({ tls: server(good, { acceptableProtocols: ["h2"], raiseMinimumTo: TLSVersion.TLSv1_3 }) }),
    ),
  "Deno.serve with the protocols that it has": () =>
    serving(server(good, { acceptableProtocols: ["h2", "http/1.1"] }), (url) => answer(url, client())),
  "Deno.listenTls: ALPN": async () => {
    const options = await denoListenTlsOptions({ tls: server(good, { acceptableProtocols: ["foo", "bar"] }) });
    const listener = Deno.listenTls({ ...options, port: 0, hostname: "127.0.0.1" });
    const agreed: unknown[] = [];
    const serve = (async () => {
      for await (const connection of listener) {
        agreed.push(
          await connection.handshake().then(
            ({ alpnProtocol }) => alpnProtocol,
            () => "refused",
          ),
        );
        connection.close();
      }
    })();
    for (const protocol of ["bar", "baz"]) await openssl(listener.addr.port, "-alpn", protocol);
    listener.close();
    await serve.catch(() => {});
    return agreed;
  },
  "Deno.listenTls asks nobody for a certificate": () =>
    pathsOf(() => denoListenTlsOptions({ tls: server(good, { ...trust, clientAuth: "request" }) })),
  "settings that do not exist": () => pathsOf(() => denoServeOptions({ tls: server(good), port: 1 } as never)),
};

for (const [id, run] of Object.entries(cases)) {
  const observed = await run().catch((error: unknown) => `unexpected: ${String(error)}`);
  process.stdout.write(`${JSON.stringify({ id, observed })}\n`);
}
process.exit(0);

async function serving(tls: CertificateOptions, use: (url: string) => Promise<unknown>): Promise<unknown> {
  const options = await denoServeOptions({ tls });
  const made = Deno.serve({ ...options, port: 0, hostname: "127.0.0.1", onListen() {} }, () => new Response("hello"));
  try {
    return await use(`https://localhost:${made.addr.port}/`);
  } finally {
    await made.shutdown();
  }
}

async function answer(url: string, tls: CertificateOptions): Promise<string> {
  const made = Deno.createHttpClient(await denoHttpClientOptions({ tls, ...alone }));
  try {
    const response = await fetch(url, { client: made } as RequestInit);
    return await response.text();
  } catch (error) {
    // Deno has no codes here.
    const { cause } = error as { readonly cause?: Error };
    return /UnknownIssuer|certificate expired|not valid for name/.exec(cause?.message ?? "")?.[0] ?? String(error);
  } finally {
    made.close();
  }
}

async function openssl(port: number, ...args: string[]): Promise<void> {
  const child = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, ...args]);
  child.stdout.resume();
  child.stdin.on("error", () => {}).end();
  await once(child, "close");
}

async function pathsOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return "accepted";
  } catch (error) {
    const { code, details } = error as {
      readonly code?: string;
      readonly details?: { readonly options?: readonly { readonly path: string }[] };
    };
    return details?.options?.map(({ path }) => path) ?? code ?? String(error);
  }
}
