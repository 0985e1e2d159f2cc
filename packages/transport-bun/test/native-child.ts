// Bun's own APIs with our options, in real Bun: prints what was observed, as one line of JSON per case.

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { inspect } from "node:util";
import { type EveryUndefined, undefinedMistakes } from "@tlskit/cases";
import { CertificateOptions, type CertificateOptionsInit, optionsForClientTLS, TLSVersion } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { trustRootFromCertificates } from "@tlskit/trust";
import type { PrivateCertificate } from "@tlskit/x509";
import { type BunServeInit, type BunTlsOptions, bunServeOptions, type FetchInit, fetchOptions } from "../src/index.ts";

/** What is used of Bun; its types are not installed. */
interface BunApi {
  serve(options: {
    readonly tls: BunTlsOptions | BunTlsOptions[];
    port: number;
    hostname: string;
    fetch(): Response;
  }): {
    readonly port: number;
    stop(now: boolean): Promise<void>;
  };
}
const { Bun } = globalThis as unknown as { readonly Bun: BunApi };

const day = 24 * 60 * 60 * 1000;
const ca = await createTestCa({ notBefore: new Date(Date.now() - 100 * day) });
const intermediate = await ca.createIntermediate();
const other = await createTestCa();
const good = await ca.issue("localhost");
const chained = await intermediate.issue("localhost");
const client = await intermediate.issueWith({ names: ["client@example.org"], profile: "client" });
const stranger = await other.issueWith({ names: ["client@example.org"], profile: "client" });
const expired = await ca.issueWith({
  names: ["localhost"],
  notBefore: new Date(Date.now() - 50 * day),
  notAfter: new Date(Date.now() - day),
});
const trust = { trustRoot: ca.certificate };
const server = (identity: PrivateCertificate, more: CertificateOptionsInit = {}): CertificateOptions =>
  new CertificateOptions({ ...more, identity } as CertificateOptionsInit);
const clientTls = (more: CertificateOptionsInit = {}): CertificateOptions =>
  new CertificateOptions({ ...trust, ...more } as CertificateOptionsInit);

const unset: EveryUndefined<FetchInit & BunServeInit> = { insecurelyRuntimeVerificationOnly: undefined };

