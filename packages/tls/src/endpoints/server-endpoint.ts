// Endpoint strings for servers: `tls:/etc/letsencrypt/live:443`, `tls:443:key=FILE:cert=FILE`.

import {
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

/** What a server's endpoint string says. Files are named, not read. */
export interface ServerEndpoint extends EndpointTls {
  /** `"ssl"` is another spelling: Twisted's names for the same arguments. */
  readonly type: "tls" | "ssl";
  /** 0: any free one. */
  readonly port: number;
  /** The address to listen on: `interface`; without it, all of them. */
  readonly host?: string | undefined;
  /** How many connections the system keeps before they are taken: `backlog`. */
  readonly backlog?: number | undefined;
  /** Where the server's certificates and keys are. */
  readonly identity: EndpointIdentity;
  /**
   * A file of certificates, or a directory of such files, from which client certificates are required: `trustRoots`.
   * `undefined` is refused, because a variable that nobody has set must not let everybody in.
   */
  readonly trustRoots?: string;
  /** The PEM file of Diffie-Hellman parameters: `dh`; `dhParameters` of `ssl:`. */
  readonly dhParameters?: string | undefined;
}

/** Where a server's certificates and keys are. */
export type EndpointIdentity =
  | {
      readonly kind: "files";
      readonly cert: string;
      readonly key: string;
      /** The certificates between ours and the root, if they are not in `cert`. */
      readonly chain?: string | undefined;
    }
  | {
      readonly kind: "directory";
      readonly path: string;
      /** The name whose certificate is shown to clients that name none: `default`. */
      readonly defaultName?: string | undefined;
    };

/**
 * Reads a server's endpoint string (END-01 to END-06):
 *
 * - `tls:DIRECTORY[:PORT]`: a certificate for every name, out of a directory as certbot or txsni keeps it; the port is
 *   443 unless it is given; `default=NAME` for clients that name none.
 * - `tls:PORT:key=FILE:cert=FILE[:chain=FILE]`: one certificate. `cert` may be left out if `key` holds it as well.
 * - `ssl:PORT:privateKey=FILE:certKey=FILE:extraCertChain=FILE`: Twisted's names for the same; `privateKey` is
 *   `server.pem` unless it is given, and `certKey` the same file.
 *
 * All take `interface=ADDRESS`, `backlog=NUMBER`, `min=VERSION`, `max=VERSION`, `alpn=NAME,NAME` and `dh=FILE`
 * (`dhParameters` of `ssl:`), and `trustRoots=FILE or DIRECTORY`, which makes client certificates from there required.
 *
 * @throws {EndpointError} `ENDPOINT_INVALID`, `ENDPOINT_UNSUPPORTED`, with the position
 *
 * @example
 * const { port, identity } = parseServerEndpoint("tls:/etc/letsencrypt/live:443:interface=127.0.0.1");
 */
export function parseServerEndpoint(text: string): ServerEndpoint {
  const [type, ...rest] = splitArguments(text);
  if (type?.name === undefined && type?.value === "ssl") return sslServer(namedArguments(text, rest, sslTable));
  if (type?.name !== undefined || type?.value !== "tls") {
    throw unsupported(type?.value ?? "", 0, "Write tls:DIRECTORY:PORT, or tls:PORT:key=FILE:cert=FILE.");
  }
  // A number is a port: a directory of that name is written directory=443.
  const [first] = rest.filter(({ name }) => name === undefined);
  const isPort = first !== undefined && /^\d+$/.test(first.value);
  const hasFiles = rest.some(({ name }) => name === "key" || name === "cert");
  const hasDirectory = rest.some(({ name }) => name === "directory");
  if (hasDirectory || !(isPort || hasFiles)) {
    const table = hasDirectory ? { ...directoryTable, positional: ["port"], named: namesBesidePort } : directoryTable;
    return directoryServer(namedArguments(text, rest, table));
  }
  return filesServer(namedArguments(text, rest, filesTable));
}

function directoryServer(given: NamedArguments): ServerEndpoint {
  const path = required(given, "directory", "a directory, or a port").value;
  const port = given.get("port");
  const defaultName = optional(given, "default", "a name");
  return {
    type: "tls",
    port: port === undefined ? 443 : portNumber(port, 0),
    ...listening(given),
    ...tlsArguments(given),
    identity: { kind: "directory", path, ...(defaultName === undefined ? {} : { defaultName: defaultName.value }) },
    ...dh(given, "dh"),
  };
}

function filesServer(given: NamedArguments): ServerEndpoint {
  const port = portNumber(required(given, "port", "a port after tls:"), 0);
  const key = required(given, "key", "key=FILE").value;
  const cert = optional(given, "cert", "a file")?.value ?? key;
  return {
    type: "tls",
    port,
    ...listening(given),
    ...tlsArguments(given),
    identity: { kind: "files", cert, key, ...chain(given, "chain") },
    ...dh(given, "dh"),
  };
}

function sslServer(given: NamedArguments): ServerEndpoint {
  const port = portNumber(required(given, "port", "a port after ssl:"), 0);
  const key = optional(given, "privateKey", "a file")?.value ?? "server.pem";
  const cert = optional(given, "certKey", "a file")?.value ?? key;
  return {
    type: "ssl",
    port,
    ...listening(given),
    ...tlsArguments(given),
    identity: { kind: "files", cert, key, ...chain(given, "extraCertChain") },
    ...dh(given, "dhParameters"),
  };
}

function listening(given: NamedArguments): Pick<ServerEndpoint, "host" | "backlog"> {
  // Empty is Twisted's way to say all interfaces.
  const host = given.get("interface");
  const backlog = given.get("backlog");
  return {
    ...(host === undefined || host.value === "" ? {} : { host: withoutBrackets(host.value) }),
    ...(backlog === undefined ? {} : { backlog: wholeNumber(backlog, 1, 65_535, "a number of connections") }),
  };
}

function chain(given: NamedArguments, name: string): { readonly chain?: string } {
  const file = optional(given, name, "a file");
  return file === undefined ? {} : { chain: file.value };
}

function dh(given: NamedArguments, name: string): Pick<ServerEndpoint, "dhParameters"> {
  const file = optional(given, name, "a file");
  return file === undefined ? {} : { dhParameters: file.value };
}

const common = ["interface", "backlog", "min", "max", "alpn", "trustRoots"];
const sslmethod = "The versions are TLS 1.2 and 1.3; choose among them with min and max.";

const filesTable = {
  positional: ["port"],
  named: ["key", "cert", "chain", "dh", ...common],
  elsewhere: {
    privateKey: "Write key, or ssl: in place of tls:.",
    certKey: "Write cert, or ssl: in place of tls:.",
    certificate: "Write cert.",
    extraCertChain: "Write chain, or ssl: in place of tls:.",
    dhParameters: "Write dh, or ssl: in place of tls:.",
    sslmethod,
  },
};

const namesBesidePort = ["directory", "default", "dh", ...common];

const directoryTable = {
  positional: ["directory", "port"],
  named: ["default", "dh", ...common],
  elsewhere: {
    ...filesTable.elsewhere,
    privateKey: "Write tls:PORT:key=FILE:cert=FILE.",
    chain: "The directory holds the chains.",
  },
};

const sslTable = {
  positional: ["port"],
  named: ["privateKey", "certKey", "extraCertChain", "dhParameters", ...common],
  elsewhere: { key: "Write privateKey, or tls: in place of ssl:.", cert: "Write certKey.", sslmethod },
};
