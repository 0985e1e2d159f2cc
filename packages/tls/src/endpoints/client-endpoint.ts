// Endpoint strings for clients: `tls:example.com:443`.

import { parseTarget } from "@tlskit/transport";
import {
  type Argument,
  invalid,
  type NamedArguments,
  namedArguments,
  optional,
  portNumber,
  required,
  splitArguments,
  unsupported,
  wholeNumber,
  withoutBrackets,
} from "./arguments.ts";
import { type EndpointTls, tlsArguments } from "./tls-arguments.ts";

/** What a client's endpoint string says. Files are named, not read. */
export interface ClientEndpoint extends EndpointTls {
  /** `"ssl"` is another spelling: it verifies as `"tls"` does (END-07). */
  readonly type: "tls" | "ssl";
  /** The host as written, unescaped. */
  readonly host: string;
  /** From 1 to 65535. */
  readonly port: number;
  /** The limit for connecting: `timeout`, which is in seconds in the string. */
  readonly timeoutMs?: number | undefined;
  /** The local address: `bindAddress`. */
  readonly localAddress?: string | undefined;
  /** The name that the server must have, if it is not `host`: `hostname` of `ssl:`. */
  readonly hostname?: string | undefined;
  /** The PEM files of a client certificate: `certificate` and `privateKey`; `certKey` and `privateKey` of `ssl:`. */
  readonly identity?: { readonly cert: string; readonly key: string } | undefined;
  /** A file of certificates, or a directory of such files, that are trusted: `trustRoots`; default: the system's store. */
  readonly trustRoots?: string | undefined;
  /** What TLS runs over, if not TCP to `host` and `port`: `endpoint`. */
  readonly endpoint?: CarrierEndpoint | undefined;
}

/** What TLS can run over. */
export type CarrierEndpoint =
  | { readonly type: "tcp"; readonly host: string; readonly port: number }
  | { readonly type: "unix"; readonly path: string }
  | ClientEndpoint
  | OtherEndpoint;

/** A type that is not ours: whoever opens it must know it. */
export interface OtherEndpoint {
  readonly type: "other";
  /** The type as written. */
  readonly name: string;
  /** The arguments without a name, in order. */
  readonly positional: readonly string[];
  /** The arguments with a name. */
  readonly named: Readonly<Record<string, string>>;
}

/**
 * Reads `tls:HOST:PORT`, with `timeout=SECONDS`, `bindAddress=ADDRESS`, `certificate=FILE` and `privateKey=FILE`,
 * `trustRoots=FILE or DIRECTORY`, `alpn=NAME,NAME`, `min=VERSION`, `max=VERSION`, and `endpoint=` another endpoint
 * string, quoted, for what TLS runs over (END-09). `ssl:HOST:PORT` takes Twisted's other names: `privateKey`, `certKey`,
 * `caCertsDir`, `hostname` (END-07, END-08). The host is always verified. An IPv6 address stands in brackets,
 * `tls:[::1]:443` (END-10), or has its colons escaped.
 *
 * @throws {EndpointError} `ENDPOINT_INVALID`, `ENDPOINT_UNSUPPORTED`, with the position
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`
 *
 * @example
 * const { host, port } = parseClientEndpoint("tls:example.com:443:timeout=5");
 */
export function parseClientEndpoint(text: string): ClientEndpoint {
  const [type, ...rest] = splitArguments(text);
  if (type?.name === undefined && type?.value === "tls") return tlsClient(namedArguments(text, rest, tlsTable));
  if (type?.name === undefined && type?.value === "ssl") return sslClient(namedArguments(text, rest, sslTable));
  throw unsupported(type?.value ?? "", 0, "Write tls:HOST:PORT; TLS is always verified here.");
}

function tlsClient(given: NamedArguments): ClientEndpoint {
  const carrier = optional(given, "endpoint", "an endpoint string");
  return {
    type: "tls",
    ...destination(given),
    ...connecting(given),
    ...pair(given, "certificate"),
    ...tlsArguments(given),
    ...(carrier === undefined ? {} : { endpoint: parseCarrier(carrier) }),
  };
}

function sslClient(given: NamedArguments): ClientEndpoint {
  const hostname = optional(given, "hostname", "a name");
  return {
    type: "ssl",
    ...destination(given),
    ...connecting(given),
    ...(hostname === undefined ? {} : { hostname: hostname.value }),
    ...pair(given, "certKey"),
    ...tlsArguments(given, "caCertsDir"),
  };
}

function destination(given: NamedArguments): { readonly host: string; readonly port: number } {
  const host = required(given, "host", "a host after the type").value;
  const port = portNumber(required(given, "port", "a port after the host"), 1);
  parseTarget({ host, port });
  return { host, port };
}

function connecting(given: NamedArguments): Pick<ClientEndpoint, "timeoutMs" | "localAddress"> {
  const timeout = given.get("timeout");
  const bindAddress = given.get("bindAddress");
  return {
    ...(timeout === undefined
      ? {}
      : { timeoutMs: wholeNumber(timeout, 1, 999_999, "a whole number of seconds") * 1000 }),
    ...(bindAddress === undefined ? {} : { localAddress: withoutBrackets(bindAddress.value) }),
  };
}

/** Half a pair would mean that no certificate is shown, and nobody is told (END-08). */
function pair(given: NamedArguments, certificateName: string): Pick<ClientEndpoint, "identity"> {
  const cert = optional(given, certificateName, "a file");
  const key = optional(given, "privateKey", "a file");
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined) {
    const [there, missing] = cert === undefined ? [key, certificateName] : [cert, "privateKey"];
    throw invalid((there as Argument).position, `${missing} besides`, "One file may hold both: name it twice.");
  }
  return { identity: { cert: cert.value, key: key.value } };
}

/** A quoted endpoint string inside another; its errors are told where it begins. */
function parseCarrier({ value, position }: Argument): CarrierEndpoint {
  const [type, ...rest] = splitArguments(value);
  if (type?.value === "tls" || type?.value === "ssl") return parseClientEndpoint(value);
  if (type === undefined || type.name !== undefined || type.value === "") throw invalid(position, "endpoint=TYPE\\:…");
  if (type.value === "tcp") return { type: "tcp", ...destination(namedArguments(value, rest, tcpTable)) };
  if (type.value === "unix") {
    const { value: path } = required(namedArguments(value, rest, unixTable), "path", "a path after unix:");
    return { type: "unix", path };
  }
  return {
    type: "other",
    name: type.value,
    positional: rest.filter(({ name }) => name === undefined).map(({ value: one }) => one),
    named: Object.fromEntries(rest.flatMap(({ name, value: one }) => (name === undefined ? [] : [[name, one]]))),
  };
}

const common = ["timeout", "bindAddress", "privateKey", "min", "max", "alpn"];

const tlsTable = {
  positional: ["host", "port"],
  named: [...common, "certificate", "trustRoots", "endpoint"],
  elsewhere: {
    hostname: "The host is the name that is verified; to dial another one, write endpoint=tcp\\:HOST\\:PORT.",
    certKey: "Write certificate.",
    caCertsDir: "Write trustRoots.",
  },
};

const sslTable = {
  positional: ["host", "port"],
  named: [...common, "certKey", "caCertsDir", "hostname"],
  elsewhere: {
    certificate: "Write certKey, or tls: in place of ssl:.",
    trustRoots: "Write caCertsDir, or tls: in place of ssl:.",
    endpoint: "Write tls: in place of ssl:.",
  },
};

const tcpTable = { positional: ["host", "port"], named: [], elsewhere: {} };
const unixTable = { positional: ["path"], named: [], elsewhere: {} };
