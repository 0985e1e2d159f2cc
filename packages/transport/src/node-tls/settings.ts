// The settings of connect, listen and startTls that are not TLS options: read once, checked before a socket is opened.

import { isIP } from "node:net";
import type { CloseOptions, HandshakeSettings, ListenOptions } from "../contract.ts";
import { TransportError } from "../error.ts";

const defaultHandshakeTimeoutMs = 10_000;
const defaultCloseTimeoutMs = 5000;
// setTimeout takes no more, and fires at once if given more.
const maxTimeoutMs = 2 ** 31 - 1;

/** `handshakeTimeoutMs`, checked. */
export function handshakeTimeout({ handshakeTimeoutMs = defaultHandshakeTimeoutMs }: HandshakeSettings): number {
  return wholeNumber("handshakeTimeoutMs", handshakeTimeoutMs, 1, maxTimeoutMs);
}

/** `timeoutMs` of close, checked. */
export function closeTimeout({ timeoutMs = defaultCloseTimeoutMs }: CloseOptions = {}): number {
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
export interface ListenSettings {
  readonly host: string | undefined;
  readonly port: number;
  readonly backlog: number;
  readonly maxPending: number;
  readonly onError: NonNullable<ListenOptions["onError"]>;
}

/** The settings of `listen`, checked. */
export function listenSettings({
  host,
  port,
  backlog = 511,
  maxPending = 4096,
  onError,
}: ListenOptions): ListenSettings {
  if (host !== undefined && (typeof host !== "string" || host === "")) throw invalid("host", "an address", host);
  if (onError !== undefined && typeof onError !== "function") throw invalid("onError", "a function", onError);
  return {
    host,
    port: wholeNumber("port", port, 0, 65_535),
    backlog: wholeNumber("backlog", backlog, 1, 65_535),
    maxPending: wholeNumber("maxPending", maxPending, 1, 1_000_000),
    onError: onError ?? (() => {}),
  };
}

/** An optional IP address, checked. */
export function ipAddress(setting: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && isIP(value) !== 0)) return value;
  throw invalid(setting, "an IP address", value);
}

/** The error for a setting that makes no sense. */
export function invalid(setting: string, expected: string, value: unknown): TransportError<"SETTING_INVALID"> {
  const actual = typeof value === "number" || typeof value === "boolean" ? String(value) : kindOf(value);
  return new TransportError("SETTING_INVALID", `${setting} must be ${expected}, but is ${actual}.`, {
    setting,
    expected,
    actual,
  });
}

function wholeNumber(setting: string, value: unknown, min: number, max: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid(setting, `a whole number from ${min} to ${max}`, value);
}

function kindOf(value: unknown): string {
  if (typeof value === "string" && value.length <= 40) return JSON.stringify(value);
  return value === null ? "null" : typeof value;
}
