// What two real versions of Twisted said in 46 situations, and what ours says in the same: the same certificates, the same
// options on both sides. Where the two differ, the table says why.

import { readFileSync } from "node:fs";
import { domainToUnicode } from "node:url";
import { hasShared, sharedJson, sharedPath } from "@tlskit/cases";
import {
  Certificate,
  CertificateOptions,
  type CertificateOptionsInit,
  type ClientTLSExtra,
  type ClientTLSOptions,
  type Connection,
  connect,
  DiffieHellmanParameters,
  listen,
  loadIdentity,
  optionsForClientTLS,
  type PlainConnection,
  TlsKitError,
  type TrustRoot,
  trustRootFromCertificates,
} from "@tlskit/tls";
import { describe, expect, test } from "vitest";

const golden = "golden/interop.json.gz";
const file = (name: string): string => sharedPath(`golden/certs/${name}`);

/** What was recorded of one situation. */
interface Recorded {
  readonly client: {
    readonly ok: boolean;
    readonly version?: string;
    readonly alpn?: string | null;
    readonly received?: number;
  };
}

/** What ours is told to do, and what comes of it. */
interface Situation {
  /** Whom the client wants; `example.com` by default. */
  readonly name?: string;
  /** The server's certificate, by its file. */
  readonly identity?: string;
  /** What the client trusts; `system` is what it trusts by default. */
  readonly trust?: "ca.pem" | "otherca.pem" | "system";
  readonly client?: ClientTLSExtra;
  readonly clientIdentity?: string;
  readonly server?: Partial<CertificateOptionsInit>;
  readonly dhParameters?: string;
  readonly clientAuth?: "request" | "require";
  readonly startTls?: true;
  readonly bytes?: number;
  /** Who ends it; the client, in good order, by default. */
  readonly end?: "abort" | "server";
  /** The code that the client ends with; absent where all is well. */
  readonly code?: string;
  /** What the listener reports. */
  readonly report?: string;
  /** Why ours says something else than Twisted did: the decision, or the version. */
  readonly because?: string;
}

const max12 = { lowerMaximumSecurityTo: "TLSv1.2" } as const;
const h2 = { acceptableProtocols: ["h2"] };
const leavesItselfOut =
  "Twisted's lowerMaximumSecurityTo leaves out the version it names; ours includes it (OPT-20, BUG-01)";
const cut = "CONNECTION_RESET"; // Ours refuses clients without an alert.

