// Makes an input smaller for as long as it still fails in the same way.

/** The smallest input found: fewer bytes first, then more zeros. Bounded, because what fails may be that it is slow. */
export async function minimise(input: Uint8Array, fails: (input: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let best = input;
  let tries = 0;
  const deadline = performance.now() + maxMs;
  const attempt = async (smaller: Uint8Array): Promise<boolean> => {
    if (tries >= maxTries || performance.now() > deadline) return false;
    tries++;
    if (!(await fails(smaller))) return false;
    best = smaller;
    return true;
  };
  for (let size = best.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < best.length; ) {
      const smaller = new Uint8Array([...best.subarray(0, at), ...best.subarray(at + size)]);
      if (!(await attempt(smaller))) at += size;
    }
  }
  for (let at = 0; at < best.length; at++) {
    if (best[at] === 0) continue;
    const simpler = best.slice();
    simpler[at] = 0;
    await attempt(simpler);
  }
  return best;
}

const maxTries = 5000;
const maxMs = 10_000;
