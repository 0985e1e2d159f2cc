import type { ReferenceIdentity } from "@tlskit/verify/identity";
import { parseHost } from "@tlskit/verify/identity";
import type { PrivateCertificate } from "@tlskit/x509";
import { conflict } from "./assert-coherent.ts";
import { CertificateOptions } from "./certificate-options.ts";
import type {
  CertificateOptionsInit,
  MinimumVersionOptions,
  ProtocolOptions,
  UnconditionalOptions,
  VerificationOptions,
} from "./certificate-options-init.ts";
import { inspectCustom } from "./inspect-symbol.ts";
import { OPTION_NAMES, readOptions } from "./option-names.ts";
import { checkIdentity } from "./option-values.ts";

/** Our certificate, under either name. */
export type ClientIdentityOptions =
  | { readonly identity?: PrivateCertificate; readonly clientCertificate?: never }
  | {
      readonly identity?: never;
      /** Twisted's name for `identity` (CLI-13). */
      readonly clientCertificate?: PrivateCertificate;
    };

/** What {@link optionsForClientTLS} takes besides the host name: all options that mean something to a client. */
export type ClientTLSExtra = Omit<
  UnconditionalOptions,
  "identity" | "dhParameters" | "contextForServerName" | "ocspStaple"
> &
  ClientIdentityOptions &
  MinimumVersionOptions &
  ProtocolOptions &
  VerificationOptions & { readonly clientAuth?: never; readonly dhParameters?: never };

/**
 * The configuration of a client for one host: what to verify, and whom to reach. Made by {@link optionsForClientTLS}.
 */
export class ClientTLSOptions {
  /** What to send as server name (SNI): the host name without its trailing dot; `undefined` for an IP address (CLI-04, CLI-07). */
  readonly serverName: string | undefined;
  /** Everything else. */
  readonly options: CertificateOptions;
  readonly #hostname: ReferenceIdentity;

  /** From checked parts; programs use {@link optionsForClientTLS}. */
  constructor(hostname: ReferenceIdentity, options: CertificateOptions) {
    this.#hostname = copyIdentity(hostname);
    this.serverName = hostname.type === "dns" ? hostname.value : undefined;
    this.options = options;
    Object.freeze(this);
  }

  /** Whom the server's certificate must name; a copy. */
  get hostname(): ReferenceIdentity {
    return copyIdentity(this.#hostname);
  }

  /**
   * The same options for another host (CLI-21). Cheap: nothing is checked again but the name.
   *
   * @throws InvalidHostnameError HOSTNAME_INVALID
   * @example
   * const other = options.forHost("mail.example.org");
   */
  forHost(hostname: string): ClientTLSOptions {
    return new ClientTLSOptions(parseHost(hostname), this.options);
  }

  /** The redacted form. */
  toJSON(): { readonly hostname: string; readonly options: ReturnType<CertificateOptions["toJSON"]> } {
    return { hostname: this.#hostname.value, options: this.options.toJSON() };
  }

  /** The redacted options on one line. */
  toString(): string {
    return `<ClientTLSOptions ${JSON.stringify(this)}>`;
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return this.toString();
  }
}

/**
 * Options for a client that connects to `hostname`: the server must show a certificate with that name or IP address,
 * vouched for by `trustRoot`, or without one by the system's store. What it is given is never changed (CLI-13).
 *
 * @param hostname a host name, international or not, or an IP address; no port
 * @throws InvalidHostnameError HOSTNAME_INVALID, also for what is no string (CLI-01, CLI-04 to CLI-06)
 * @throws OptionsError, UnsupportedOptionError as {@link CertificateOptions} does; OPTION_CONFLICT for `clientAuth`
 * and `dhParameters`, and for `identity` beside `clientCertificate`
 * @example
 * const options = optionsForClientTLS("bücher.example", { acceptableProtocols: ["h2"] });
 * options.serverName; // "xn--bcher-kva.example"
 */
export function optionsForClientTLS(hostname: string, extra: ClientTLSExtra = {}): ClientTLSOptions {
  const reference = parseHost(hostname);
  const given = readOptions(extra, [...OPTION_NAMES, "clientCertificate"]);
  for (const [name, advice] of SERVER_ONLY) {
    if (given.has(name)) throw conflict([name], `${name} is for servers only`, advice);
  }
  const clientCertificate = given.get("clientCertificate");
  const rest = Object.fromEntries([...given].filter(([name]) => name !== "clientCertificate"));
  if (clientCertificate === undefined) return new ClientTLSOptions(reference, makeOptions(rest));
  if (given.has("identity")) {
    const rule = "identity and clientCertificate are mutually exclusive";
    throw conflict(["identity", "clientCertificate"], rule, "they are two names for the same thing");
  }
  return new ClientTLSOptions(
    reference,
    makeOptions({ ...rest, identity: checkIdentity(clientCertificate, "clientCertificate") }),
  );
}

/** Options that mean nothing to a client, and what it does instead. */
const SERVER_ONLY = [
  ["clientAuth", "a client is asked, and answers with its identity"],
  ["dhParameters", "a client takes the group that the server has"],
] as const;

/** The bytes of an address can be written to: nobody shares them. */
function copyIdentity(identity: ReferenceIdentity): ReferenceIdentity {
  return Object.freeze(identity.type === "ip" ? { ...identity, bytes: identity.bytes.slice() } : { ...identity });
}

/** Whatever is wrong with the sum, the constructor says. */
function makeOptions(options: Readonly<Record<string, unknown>>): CertificateOptions {
  return new CertificateOptions(options as CertificateOptionsInit);
}
