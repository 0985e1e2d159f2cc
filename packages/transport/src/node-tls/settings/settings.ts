// The settings of connect, listen and startTls that are not TLS options: read once, checked before a socket is opened.

import { isIP } from "node:net";
import type { ListenOptions, UnixAddress, UnixListenOptions } from "../../contract.ts";
import { ownSettings, type Unchecked } from "./own-settings.ts";
import { invalid } from "./setting-error.ts";
import { unixPath } from "./unix-path.ts";

const defaultHandshakeTimeoutMs = 10_000;
const defaultCloseTimeoutMs = 5000;
// setTimeout takes no more, and fires at once if given more.
const maxTimeoutMs = 2 ** 31 - 1;

/** `handshakeTimeoutMs`, checked. */
export function handshakeTimeout(value: unknown = defaultHandshakeTimeoutMs): number {
  return wholeNumber("handshakeTimeoutMs", value, 1, maxTimeoutMs);
}

/** `timeoutMs` of close, checked. */
export function closeTimeout(options: unknown = {}): number {
  const { timeoutMs = defaultCloseTimeoutMs } = ownSettings("close", options, ["timeoutMs"]);
  return wholeNumber("timeoutMs", timeoutMs, 0, maxTimeoutMs);
}

/** `secureTransport`, checked: whether TLS starts later. */
export function startsPlain(secureTransport: unknown): boolean {
  if (secureTransport === undefined || secureTransport === "on") return false;
  if (secureTransport === "starttls") return true;
  throw invalid("secureTransport", '"on" or "starttls"', secureTransport);
}

/** `signal`, checked. */
export function abortSignal(signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw invalid("signal", "an AbortSignal", signal);
}

/** What `net.Server.listen` and the accept loop need, checked. */
export interface CheckedListenSettings {
  readonly binding: Binding;
  readonly backlog: number;
  readonly maxPending: number;
  readonly onError: NonNullable<ListenOptions["onError"]>;
}

/** Where to listen. */
export type Binding = { readonly host: string | undefined; readonly port: number } | UnixAddress;

/** The settings of `listen`, checked. */
export function listenSettings({
  host,
  port,
  path,
  backlog = 511,
  maxPending = 4096,
  onError,
}: Unchecked<keyof ListenOptions | keyof UnixListenOptions>): CheckedListenSettings {
  if (onError !== undefined && typeof onError !== "function") throw invalid("onError", "a function", onError);
  return {
    binding: bindingOf(host, port, path),
    backlog: wholeNumber("backlog", backlog, 1, 65_535),
    maxPending: wholeNumber("maxPending", maxPending, 1, 1_000_000),
    onError: (onError as ListenOptions["onError"]) ?? (() => {}),
  };
}

function bindingOf(host: unknown, port: unknown, path: unknown): Binding {
  const unix = unixPath(path);
  if (unix !== undefined && (host !== undefined || port !== undefined)) {
    throw invalid("path", "alone: a UNIX socket has no host and no port", path);
  }
  if (unix !== undefined) return { path: unix };
  if (host !== undefined && (typeof host !== "string" || host === "")) throw invalid("host", "an address", host);
  return { host, port: wholeNumber("port", port, 0, 65_535) };
}

/** An optional IP address, checked. */
export function ipAddress(setting: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && isIP(value) !== 0)) return value;
  throw invalid(setting, "an IP address", value);
}

function wholeNumber(setting: string, value: unknown, min: number, max: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid(setting, `a whole number from ${min} to ${max}`, value);
}
