// What console.log and template strings show of connections and listeners: whom, how, and whether it still is.

import { shownText } from "@tlskit/options";
import { peerText } from "@tlskit/verify";
import type { Address, Connection, UnixAddress } from "../../contract.ts";

/** What is shown of something, in this order; what is undefined is left out. */
export type ShownAttributes = Readonly<Record<string, string | object | undefined>>;

/** `<Name key="text" key=<Object …>>`. */
export function shownTag(name: string, attributes: ShownAttributes): string {
  const shown = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    // What comes from a peer as text is quoted; a certificate shows itself.
    return [` ${key}=${typeof value === "string" ? JSON.stringify(shownText(value)) : String(value)}`];
  });
  return `<${name}${shown.join("")}>`;
}

/** An address, or the path of a UNIX socket. */
export function shownAddress(address: Address | UnixAddress | undefined): string | undefined {
  if (address === undefined) return undefined;
  return "path" in address ? address.path : peerText(address);
}

/** What a TLS connection shows of itself, between its addresses and its state. */
export function shownTls({
  negotiated: { version, cipher, group, alpn, serverName, resumed },
  peerCertificate,
  dangerouslyUnverified,
}: Connection): ShownAttributes {
  return {
    version,
    cipher,
    group,
    alpn,
    serverName,
    ...(resumed ? { resumed: "true" } : {}),
    peer: peerCertificate,
    ...(dangerouslyUnverified ? { dangerouslyUnverified: "true" } : {}),
  };
}