type Observed = string | number | boolean | readonly unknown[];
const cases: Readonly<Record<string, () => Promise<Observed>>> = {
  "what is undefined is as if left out": async () => [
    await undefinedMistakes({
      label: "fetchOptions",
      every: unset,
      given: { tls: clientTls() },
      call: async (one) => Object.keys((await fetchOptions(one)).tls),
    }),
    await undefinedMistakes({
      label: "bunServeOptions",
      every: unset,
      given: { tls: server(good, { ...trust, clientAuth: "require" }) },
      call: bunServeOptions,
    }),
  ],
  good: () => serving(server(good), (url) => answer(url, clientTls())),
  "a name of its own": () =>
    serving(server(good), (url) =>
      answer(url.replace("localhost", "127.0.0.1"), optionsForClientTLS("localhost", trust)),
    ),
  "wrong name": async () => serving(server(await ca.issue("other.example")), (url) => answer(url, clientTls())),
  "a common name is no name": async () => {
    const identity = await ca.issueWith({ names: ["other.example"], subject: { CN: "localhost" } });
    return serving(server(identity), (url) => answer(url, clientTls()));
  },
  "refused by Bun already: expired": () => serving(server(expired), (url) => answer(url, clientTls())),
  "refused by Bun already: untrusted": async () =>
    serving(server(await other.issue("localhost")), (url) => answer(url, clientTls())),
  "hidden intermediate": () => serving(server(chained), (url) => answer(url, clientTls())),
  "hidden intermediate, trusted": () => {
    const both = { trustRoot: [ca.certificate, intermediate.certificate] };
    return serving(server(chained), (url) => answer(url, clientTls(both)));
  },
  "hidden intermediate, by Bun alone": () =>
    serving(server(chained), (url) => answer(url, clientTls(), { insecurelyRuntimeVerificationOnly: true })),
  "nothing is sent to a server that ours refuses": async () => {
    let received = "";
    const raw = createServer({ cert: good.fullChainPem(), key: await good.keyPair.toPem() }, (socket) => {
      socket.on("error", () => {});
      socket.on("data", (bytes) => (received += String(bytes)));
    }).listen(0, "127.0.0.1");
    await once(raw, "listening");
    const url = `https://localhost:${(raw.address() as AddressInfo).port}/secret`;
    const refused = await answer(url, optionsForClientTLS("other.example", trust));
    raw.close();
    return [refused, received];
  },
  "every request is verified": () =>
    serving(server(good), async (url) => {
      const open = await answer(url, clientTls());
      const strict = await answer(url, clientTls({ trustRoot: other.certificate }));
      return [open, strict, await answer(url, clientTls())];
    }),
  "mTLS: refused without consent": async () =>
    codeOf(() => bunServeOptions({ tls: server(good, { ...trust, clientAuth: "require" }) })),
  "mTLS: by Bun alone": () =>
    serving(
      server(good, { ...trust, clientAuth: "require" }),
      async (url) => {
        const of = async (identity?: PrivateCertificate): Promise<Observed> =>
          answer(url, clientTls(identity === undefined ? {} : { identity }));
        return [await of(client), (await of(stranger)) === "hello", (await of()) === "hello"];
      },
      { insecurelyRuntimeVerificationOnly: true },
    ),
  "versions of the server": () =>
    serving(server(good, { raiseMinimumTo: TLSVersion.TLSv1_3 }), async (url) => [
      await answer(url, clientTls()),
      (await answer(url, clientTls({ lowerMaximumSecurityTo: TLSVersion.TLSv1_2 }))) === "hello",
      await openssl(url, "-tls1_2"),
      await openssl(url, "-tls1_3"),
    ]),
  "ciphers of the server": () =>
    serving(server(good), async (url) => [
      await openssl(url, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"),
      await openssl(url, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA"),
    ]),
  "ciphers of the client": async () => {
    const raw = createServer({
      cert: good.fullChainPem(),
      key: await good.keyPair.toPem(),
      maxVersion: "TLSv1.2",
      ciphers: "ECDHE-ECDSA-AES128-SHA",
    }).listen(0, "127.0.0.1");
    raw.on("tlsClientError", () => {});
    await once(raw, "listening");
    const refused = await answer(`https://localhost:${(raw.address() as AddressInfo).port}/`, clientTls());
    raw.close();
    return refused === "hello";
  },
  "the private key is not printed": async () => {
    const options = await bunServeOptions({ tls: server(good, { contextForServerName: { "a.example": good } }) });
    const tls = [options.tls].flat();
    return [
      inspect(tls).includes("PRIVATE"),
      JSON.stringify(tls).includes("PRIVATE"),
      tls.every(({ key }) => String(key).includes("PRIVATE")),
    ];
  },
  "certificates by name": async () => {
    const names = ["a.example", "*.a.example", "b.a.example"];
    const identities = await Promise.all(names.map(async (name) => [name, await ca.issue(name)] as const));
    return serving(server(good, { contextForServerName: Object.fromEntries(identities) }), async (url) => {
      const asked = ["a.example", "c.a.example", "b.a.example", "d.c.a.example", "other.example"];
      return Promise.all(asked.map((name) => nameShown(url, name)));
    });
  },
  "certificates by name, each for verified clients only": async () => {
    const named = { contextForServerName: { "a.example": await ca.issue("a.example") } };
    return serving(
      server(good, { ...trust, ...named, clientAuth: "require" }),
      async (url) => {
        const tls = (more: object): ReturnType<typeof optionsForClientTLS> =>
          optionsForClientTLS("a.example", { ...trust, ...more });
        return [
          await answer(url, tls({ identity: client })),
          (await answer(url, tls({ identity: stranger }))) === "hello",
          (await answer(url, tls({}))) === "hello",
        ];
      },
      { insecurelyRuntimeVerificationOnly: true },
    );
  },
  "certificates by name that Bun.serve cannot choose": async () => [
    ...(await pathsOf(() => bunServeOptions({ tls: server(good, { contextForServerName: () => good }) }))),
    ...(await pathsOf(() =>
      bunServeOptions({ tls: new CertificateOptions({ contextForServerName: { "a.example": good } }) }),
    )),
  ],
  "Bun.serve refuses by name": async () =>
    pathsOf(() =>
      bunServeOptions({
        tls: server(good, {
          ...trust,
          clientAuth: "request",
          acceptableProtocols: ["h2"],
          requireProtocol: "h2",
          profile: "webpki",
          verifyDepth: 2,
        }),
        insecurelyRuntimeVerificationOnly: true,
      }),
    ),
  "fetch refuses by name": async () =>
    pathsOf(() => fetchOptions({ tls: clientTls({ acceptableProtocols: ["h2"], requireProtocol: "h2" }) })),
  "limits on trust without our verifier": async () => {
    const limited = trustRootFromCertificates([ca.certificate]).distrustAfter(new Date(Date.now() - day));
    const verified = await serving(server(good), (url) => answer(url, clientTls({ trustRoot: limited })));
    const alone = { tls: clientTls({ trustRoot: limited }), insecurelyRuntimeVerificationOnly: true };
    return [verified, await pathsOf(() => fetchOptions(alone))];
  },
  "settings that do not exist": () => codeOf(() => fetchOptions({ tls: clientTls(), timeout: 5 } as never)),
};

for (const [id, run] of Object.entries(cases)) {
  let observed: unknown;
  try {
    observed = await run();
  } catch (error) {
    observed = `unexpected: ${error instanceof Error ? error.stack : String(error)}`;
  }
  process.stdout.write(`${JSON.stringify({ id, observed })}\n`);
}
process.exit(0);

/** The name in the certificate that a server shows for a name. */
async function nameShown(url: string, servername: string): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), servername, rejectUnauthorized: false });
  socket.on("error", () => {});
  const shown = new Promise<string>((resolve) => {
    socket.once("secureConnect", () => resolve(socket.getPeerCertificate().subjectaltname ?? ""));
  });
  return shown.finally(() => socket.destroy());
}

