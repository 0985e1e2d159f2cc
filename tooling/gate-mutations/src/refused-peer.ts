// One peer that our verifier accepts and the runtime refuses, on the wire: as a server, or as a client.

import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { type Connection, TransportError } from "@tlskit/transport";
import type { ConformanceContext } from "@tlskit/transport/conformance";
import { VerifiedPath } from "@tlskit/verify";
import { type Certificate, PrivateCertificate } from "@tlskit/x509";

/** Who is refused, whom the other side trusts, and the runtime's codes for it; without them any that is one. */
export interface RefusedPeer {
  readonly identity: PrivateCertificate;
  readonly trust: Certificate;
  readonly nativeCodes?: readonly string[];
}

/** Runs what makes the native contexts of the side that refuses. */
export type Around = <T>(act: () => Promise<T>) => Promise<T>;

const host = "127.0.0.1";
const plainly: Around = (act) => act();

/** A client must refuse it as a server, by the runtime alone. */
export async function refusedByClient(
  { transport }: ConformanceContext,
  { identity, trust, nativeCodes }: RefusedPeer,
  around: Around = plainly,
): Promise<void> {
  const listener = await transport.listen({ host, port: 0, tls: new CertificateOptions({ identity }) });
  try {
    const tls = optionsForClientTLS("localhost", { trustRoot: trust });
    const connecting = around(() => transport.connect({ host, port: listener.address.port }, { tls }));
    const outcome = await connecting.catch((error: unknown) => error);
    assertRefusal(outcome, nativeCodes, "a client must refuse this server");
  } finally {
    await listener.close({ timeoutMs: 0 });
  }
}

/** A server must refuse it as a client. */
export async function refusedByServer(
  { transport }: ConformanceContext,
  { identity, trust, nativeCodes }: RefusedPeer,
  around: Around = plainly,
): Promise<void> {
  const own = await PrivateCertificate.selfSigned({ subjectAltName: ["localhost", host] });
  const reported = Promise.withResolvers<unknown>();
  const tls = new CertificateOptions({ identity: own, trustRoot: trust, clientAuth: "require" });
  const listener = await around(() => transport.listen({ host, port: 0, tls, onError: reported.resolve }));
  let client: Connection | undefined;
  try {
    const accepted = listener.accept();
    accepted.catch(() => {});
    const options = { tls: optionsForClientTLS("localhost", { trustRoot: own, identity }) };
    client = await transport.connect({ host, port: listener.address.port }, options).catch(() => undefined);
    const outcome = await Promise.race([reported.promise, accepted]);
    assertRefusal(outcome, nativeCodes, "a server must refuse this client");
  } finally {
    client?.abort();
    await listener.close({ timeoutMs: 0 });
  }
}

function assertRefusal(outcome: unknown, nativeCodes: RefusedPeer["nativeCodes"], what: string): void {
  if (TransportError.is(outcome) && outcome.code === "RUNTIME_REFUSED") {
    const { path, nativeCode } = outcome.details;
    const isRight = nativeCodes === undefined ? nativeCode !== "UNKNOWN" : nativeCodes.includes(nativeCode);
    if (isRight && VerifiedPath.is(path)) return;
    const wanted = nativeCodes?.join(" or ") ?? "a code";
    throw new Refused(`${what}: with ${wanted} and our path, not ${nativeCode} (path: ${path !== undefined})`);
  }
  if (outcome instanceof Error)
    throw new Refused(`${what}: RUNTIME_REFUSED, not ${outcome.message}`, { cause: outcome });
  throw new Refused(`${what}: got "success"`);
}

class Refused extends Error {}
