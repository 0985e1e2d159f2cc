import type { ReferenceIdentity } from "@tlskit/verify/identity";
import { parseEmailId, parseHost, parseSrvId, parseUriId } from "@tlskit/verify/identity";
import type { PrivateCertificate } from "@tlskit/x509";
import { CertificateOptions } from "./certificate-options.ts";
import type {
  CertificateOptionsInit,
  ClientVerificationOptions,
  MinimumVersionOptions,
  ProtocolOptions,
  UnconditionalOptions,
} from "./certificate-options-init.ts";
import { assertNoServerOptions, assertNoTicketKeys } from "./checks/assert-coherent.ts";
import { conflict } from "./checks/conflict.ts";
import { checkIdentity } from "./checks/option-values.ts";
import type { ClientSessionOptions } from "./checks/session-options.ts";
import { OPTION_NAMES } from "./input/option-names.ts";
import { readOptions } from "./input/own-values.ts";
import { inspectCustom } from "./inspect-symbol.ts";

/** Our certificate, under either name. */
export type ClientIdentityOptions =
  | { readonly identity?: PrivateCertificate | undefined; readonly clientCertificate?: undefined }
  | {
      readonly identity?: undefined;
      /** Twisted's name for `identity` (CLI-13). */
      readonly clientCertificate?: PrivateCertificate | undefined;
    };

/** What {@link optionsForClientTLS} takes besides the host name: all options that mean something to a client. */
export type ClientTLSExtra = Omit<
  UnconditionalOptions,
  "identity" | "dhParameters" | "contextForServerName" | "ocspStaple" | "sessions"
> &
  ClientIdentityOptions &
  MinimumVersionOptions &
  ProtocolOptions &
  ClientVerificationOptions & {
    /** Resumption; default: none. A session is resumed only if its chain passes again, under the present options. */
    readonly sessions?: boolean | ClientSessionOptions | undefined;
    readonly clientAuth?: undefined;
    readonly clientIntermediates?: undefined;
    readonly dhParameters?: undefined;
    readonly contextForServerName?: undefined;
    readonly ocspStaple?: undefined;
  };

/**
 * The configuration of a client for one host: what to verify, and whom to reach. Made by {@link optionsForClientTLS}.
 */
export class ClientTLSOptions {
  /** What to send as server name (SNI): the host name without its trailing dot; `undefined` for an IP address (CLI-04, CLI-07). */
  readonly serverName: string | undefined;
  /** Everything else. */
  readonly options: CertificateOptions;
  readonly #hostname: ReferenceIdentity;

  /**
   * For another identity than a host's, or for one that is read already; programs use {@link optionsForClientTLS}.
   *
   * @throws InvalidHostnameError HOSTNAME_INVALID; OptionsError OPTION_TYPE_INVALID
   */
  constructor(hostname: ReferenceIdentity, options: CertificateOptions) {
    CertificateOptions.assertGenuine(options, "options");
    this.#hostname = readAgain(hostname);
    this.serverName = this.#hostname.type === "dns" ? this.#hostname.value : undefined;
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
 * @throws OptionsError as {@link CertificateOptions} does; OPTION_CONFLICT for options of servers, and for `identity`
 * beside `clientCertificate`
 * @example
 * const options = optionsForClientTLS("bücher.example", { acceptableProtocols: ["h2"] });
 * options.serverName; // "xn--bcher-kva.example"
 */
export function optionsForClientTLS(hostname: string, extra: ClientTLSExtra = {}): ClientTLSOptions {
  const reference = parseHost(hostname);
  const given = readOptions(extra, [...OPTION_NAMES, "clientCertificate"]);
  assertNoServerOptions((name) => given.has(name));
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

/** The bytes of an address can be written to: nobody shares them. */
function copyIdentity(identity: ReferenceIdentity): ReferenceIdentity {
  return Object.freeze(identity.type === "ip" ? { ...identity, bytes: identity.bytes.slice() } : { ...identity });
}

/** What names a server must be what it was read from, whoever made the object. */
function readAgain(identity: ReferenceIdentity): ReferenceIdentity {
  const { type, text } = Object(identity) as Partial<ReferenceIdentity>;
  const read = type === "uri" ? parseUriId : type === "srv" ? parseSrvId : type === "email" ? parseEmailId : parseHost;
  // What is no string is refused by each of them.
  return Object.freeze(read(text as string));
}

/** Whatever is wrong with the sum, the constructor says. */
function makeOptions(options: Readonly<Record<string, unknown>>): CertificateOptions {
  const made = new CertificateOptions(options as CertificateOptionsInit);
  assertNoTicketKeys(made.sessions);
  return made;
}
