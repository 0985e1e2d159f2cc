// Keys on the Edwards curves for which anybody can sign.

import { toHex } from "../bytes.ts";

/**
 * Is this a point of so small an order that signatures by it prove nothing? Some libraries refuse such keys, others take
 * whatever signature is shown to them.
 *
 * @param key 32 octets of Ed25519, or 57 of Ed448
 */
export function isWeakPoint(key: Uint8Array): boolean {
  const is25519 = key.length === 32;
  const prime = is25519 ? 2n ** 255n - 19n : 2n ** 448n - 2n ** 224n - 1n;
  // In little-endian order; the highest bit is the sign of x.
  const y = BigInt.asUintN(key.length * 8 - 1, BigInt(`0x${toHex(key.toReversed())}`));
  const square = y * y;
  // Points of the orders 1, 2 and 4 have a y of 1, -1 and 0. Those of the order 8, which Curve25519 has, double to y = 0,
  // so that dy^4 + 2y^2 - 1 = 0, where d is -121665/121666.
  const eighth = is25519 ? 121_666n * (2n * square - 1n) - 121_665n * square * square : 1n;
  // Those that are written with a multiple of the prime added are among them.
  return (y * (square - 1n) * eighth) % prime === 0n;
}
