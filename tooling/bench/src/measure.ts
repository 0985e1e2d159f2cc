// CPU time of a piece of work, in the process that does it: all threads, so that garbage collection, compilation and
// the thread pool count, and a busy machine does not.

/** Does the work once, for all items of the corpus, and returns how many items that were. */
export type Work = () => number | Promise<number>;

/** Microseconds of CPU per item, after warming up: the median of several batches. */
export async function cpuPerItem(
  work: Work,
  seconds: { readonly warm: number; readonly each: number },
): Promise<number> {
  await batch(work, seconds.warm);
  const costs: number[] = [];
  for (let index = 0; index < batches; index++) costs.push(await batch(work, seconds.each));
  return median(costs);
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

async function batch(work: Work, seconds: number): Promise<number> {
  let items = 0;
  let used = 0;
  const start = process.cpuUsage();
  do {
    const made = work();
    items += typeof made === "number" ? made : await made;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  } while (used < seconds * 1_000_000);
  return used / items;
}

const batches = 5;
