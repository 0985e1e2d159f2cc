// What to dial, and by which name: one canonical value for dialling, SNI and matching, so that they cannot disagree.

import { shownText } from "@tlskit/options";
import { type DnsReference, type IpReference, parseHost } from "@tlskit/verify/identity";
import type { Target } from "./contract.ts";
import { TransportError } from "./error.ts";

/** A target, understood. */
export interface ParsedTarget {
  /** `host.value` is what to dial, to send as SNI (names only) and to match. */
  readonly host: DnsReference | IpReference;
  /** From 1 to 65535. */
  readonly port: number;
}

/** Options of {@link parseTarget}. */
export interface ParseTargetOptions {
  /** For text without a port; without it, the port must be there. */
  readonly defaultPort?: number | undefined;
}

/**
 * Reads `host:port`, `[v6]:port` or `{ host, port }`.
 *
 * @throws {TransportError} `TARGET_INVALID`
 * @throws {InvalidHostnameError} `HOSTNAME_INVALID`, from `parseHost`
 *
 * @example
 * parseTarget("[::1]:443").host.value; // "::1"
 * parseTarget("bücher.example", { defaultPort: 443 }).host.value; // "xn--bcher-kva.example"
 */
export function parseTarget(target: Target, options: ParseTargetOptions = {}): ParsedTarget {
  if (typeof target === "string") return parseText(target, options);
  const { host, port, ...others } = ownEndpoint(target);
  if (typeof host !== "string") throw noTarget(target, host, others);
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw invalid(host, `a target has host and port, not ${shownText(other)}; settings are the second argument`);
  }
  return { host: parseHost(host), port: checkPort(port, host) };
}

/** Read once, and of its own: a host on Object.prototype is nobody's target. */
function ownEndpoint(target: unknown): { readonly host?: unknown; readonly port?: unknown } {
  return typeof target === "object" && target !== null ? Object.assign(Object.create(null), target) : {};
}

/** What it is, and what it has in place of a host. */
function noTarget(target: unknown, host: unknown, others: object): TransportError<"TARGET_INVALID"> {
  const kind = target instanceof URL ? "a URL" : kindOf(target);
  const names = Object.keys(others).slice(0, 5).map(shownText);
  let has = "";
  if (kind === "a URL") has = "; take hostname and port out of the URL";
  else if (host !== undefined) has = `; here, host is ${kindOf(host)}`;
  else if (names.length > 0) has = `; this has ${names.join(", ")}, and no host`;
  const reason = `a target is text (host:port) or { host, port }${has}`;
  return new TransportError("TARGET_INVALID", `The target is ${kind}: ${reason}.`, { target: kind, reason });
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

function parseText(text: string, { defaultPort }: ParseTargetOptions): ParsedTarget {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw invalid(text, "a target is host:port, without a scheme or a path; take hostname and port out of the URL");
  }
  const [host, port] = split(text);
  if (port !== undefined) {
    // Only decimal digits: Number() would take "0x1bb", " 443" and "".
    if (!/^\d{1,5}$/.test(port)) throw invalid(text, `"${shownText(port)}" is not a port number`);
    return { host: parseHost(host), port: checkPort(Number(port), text) };
  }
  if (defaultPort === undefined) throw invalid(text, "the port is missing: write host:port");
  return { host: parseHost(host), port: checkPort(defaultPort, text) };
}

/** Brackets set an IPv6 address apart from the port; without them, more than one colon is ambiguous. */
function split(text: string): [host: string, port: string | undefined] {
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    const rest = text.slice(end + 1);
    if (end < 0 || (rest !== "" && !rest.startsWith(":"))) throw invalid(text, "brackets are for [IPv6]:port");
    return [text.slice(0, end + 1), rest === "" ? undefined : rest.slice(1)];
  }
  const colon = text.indexOf(":");
  if (colon < 0) return [text, undefined];
  if (text.includes(":", colon + 1)) throw invalid(text, "an IPv6 address needs brackets: [::1]:443");
  return [text.slice(0, colon), text.slice(colon + 1)];
}

function checkPort(port: unknown, target: string): number {
  if (typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  if (typeof port === "number") throw invalid(target, `port ${port} is not a whole number between 1 and 65535`);
  throw invalid(target, `the port must be a number between 1 and 65535, not ${kindOf(port)}`);
}

function invalid(target: string, reason: string): TransportError<"TARGET_INVALID"> {
  const shown = shownText(target);
  return new TransportError("TARGET_INVALID", `"${shown}" is no target: ${reason}.`, { target: shown, reason });
}