const situations: Readonly<Record<string, Situation>> = {
  plain: {},
  localhost: { name: "localhost", because: "Twisted dies of a ValueError where a wildcard stands beside it (CLI-19)" },
  "wrong-host": { name: "nope.example.org", code: "NAME_MISMATCH" },
  "ip-host": { name: "127.0.0.1" },
  "ip6-host": { name: "::1" },
  "wrong-ip": { name: "127.0.0.2", code: "NAME_MISMATCH" },
  wildcard: { name: "a.wild.example.com" },
  "wildcard-deep": { name: "a.b.wild.example.com", code: "NAME_MISMATCH" },
  idn: { name: domainToUnicode("xn--hllo-5na.example.com") },
  "trailing-dot": { name: "example.com.", because: "a dot at the end is no part of the name (CLI-07, BUG-12)" },
  upper: { name: "EXAMPLE.com" },
  // A name for ours, only not the certificate's; Twisted refuses it as such (CLI-06).
  underscore: { name: "foo_bar.example.com", code: "NAME_MISMATCH" },
  "wrong-ca": { trust: "otherca.pem", code: "UNKNOWN_ISSUER" },
  "platform-trust": { trust: "system", code: "UNKNOWN_ISSUER" },
  "no-verify": { name: "nope.example.org", client: { dangerouslySkipVerification: true } as ClientTLSExtra },
  "cn-only": { identity: "cnonly.both.pem", code: "NAME_MISSING", because: "a common name is no name (CLI-18)" },
  expired: { identity: "expired.both.pem", code: "CERTIFICATE_EXPIRED" },
  "chain-missing": { identity: "leaf.pem", code: "UNKNOWN_ISSUER" },
  "chain-given": { identity: "leaf.chain.pem" },
  "mtls-ok": { clientAuth: "require", clientIdentity: "client.both.pem" },
  "mtls-none": { clientAuth: "require", code: cut, report: "CLIENT_CERTIFICATE_REQUIRED" },
  "mtls-bogus": { clientAuth: "require", clientIdentity: "bogusclient.both.pem", code: cut, report: "UNKNOWN_ISSUER" },
  "ask-none": { clientAuth: "request" },
  "ask-bogus": { clientAuth: "request", clientIdentity: "bogusclient.both.pem", code: cut, report: "UNKNOWN_ISSUER" },
  "alpn-same": { client: h2, server: h2 },
  "alpn-server-pref": {
    client: { acceptableProtocols: ["http/1.1", "h2"] },
    server: { acceptableProtocols: ["h2", "http/1.1"] },
  },
  "alpn-nooverlap": {
    client: { acceptableProtocols: ["http/1.1"] },
    server: h2,
    code: "NO_APPLICATION_PROTOCOL",
    report: "NO_APPLICATION_PROTOCOL",
  },
  "alpn-server-only": { server: h2 },
  "alpn-client-only": { client: h2 },
  "server-raise13": { server: { raiseMinimumTo: "TLSv1.3" } },
  "server-max12": { server: max12, because: leavesItselfOut },
  "server-max12-fixed": { server: max12 },
  "server-max13": { server: { lowerMaximumSecurityTo: "TLSv1.3" }, because: leavesItselfOut },
  "server-min10-max12": {
    server: { insecurelyLowerMinimumTo: "TLSv1.0", ...max12 } as Partial<CertificateOptionsInit>,
    because: leavesItselfOut,
  },
  "client-max12": { client: max12, because: leavesItselfOut },
  "client-max12-fixed": { client: max12 },
  "raise13-vs-max12fixed": {
    client: max12,
    server: { raiseMinimumTo: "TLSv1.3" },
    code: "PROTOCOL_VERSION_MISMATCH",
    report: "PROTOCOL_VERSION_MISMATCH",
  },
  "ciphers-aes128sha": { server: { acceptableCiphers: "AES128-SHA" } },
  "ciphers-tls12-only-max12": { server: { acceptableCiphers: "ECDHE-RSA-AES128-GCM-SHA256", ...max12 } },
  dh: {
    client: { acceptableCiphers: "DHE-RSA-AES256-GCM-SHA384", ...max12 },
    server: { acceptableCiphers: "DHE-RSA-AES256-GCM-SHA384", ...max12 },
    dhParameters: "dh2048.pem",
    code: "DH_PARAMETERS_INVALID",
    because:
      "the file's X9.42 parameters need no safe prime, so ours refuses them (OPT-33); with a named group, see below",
  },
  "dh-none": {
    client: { acceptableCiphers: "DHE-RSA-AES256-GCM-SHA384", ...max12 },
    server: { acceptableCiphers: "DHE-RSA-AES256-GCM-SHA384", ...max12 },
    // Ours does not even listen.
    code: "OPTION_MISSING",
  },
  huge: { bytes: 8_000_000 },
  starttls: { startTls: true },
  "starttls-mtls": { startTls: true, clientAuth: "require", clientIdentity: "client.both.pem" },
  abort: { end: "abort" },
  "server-closes": { end: "server" },
};

describe.skipIf(!hasShared(golden))("what Twisted did, and what ours does", () => {
  const recorded = hasShared(golden) ? sharedJson<Recordings>(golden) : {};

  test("all situations are here", () => {
    for (const version of Object.values(recorded)) expect(Object.keys(version)).toEqual(Object.keys(situations));
    expect(Object.keys(recorded)).toHaveLength(2);
    expect(Object.keys(situations)).toHaveLength(46);
  });

  test.each(Object.entries(situations))("%s", async (name, situation) => {
    const { reports, ...outcome } = await play(situation);
    expect(outcome.code).toBe(situation.code);
    if (situation.report !== undefined) expect(reports).toContain(situation.report);
    for (const { [name]: theirs } of Object.values(recorded)) {
      const { ok = false, version, alpn } = theirs?.client ?? {};
      const isSame = ok === (outcome.code === undefined) && (!ok || version === outcome.version);
      expect(isSame).toBe(situation.because === undefined);
      if (ok && isSame) expect(outcome.alpn ?? null).toBe(alpn);
    }
  });
});

test.skipIf(!hasShared(golden))("dh, with a group that ours takes, is what Twisted did", async () => {
  const { because, code, dhParameters, ...dh } = situations.dh ?? {};
  const server = { ...dh.server, dhParameters: DiffieHellmanParameters.named("ffdhe2048") };
  expect(await play({ ...dh, server })).toEqual({ version: "TLSv1.2", alpn: undefined, reports: [] });
});

type Recordings = Readonly<Record<string, Readonly<Record<string, Recorded>>>>;

