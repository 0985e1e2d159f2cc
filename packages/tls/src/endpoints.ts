// Endpoint strings, as Twisted has them: `tls:example.com:443`. Colons separate, a backslash takes the next character
// as it is, and `name=value` names an argument.

import { shownText } from "@tlskit/options";
import { parseTarget } from "@tlskit/transport";
import { EndpointError } from "./error.ts";

export { EndpointError, type EndpointErrorCode, type EndpointErrorDetails } from "./error.ts";

/** What a client's endpoint string says. */
export interface ClientEndpoint {
  readonly type: "tls";
  /** The host as written, unescaped: give it to `optionsForClientTLS` and `connect`. */
  readonly host: string;
  readonly port: number;
  /** The limit for connecting: `timeout`, which is in seconds in the string. */
  readonly timeoutMs?: number;
  /** The local address: `bindAddress`. */
  readonly localAddress?: string;
}

/**
 * Reads `tls:HOST:PORT`, with `timeout=SECONDS` and `bindAddress=ADDRESS` if wanted (END-09). An IPv6 address stands in
 * brackets, `tls:[::1]:443` (END-10), or has its colons escaped.
 *
 * @throws {EndpointError} `ENDPOINT_INVALID`, `ENDPOINT_UNSUPPORTED`, with the position
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`
 *
 * @example
 * const { host, port } = parseClientEndpoint("tls:example.com:443");
 * const connection = await connect({ host, port });
 */
export function parseClientEndpoint(text: string): ClientEndpoint {
  if (typeof text !== "string") throw invalid(0, "text");
  const [type, ...rest] = splitArguments(text);
  if (type?.value !== "tls") {
    throw unsupported(type?.value ?? "", 0, "Write tls:HOST:PORT; TLS is always verified here.");
  }
  const named = namedArguments(rest, ["host", "port", "timeout", "bindAddress"]);
  const host = required(named.get("host"), text, "a host after tls:");
  const port = required(named.get("port"), text, "a port after the host");
  if (!/^\d{1,5}$/.test(port.value)) throw invalid(port.position, "a port number");
  parseTarget({ host: host.value, port: Number(port.value) });
  const timeout = named.get("timeout");
  const localAddress = named.get("bindAddress");
  return {
    type: "tls",
    host: host.value,
    port: Number(port.value),
    ...(timeout === undefined ? {} : { timeoutMs: milliseconds(timeout) }),
    ...(localAddress === undefined ? {} : { localAddress: localAddress.value.replace(/^\[(.*)\]$/, "$1") }),
  };
}

/**
 * Escapes text so that it is one argument of an endpoint string: backslashes and colons (END-12). An equals sign stays
 * as it is, as in Twisted; so write positional values that may contain one with their name.
 *
 * @example
 * `tls:example.com:443:bindAddress=${quoteStringArgument("::1")}`;
 */
export function quoteStringArgument(argument: string): string {
  return argument.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
}

/** One argument, with where it begins. */
interface Argument {
  readonly name: string | undefined;
  readonly value: string;
  readonly position: number;
}

function splitArguments(text: string): Argument[] {
  const found: Argument[] = [];
  let position = 0;
  let name: string | undefined;
  let value = "";
  const finish = (next: number): void => {
    found.push({ name, value, position });
    [position, name, value] = [next, undefined, ""];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "\\") {
      at++;
      if (at === text.length) throw invalid(at, "a character after the backslash");
      value += text[at];
    } else if (character === "[" && value === "") {
      const end = text.indexOf("]", at);
      if (end < 0) throw invalid(at, "a closing bracket");
      value = text.slice(at, end + 1);
      at = end;
    } else if (character === ":") finish(at + 1);
    else if (character === "=" && name === undefined) [name, value] = [value, ""];
    else value += character;
  }
  finish(text.length);
  return found;
}

const elsewhere: Readonly<Record<string, string>> = {
  certificate: "Load the files with loadIdentity, and give the identity to optionsForClientTLS.",
  privateKey: "Load the files with loadIdentity, and give the identity to optionsForClientTLS.",
  trustRoots: "Give trustRoot to optionsForClientTLS.",
  endpoint: "Connect the other transport first, and give it to startTls.",
};

/** Arguments by name; those without one take the names in order. */
function namedArguments(given: readonly Argument[], names: readonly string[]): Map<string, Argument> {
  const found = new Map<string, Argument>();
  const positional = given.filter(({ name }) => name === undefined);
  for (const argument of given) {
    const name = argument.name ?? (["host", "port"] as const)[positional.indexOf(argument)];
    if (name === undefined) throw invalid(argument.position, "name=value after host and port");
    const alternative = elsewhere[name];
    if (alternative !== undefined) throw unsupported(name, argument.position, alternative);
    if (!names.includes(name)) throw invalid(argument.position, `one of ${names.join(", ")}`);
    if (found.has(name)) throw invalid(argument.position, `${name} only once`);
    found.set(name, argument);
  }
  return found;
}

function required(argument: Argument | undefined, text: string, expected: string): Argument {
  if (argument === undefined || argument.value === "") throw invalid(argument?.position ?? text.length, expected);
  return argument;
}

function milliseconds({ value, position }: Argument): number {
  if (!/^\d{1,6}$/.test(value) || Number(value) === 0) throw invalid(position, "a number of seconds");
  return Number(value) * 1000;
}

function invalid(position: number, expected: string): EndpointError<"ENDPOINT_INVALID"> {
  return new EndpointError(
    "ENDPOINT_INVALID",
    `The endpoint string has something else than ${expected} at ${position}.`,
    {
      position,
      expected,
    },
  );
}

function unsupported(name: string, position: number, alternative: string): EndpointError<"ENDPOINT_UNSUPPORTED"> {
  const shown = shownText(name);
  const message = `"${shown}" is not for endpoint strings here. ${alternative}`;
  return new EndpointError("ENDPOINT_UNSUPPORTED", message, { name: shown, position, alternative });
}
