// Whether a number is a safe prime: p and (p - 1) / 2 both prime. Numbers come from files that anyone may have made, so
// the test must not be one that composites can be built against: Miller-Rabin with fixed bases alone is (Albrecht et al.,
// "Prime and Prejudice", 2018). The Baillie-PSW test, which Galbraith, Massimo and Paterson ("Safety in Numbers", 2019)
// recommend for exactly this, has no known counterexample, and needs no randomness.

/** The largest number that is tested, in bits: the work grows with the third power. */
export const MAX_TESTED_BITS = 8192;

/** Whether `p` is a safe prime; `p` has at most {@link MAX_TESTED_BITS} bits. */
export function isSafePrime(p: bigint): boolean {
  // A safe prime above 7 is 11 modulo 12.
  if (p < 11n || p % 12n !== 11n) return false;
  const q = p >> 1n;
  if (hasSmallFactor(p) || hasSmallFactor(q)) return false;
  // Fermat's test to base 2 of p = 2q + 1 proves p prime once q is (Pocklington: gcd(2^2 - 1, p) = 1).
  return power(2n, p - 1n, p) === 1n && isStrongProbablePrime(q) && isStrongLucasProbablePrime(q);
}

/** The number of bits of a number above zero. */
export function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** Miller-Rabin to base 2. */
function isStrongProbablePrime(n: bigint): boolean {
  let d = n - 1n;
  let twos = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    twos++;
  }
  let x = power(2n, d, n);
  if (x === 1n || x === n - 1n) return true;
  for (let round = 1; round < twos; round++) {
    x = (x * x) % n;
    if (x === n - 1n) return true;
  }
  return false;
}

/** The strong Lucas test with Selfridge's parameters: P = 1, Q = (1 - D) / 4 (FIPS 186-5, appendix B.3.3). */
function isStrongLucasProbablePrime(n: bigint): boolean {
  const parameter = selfridge(n);
  if (parameter === undefined) return false;
  const Q = (1n - parameter) / 4n;
  let d = n + 1n;
  let twos = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    twos++;
  }
  let [U, V, power] = [1n, 1n, mod(Q, n)];
  for (const bit of d.toString(2).slice(1)) {
    U = mod(U * V, n);
    V = mod(V * V - 2n * power, n);
    power = mod(power * power, n);
    if (bit === "0") continue;
    [U, V] = [half(U + V, n), half(parameter * U + V, n)];
    power = mod(power * Q, n);
  }
  if (U === 0n || V === 0n) return true;
  for (let round = 1; round < twos; round++) {
    V = mod(V * V - 2n * power, n);
    if (V === 0n) return true;
    power = mod(power * power, n);
  }
  return false;
}

/** The first of 5, -7, 9, -11, … with Jacobi symbol -1; `undefined` if there is none soon, as for squares. */
function selfridge(n: bigint): bigint | undefined {
  for (let index = 0n; index < 100n; index++) {
    const candidate = (5n + 2n * index) * (index % 2n === 0n ? 1n : -1n);
    const symbol = jacobi(mod(candidate, n), n);
    if (symbol === -1) return candidate;
    // A common factor, unless it is n itself.
    if (symbol === 0 && mod(candidate, n) !== 0n) return undefined;
  }
  return undefined;
}

function jacobi(value: bigint, modulus: bigint): number {
  let [a, n, symbol] = [value, modulus, 1];
  while (a !== 0n) {
    while ((a & 1n) === 0n) {
      a >>= 1n;
      if ((n & 7n) === 3n || (n & 7n) === 5n) symbol = -symbol;
    }
    [a, n] = [n, a];
    if ((a & 3n) === 3n && (n & 3n) === 3n) symbol = -symbol;
    a %= n;
  }
  return n === 1n ? symbol : 0;
}

/** `base` to the power of `exponent`, modulo `modulus`. A base of one digit makes the multiplications cheap. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

function half(value: bigint, n: bigint): bigint {
  return mod((value & 1n) === 0n ? value >> 1n : (value + n) >> 1n, n);
}

function mod(value: bigint, n: bigint): bigint {
  const rest = value % n;
  return rest < 0n ? rest + n : rest;
}

/** Nearly all composites end here. */
function hasSmallFactor(value: bigint): boolean {
  return SMALL_PRIMES.some((prime) => value !== prime && value % prime === 0n);
}

const SMALL_PRIMES: readonly bigint[] = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113,
  127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239, 241,
  251,
].map(BigInt);
