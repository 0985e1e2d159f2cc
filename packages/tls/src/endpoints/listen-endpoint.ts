// From a server's endpoint string to a listener.

import { readFile } from "node:fs/promises";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  capabilityState,
  DiffieHellmanParameters,
} from "@tlskit/options";
import { type Listener, type ListenOptions, TransportError } from "@tlskit/transport";
import { ownSettings } from "@tlskit/transport/node-tls";
import type { PrivateCertificate } from "@tlskit/x509";
import { capabilities, listen, loadIdentity } from "#transport";
import { trustFrom } from "./connect-endpoint.ts";
import { IdentityDirectory } from "./identity-directory.ts";
import { parseServerEndpoint, type ServerEndpoint } from "./server-endpoint.ts";

/** Options of {@link listenEndpoint}: those of `listen` that strings do not say. */
export type ListenEndpointOptions = Pick<ListenOptions, "signal" | "onError" | "handshakeTimeoutMs" | "maxPending">;

/**
 * Listens where an endpoint string says, with the certificates that it names.
 *
 * @param endpoint the string, or what {@link parseServerEndpoint} made of it
 * @throws {EndpointError} a string that makes no sense, a directory that cannot be used
 * @throws {TransportError} files that cannot be used, an address that is taken
 * @throws {TrustError} trust roots that cannot be read
 * @throws {UnsupportedOptionError} what the runtime cannot do
 *
 * @example
 * await using listener = await listenEndpoint("tls:/etc/letsencrypt/live:443");
 * for await (const connection of listener) await connection.close();
 */
export async function listenEndpoint(
  endpoint: string | ServerEndpoint,
  options: ListenEndpointOptions = {},
): Promise<Listener> {
  const own = ownSettings("listenEndpoint", options, settingNames) as ListenEndpointOptions;
  const parsed = typeof endpoint === "object" ? endpoint : parseServerEndpoint(endpoint);
  const { port, host, backlog } = parsed;
  const identity = await identityOf(parsed, own);
  const tls = await serverTls(parsed, identity);
  const listener = await listen({
    ...own,
    port,
    tls,
    ...(host === undefined ? {} : { host }),
    ...(backlog === undefined ? {} : { backlog }),
  });
  identity.follow?.(listener, tls);
  return listener;
}

async function serverTls(
  endpoint: ServerEndpoint,
  { follow: _, ...identity }: ServerIdentity,
): Promise<CertificateOptions> {
  const { min, max, alpn, trustRoots, dhParameters } = endpoint;
  if (trustRoots === undefined && Object.hasOwn(endpoint, "trustRoots")) throw unsetTrust();
  const clients = trustRoots === undefined ? {} : { trustRoot: await trustFrom(trustRoots), clientAuth: "require" };
  return new CertificateOptions({
    ...identity,
    ...clients,
    ...(min === undefined ? {} : { raiseMinimumTo: min }),
    ...(max === undefined ? {} : { lowerMaximumSecurityTo: max }),
    ...(alpn === undefined ? {} : { acceptableProtocols: alpn }),
    ...(dhParameters === undefined ? {} : { dhParameters: await dhFrom(dhParameters), acceptableCiphers: withDhe }),
  } as CertificateOptionsInit);
}

function unsetTrust(): TransportError<"SETTING_INVALID"> {
  const expected = "a path, or left out, which lets clients in that show no certificate";
  const message = `trustRoots must be ${expected}, but is undefined.`;
  return new TransportError("SETTING_INVALID", message, { setting: "trustRoots", expected, actual: "undefined" });
}

/** Whoever names parameters wants suites that use them: last, and AEAD like the others. */
const withDhe = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20";

interface ServerIdentity {
  readonly identity: PrivateCertificate;
  readonly contextForServerName?: (name: string) => Promise<PrivateCertificate | undefined>;
  /** Lets the listener follow the files, as long as it listens. */
  readonly follow?: (listener: Listener, tls: CertificateOptions) => void;
}

async function identityOf({ identity }: ServerEndpoint, { onError }: ListenEndpointOptions): Promise<ServerIdentity> {
  if (identity.kind === "files") {
    const { cert, key, chain } = identity;
    return { identity: await loadIdentity({ cert, key, ...(chain === undefined ? {} : { chain }) }) };
  }
  const tell = (error: unknown): void => onError?.(error, { remoteAddress: undefined });
  let onChange = (): void => {};
  const directory = await IdentityDirectory.open(identity.path, {
    ...(identity.defaultName === undefined ? {} : { defaultName: identity.defaultName }),
    onError: tell,
    onChange: () => onChange(),
  });
  return {
    identity: directory.default,
    ...(choosesByName(directory) ? { contextForServerName: (name: string) => directory.lookup(name) } : {}),
    follow: (listener, tls) => {
      // Names are looked up for each client; the default is part of the options.
      onChange = () => {
        const update = async (): Promise<void> => listener.update(tls.with({ identity: directory.default }));
        update().catch(tell);
      };
      // For clients that name nobody, and so never ask.
      const timer = setInterval(() => directory.reload().catch(() => {}), refreshMs);
      timer.unref();
      listener.closed.then(
        () => clearInterval(timer),
        () => clearInterval(timer),
      );
    },
  };
}

/** With a single certificate there is nothing to choose, and so it is for runtimes that cannot. */
function choosesByName({ identities }: IdentityDirectory): boolean {
  return identities.length > 1 || capabilityState(capabilities, "server-name-identities") === true;
}

const refreshMs = 60_000;

/** What is about TLS, or where to listen, is for the string to say. */
const settingNames = ["signal", "onError", "handshakeTimeoutMs", "maxPending"] as const;

function dhFrom(path: string): Promise<DiffieHellmanParameters> {
  return DiffieHellmanParameters.fromFile(path, async (file) => new Uint8Array(await readFile(file)));
}
