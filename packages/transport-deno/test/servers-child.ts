// What is special about TLS servers on Deno, with OpenSSL as the client. Prints one line of JSON per fact.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CertificateOptions } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import type { Listener } from "@tlskit/transport";
import { type TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { TlsKitError } from "@tlskit/x509/error";
import { assertUsable } from "../src/assert-usable.ts";
import { listen } from "../src/index.ts";

function say(fact: string, value: unknown): void {
  process.stdout.write(`${JSON.stringify({ fact, value })}\n`);
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code ?? String(error);

const ca = await createTestCa({ name: "trusted" });
const other = await createTestCa({ name: "another" });
const identity = await ca.issue("localhost");
const client = await ca.issueWith({ names: ["client@example.org"], profile: "client" });
const folder = await mkdtemp(join(tmpdir(), "tlskit-"));
const pem = join(folder, "client.pem");
await writeFile(pem, client.fullChainPem() + (await client.keyPair.toPem()));

interface Verdict {
  readonly resumed?: boolean;
  readonly code?: unknown;
  readonly nativeCode?: unknown;
}

/** A listener that verifies clients, and its verdict on the next one. */
async function serverThatTrusts(trustRoot: TrustRoot): Promise<{ listener: Listener; next: () => Promise<Verdict> }> {
  const errors: ((verdict: Verdict) => void)[] = [];
  const listener = await listen({
    host: "127.0.0.1",
    port: 0,
    tls: new CertificateOptions({ identity, trustRoot, clientAuth: "require" }),
    onError: (error) => {
      const nativeCode = TlsKitError.is(error) ? (error.details as { nativeCode?: unknown }).nativeCode : undefined;
      errors.shift()?.({ code: codeOf(error), ...(nativeCode === undefined ? {} : { nativeCode }) });
    },
  });
  const next = (): Promise<Verdict> => {
    const refused = new Promise<Verdict>((resolve) => errors.push(resolve));
    const accepted = listener.accept().then(async (connection) => {
      await connection.write(new TextEncoder().encode("hello"));
      const { resumed } = connection.negotiated;
      await connection.close();
      return { resumed };
    });
    return Promise.race([refused, accepted]);
  };
  return { listener, next };
}

/** OpenSSL's client; what it prints. */
function sClient({ address }: Listener, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const all = ["s_client", "-connect", `127.0.0.1:${address.port}`, "-cert", pem, "-key", pem, "-ign_eof", ...args];
    const child = execFile("openssl", all, { timeout: 100_000 }, (_error, stdout) => resolve(stdout));
    child.stdin?.end();
  });
}

async function sessions(version: string): Promise<void> {
  const trust = trustRootFromCertificates([ca.certificate]);
  const first = await serverThatTrusts(trust);
  const same = await serverThatTrusts(trust);
  const elsewhere = await serverThatTrusts(trustRootFromCertificates([other.certificate]));
  const anew = await serverThatTrusts(trustRootFromCertificates([ca.certificate, other.certificate]));
  const file = join(folder, "session.pem");
  const meet = async (who: typeof first, ...args: readonly string[]): Promise<Verdict> => {
    const [verdict] = await Promise.all([who.next(), sClient(who.listener, version, ...args)]);
    return verdict;
  };
  say(`${version}: full`, await meet(first, "-sess_out", file));
  say(`${version}: resumed where the trust is the same`, await meet(same, "-sess_in", file));
  say(`${version}: full, again`, await meet(first, "-sess_out", file));
  say(`${version}: resumed where another CA is trusted`, await meet(elsewhere, "-sess_in", file));
  say(`${version}: full, once more`, await meet(first, "-sess_out", file));
  say(`${version}: resumed where nobody has verified it`, await meet(anew, "-sess_in", file));
  for (const { listener } of [first, same, elsewhere, anew]) await listener.close({ timeoutMs: 0 });
}

async function anchors(count: number): Promise<TestCa[]> {
  const made: TestCa[] = [];
  for (let index = 0; index < count; index++) made.push(await createTestCa({ name: `authority ${index}` }));
  return made;
}

async function sentCertificates(tls: CertificateOptions): Promise<number> {
  const listener = await listen({ host: "127.0.0.1", port: 0, tls });
  const accepting = listener.accept().then((connection) => connection.close());
  const printed = await sClient(listener, "-showcerts");
  await accepting;
  await listener.close({ timeoutMs: 0 });
  return printed.split("BEGIN CERTIFICATE").length - 1;
}

try {
  await sessions("-tls1_3");
  await sessions("-tls1_2");
  const many = await anchors(200);
  const few = trustRootFromCertificates([ca.certificate, ...many.slice(0, 20).map(({ certificate }) => certificate)]);
  say("sent without client authentication", await sentCertificates(new CertificateOptions({ identity })));
  const clientAuth = "require";
  say("sent with 21 anchors", await sentCertificates(new CertificateOptions({ identity, trustRoot: few, clientAuth })));
  const trustRoot = trustRootFromCertificates([ca.certificate, ...many.map(({ certificate }) => certificate)]);
  const tooMany = listen({ port: 0, tls: new CertificateOptions({ identity, trustRoot, clientAuth }) });
  say("listening with 201 anchors", await tooMany.then(() => "listens", codeOf));
  const [cert, key] = [identity.fullChainPem(), await identity.keyPair.toPem()];
  assertUsable(cert, key);
  try {
    assertUsable(client.fullChainPem(), key);
    say("a key of another certificate", "taken");
  } catch (error) {
    say("a key of another certificate", codeOf(error));
  }
} finally {
  await rm(folder, { recursive: true });
}
