import { type Capabilities, capabilityState } from "../capabilities.ts";

/**
 * Twisted's `ssl.supported`: whether an adapter can make TLS connections at all (LEG-07).
 *
 * @deprecated Ask for the capability that is needed: `capabilityState(capabilities, "tls1.3")`.
 * @param capabilities the adapter's table
 * @example
 * if (!isSupported(capabilities)) console.error("no TLS here");
 */
export function isSupported(capabilities: Capabilities): boolean {
  return (["tls1.2", "tls1.3"] as const).some((version) => capabilityState(capabilities, version) === true);
}
