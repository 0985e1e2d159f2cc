/** Waits, but not for ever: a hang becomes a failure. The bound is far from what anything takes. */
export async function within<T>(promise: Promise<T>, what: string, milliseconds: number = 90_000): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
