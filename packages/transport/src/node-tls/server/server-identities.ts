// The certificate for the name that a client asks for (SNI), on a server with several.

import type { SecureContext, TlsOptions } from "node:tls";
import type { CompiledOptions } from "@tlskit/options";
import { parseHost } from "@tlskit/verify/identity";
import type { PrivateCertificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { TransportError } from "../../error.ts";
import { nativeCodeOf } from "../native/native-error.ts";

/** Makes the native context of an identity. */
export type ContextFor = (identity: PrivateCertificate) => Promise<SecureContext>;

interface Choice {
  readonly identity: PrivateCertificate;
  readonly context?: SecureContext;
}

/** What is told while a certificate is chosen by name. */
export interface NameEvents {
  /** First: the peer of this TLS socket has named somebody. */
  named(socket: object): void;
  /** The runtime has been told whom it is. */
  chosen(identity: PrivateCertificate): void;
  /** There is no certificate, which the runtime is about to be told; it has not said a word yet. */
  refused(socket: object, error: unknown): void;
}

/** The callback of node:tls that chooses a context by name; none for a server with one identity. */
export function nameCallback(
  compiled: CompiledOptions,
  contextFor: ContextFor,
  { named, chosen, refused }: NameEvents,
): Pick<TlsOptions, "SNICallback"> {
  const { contextForServerName: names, identity: standard } = compiled;
  if (names === undefined) return {};
  const contexts = new WeakMap<PrivateCertificate, Promise<SecureContext>>();
  const choose = async (asked: string): Promise<Choice> => {
    const name = canonical(asked);
    const identity = (name === undefined ? undefined : await resolved(names.resolve, name)) ?? standard;
    if (identity === undefined) throw unknownName(asked);
    // The server's own context is the standard identity's.
    if (identity === standard) return { identity };
    let context = contexts.get(identity);
    if (context === undefined) {
      context = contextFor(identity);
      contexts.set(identity, context);
    }
    return { identity, context: await context };
  };
  return {
    SNICallback(this: unknown, asked, done) {
      const socket = Object(this);
      named(socket);
      choose(asked).then(
        ({ identity, context }) => {
          done(null, context);
          chosen(identity);
        },
        // Ours, or what the runtime says about the certificate.
        (error: unknown) => {
          refused(socket, error);
          done(error as Error);
        },
      );
    },
  };
}

/** The function is the caller's: its failure is told apart from the runtime's. */
async function resolved(
  resolve: (name: string) => Promise<PrivateCertificate | undefined> | PrivateCertificate | undefined,
  serverName: string,
): Promise<PrivateCertificate | undefined> {
  try {
    return await resolve(serverName);
  } catch (error) {
    const message = `contextForServerName failed for "${serverName}".`;
    throw new TransportError("SERVER_NAME_RESOLVER_FAILED", message, { serverName }, { cause: error });
  }
}

/** What the client sends is anybody's text. */
function canonical(asked: string): string | undefined {
  try {
    const host = parseHost(asked);
    return host.type === "dns" ? host.value : undefined;
  } catch (error) {
    if (TlsKitError.is(error)) return undefined;
    throw error;
  }
}

/**
 * The error for a client that has named nobody, on a server without a certificate for all other names. Node and Bun do not
 * ask for one then, and report what follows from having none; `undefined` for every other error.
 *
 * @param named whether the client has named somebody
 */
export function noNameGiven(
  { contextForServerName, identity }: CompiledOptions,
  error: unknown,
  named: boolean,
): TransportError | undefined {
  if (contextForServerName === undefined || identity !== undefined || named) return undefined;
  return withoutCertificate.has(nativeCodeOf(error)) ? unknownName("", error) : undefined;
}

/** What is reported of a server that has no certificate: OpenSSL in TLS 1.3 and 1.2, BoringSSL. */
const withoutCertificate: ReadonlySet<string> = new Set([
  "ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM",
  "ERR_SSL_NO_SHARED_CIPHER",
  "ERR_SSL_NO_CERTIFICATE_SET",
]);

function unknownName(asked: string, cause?: unknown): TransportError<"SERVER_NAME_UNKNOWN"> {
  const serverName = asked.slice(0, 255);
  const message =
    serverName === ""
      ? "This server has no certificate for clients that name nobody: that would be the option identity."
      : `This server has no certificate for ${JSON.stringify(serverName)}.`;
  return new TransportError("SERVER_NAME_UNKNOWN", message, { serverName }, cause === undefined ? {} : { cause });
}