interface Outcome {
  readonly code?: string;
  readonly version?: string;
  readonly alpn?: string | undefined;
  readonly reports: readonly string[];
}

async function play(situation: Situation): Promise<Outcome> {
  const reports: string[] = [];
  try {
    const tls = await serverOptions(situation);
    const onError = (error: unknown): number => reports.push(codeOf(error));
    const settings = { host: "127.0.0.1", port: 0, tls, onError };
    if (situation.startTls === true) {
      await using listener = await listen({ ...settings, secureTransport: "starttls" });
      const serving = listener.accept().then(upgraded);
      return await visit(situation, listener.address.port, serving, reports);
    }
    await using listener = await listen(settings);
    return await visit(situation, listener.address.port, listener.accept(), reports);
  } catch (error) {
    return { code: codeOf(error), reports };
  }
}

async function visit(
  situation: Situation,
  port: number,
  serving: Promise<Connection>,
  reports: readonly string[],
): Promise<Outcome> {
  const served = serving.then((connection) => echo(connection, situation));
  served.catch(() => {}); // Refused, or no longer listening.
  const connection = await connected(situation, port);
  const sent = new Uint8Array(situation.bytes ?? 5).fill(120);
  const [received] = await Promise.all([receive(connection, sent.length), connection.write(sent)]);
  expect(received).toEqual(sent);
  if (situation.end === "server") expect(await connection.read()).toBeNull();
  if (situation.end === "abort") connection.abort();
  await connection.close();
  if (situation.end === "abort") await expect(served).rejects.toMatchObject({ code: "CONNECTION_RESET" });
  else await served;
  const { version, alpn } = connection.negotiated;
  return { version, alpn, reports };
}

async function connected(situation: Situation, port: number): Promise<Connection> {
  const tls = await clientOptions(situation);
  if (situation.startTls !== true) return connect({ host: "127.0.0.1", port }, { tls });
  const plain = await connect({ host: "127.0.0.1", port }, { tls, secureTransport: "starttls" });
  await plain.write(new TextEncoder().encode("STARTTLS\r\n"));
  expect(new TextDecoder().decode(await receive(plain, 7))).toBe("READY\r\n");
  return plain.startTls();
}

async function upgraded(plain: PlainConnection): Promise<Connection> {
  await receive(plain, 10);
  await plain.write(new TextEncoder().encode("READY\r\n"));
  return plain.startTls();
}

async function echo(connection: Connection, { bytes = 5, end }: Situation): Promise<void> {
  let left = bytes;
  for (let some = await connection.read(); some !== null; some = await connection.read()) {
    await connection.write(some);
    left -= some.length;
    if (left === 0 && end === "server") break;
  }
  await connection.close();
}

async function receive(connection: PlainConnection | Connection, length: number): Promise<Uint8Array> {
  const all = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const some = await connection.read(all.subarray(at));
    if (some === null) throw new Error(`the end, after ${at} bytes`);
    at += some.length;
  }
  return all;
}

async function serverOptions(situation: Situation): Promise<CertificateOptions> {
  const { identity = "server.both.pem", dhParameters, clientAuth, server } = situation;
  const init = {
    identity: await identityOf(identity),
    ...(clientAuth !== undefined && { clientAuth, trustRoot: trustIn("ca.pem") }),
    ...(dhParameters !== undefined && {
      dhParameters: DiffieHellmanParameters.fromPem(readFileSync(file(dhParameters), "utf8")),
    }),
    ...server,
  };
  return new CertificateOptions(init as CertificateOptionsInit);
}

async function clientOptions(situation: Situation): Promise<ClientTLSOptions> {
  const { name = "example.com", trust = "ca.pem", clientIdentity, client } = situation;
  const extra = {
    ...(trust !== "system" && client?.dangerouslySkipVerification !== true && { trustRoot: trustIn(trust) }),
    ...(clientIdentity !== undefined && { identity: await identityOf(clientIdentity) }),
    ...client,
  };
  return optionsForClientTLS(name, extra as ClientTLSExtra);
}

/** The keys of some are in files of their own. */
function identityOf(name: string): ReturnType<typeof loadIdentity> {
  const key = name.startsWith("leaf.") ? "leaf.key.pem" : name;
  return loadIdentity({ cert: file(name), key: file(key) });
}

function trustIn(name: string): TrustRoot {
  return trustRootFromCertificates(Certificate.allFromPem(readFileSync(file(name))));
}

function codeOf(error: unknown): string {
  return TlsKitError.is(error) ? error.code : String(error);
}
