import { parseIpv4, parseIpv6 } from "../identity/ip-address.ts";

/**
 * Whether an IP address is one of the public Internet: not of this machine, this network, or any special use. Everything
 * that cannot be read is not.
 *
 * @see RFC 6890 and the IANA special-purpose address registries
 */
export function isPublicAddress(text: string): boolean {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return !SPECIAL_V4.some((network) => contains(network, ipv4));
  const ipv6 = parseIpv6(text);
  if (ipv6 === undefined) return false;
  // Global unicast is all in one block; what embeds IPv4 addresses (mapped, NAT64) lies outside of it, or is excepted.
  return contains(GLOBAL_V6, ipv6) && !SPECIAL_V6.some((network) => contains(network, ipv6));
}

interface Network {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

function network(text: string): Network {
  const [address = "", bits] = text.split("/");
  return { bytes: parseIpv4(address) ?? parseIpv6(address) ?? new Uint8Array(), bits: Number(bits) };
}

function contains({ bytes, bits }: Network, address: Uint8Array): boolean {
  return address.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - 8 * index));
    const mask = (0xff00 >> left) & 0xff;
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}

const SPECIAL_V4: readonly Network[] = /* @__PURE__ */ [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
].map(network);

const GLOBAL_V6: Network = /* @__PURE__ */ network("2000::/3");

// Protocol assignments with Teredo, documentation, 6to4.
const SPECIAL_V6: readonly Network[] = /* @__PURE__ */ ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map(
  network,
);
