import { type Capabilities, capabilityState } from "./capabilities.ts";

const MECHANISMS = {
  /** None. */
  NOSUPPORT: "none",
  /** Next Protocol Negotiation: gone from every library, never reported. */
  NPN: "npn",
  /** Application-Layer Protocol Negotiation, RFC 7301. */
  ALPN: "alpn",
} as const;

/** The ways there are, or were, to negotiate an application protocol (OPT-47). */
export const ProtocolNegotiationSupport: typeof MECHANISMS = /* @__PURE__ */ Object.freeze(MECHANISMS);

/** A way to negotiate an application protocol. */
export type ProtocolNegotiationSupport = (typeof ProtocolNegotiationSupport)[keyof typeof ProtocolNegotiationSupport];

/**
 * How an adapter can negotiate an application protocol; empty if it cannot (OPT-47).
 *
 * @param capabilities the adapter's table
 * @example
 * protocolNegotiationMechanisms(capabilities).has(ProtocolNegotiationSupport.ALPN); // true
 */
export function protocolNegotiationMechanisms(capabilities: Capabilities): ReadonlySet<"alpn"> {
  return new Set(capabilityState(capabilities, "alpn") === true ? [ProtocolNegotiationSupport.ALPN] : []);
}
