// IP networks: an iPAddress in name constraints is an address and a mask (RFC 5280 section 4.2.1.10).

import { formatIpAddress } from "./ip-address.ts";
import { type IpName, makeIpName } from "./read-general-name.ts";

/** The ip name of an address and a mask, 8 or 32 octets; undefined for another length. */
export function ipNetwork(octets: Uint8Array): IpName | undefined {
  return octets.length === 8 || octets.length === 32 ? makeNetwork(octets) : undefined;
}

/** As {@link ipNetwork}, of octets whose number is right. */
export function makeNetwork(octets: Uint8Array): IpName {
  const half = octets.length / 2;
  const address = formatIpAddress(octets.subarray(0, half));
  return makeIpName(octets, `${address}/${prefixLength(octets.subarray(half)) ?? "?"}`);
}

/** The number of leading ones of a mask, or undefined if a one follows a zero. */
export function prefixLength(mask: Uint8Array): number | undefined {
  let bits = 0;
  for (const octet of mask) bits += 8 - Math.min(8, 32 - Math.clz32(~octet & 0xff));
  const rebuilt = mask.every(
    (octet, index) => octet === ((0xff00 >> Math.max(0, Math.min(8, bits - index * 8))) & 0xff),
  );
  return rebuilt ? bits : undefined;
}
