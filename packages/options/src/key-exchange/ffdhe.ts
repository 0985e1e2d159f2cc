// The groups of RFC 7919, computed from the formula that defines them, because five formulas are easier to check than
// five numbers of up to 2,500 digits.

/** The names of the groups of RFC 7919. */
export type FfdheName = "ffdhe2048" | "ffdhe3072" | "ffdhe4096" | "ffdhe6144" | "ffdhe8192";

/** All of them, the smallest first. */
export const FFDHE_NAMES: readonly FfdheName[] = Object.freeze([
  "ffdhe2048",
  "ffdhe3072",
  "ffdhe4096",
  "ffdhe6144",
  "ffdhe8192",
]);

/** The generator of each. */
export const FFDHE_GENERATOR = 2n;

/** p = 2^b - 2^(b-64) + ([2^(b-130) e] + X) * 2^64 - 1 (RFC 7919, section 3 and appendix A). */
export function ffdhePrime(name: FfdheName): bigint {
  let prime = primes.get(name);
  if (prime === undefined) {
    const bits = BigInt(name.slice("ffdhe".length));
    prime = 2n ** bits - 2n ** (bits - 64n) + ((e(bits - 130n) + OFFSETS[name]) << 64n) - 1n;
    primes.set(name, prime);
  }
  return prime;
}

/** The name of the group with this prime. */
export function ffdheNameOf(prime: bigint): FfdheName | undefined {
  return FFDHE_NAMES.find((name) => ffdhePrime(name) === prime);
}

const primes = new Map<FfdheName, bigint>();

/** The whole part of 2^bits e, from the series 1/0! + 1/1! + 1/2! + …, with guard digits for what its terms lose. */
function e(bits: bigint): bigint {
  const guard = 64n;
  let term = 1n << (bits + guard);
  let sum = 0n;
  for (let divisor = 1n; term > 0n; divisor++) {
    sum += term;
    term /= divisor;
  }
  return sum >> guard;
}

const OFFSETS: Readonly<Record<FfdheName, bigint>> = {
  ffdhe2048: 560316n,
  ffdhe3072: 2625351n,
  ffdhe4096: 5736041n,
  ffdhe6144: 15705020n,
  ffdhe8192: 10965728n,
};
