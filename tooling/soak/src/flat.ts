// Whether something that is measured again and again stays as it is.

/** The middle value. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/**
 * How much more it is in the last third than in the second: the first third is for caches and compilers to fill. A leak
 * grows there as everywhere; noise does not, because medians are compared.
 */
export function growth(samples: readonly number[]): { readonly from: number; readonly by: number } {
  const third = Math.floor(samples.length / 3);
  const from = median(samples.slice(third, 2 * third));
  return { from, by: median(samples.slice(-third)) - from };
}