async function serving(
  tls: CertificateOptions,
  use: (url: string) => Promise<Observed>,
  more: { readonly insecurelyRuntimeVerificationOnly?: boolean } = {},
): Promise<Observed> {
  const options = await bunServeOptions({ tls, ...more });
  const made = Bun.serve({ ...options, port: 0, hostname: "127.0.0.1", fetch: () => new Response("hello") });
  try {
    return await use(`https://localhost:${made.port}/`);
  } finally {
    await made.stop(true);
  }
}

async function answer(
  url: string,
  tls: Parameters<typeof fetchOptions>[0]["tls"],
  more: { readonly insecurelyRuntimeVerificationOnly?: boolean } = {},
): Promise<string> {
  const options = await fetchOptions({ tls, ...more });
  try {
    const response = await fetch(url, { ...options } as RequestInit);
    return await response.text();
  } catch (error) {
    return String((error as { readonly code?: string }).code ?? error);
  }
}

async function openssl(url: string, ...args: string[]): Promise<boolean> {
  const child = spawn("openssl", ["s_client", "-connect", `127.0.0.1:${new URL(url).port}`, ...args]);
  let text = "";
  child.stdout.on("data", (bytes) => (text += String(bytes)));
  child.stdin.on("error", () => {}).end();
  await once(child, "close");
  return /^New, TLSv1/m.test(text);
}

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return "accepted";
  } catch (error) {
    return String((error as { readonly code?: string }).code ?? error);
  }
}

async function pathsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await run();
    return ["accepted"];
  } catch (error) {
    const { details } = error as { readonly details?: { readonly options?: readonly { readonly path: string }[] } };
    return details?.options?.map(({ path }) => path) ?? [String(error)];
  }
}
