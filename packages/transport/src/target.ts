// What to dial, and by which name: one canonical value for dialling, SNI and matching, so that they cannot disagree.

import { type DnsReference, type IpReference, parseHost } from "@tlskit/verify/identity";
import type { Target } from "./contract.ts";
import { TransportError } from "./error.ts";

/** A target, understood. */
export interface ParsedTarget {
  /** `host.value` is what to dial, to send as SNI (names only) and to match. */
  readonly host: DnsReference | IpReference;
  readonly port: number;
}

/** Options of {@link parseTarget}. */
export interface ParseTargetOptions {
  /** For text without a port; without it, the port must be there. */
  readonly defaultPort?: number;
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
  if (typeof target !== "object" || target === null || typeof target.host !== "string") {
    throw invalid(String(target), "a target is text (host:port) or { host, port }");
  }
  return { host: parseHost(target.host), port: checkPort(target.port, target.host) };
}

function parseText(text: string, { defaultPort }: ParseTargetOptions): ParsedTarget {
  const [host, port] = split(text);
  if (port !== undefined) {
    // Only decimal digits: Number() would take "0x1bb", " 443" and "".
    if (!/^\d{1,5}$/.test(port)) throw invalid(text, `"${port}" is not a port number`);
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
  throw invalid(target, `port ${String(port)} is not between 1 and 65535`);
}

function invalid(target: string, reason: string): TransportError<"TARGET_INVALID"> {
  return new TransportError("TARGET_INVALID", `"${target}" is no target: ${reason}.`, { target, reason });
}
