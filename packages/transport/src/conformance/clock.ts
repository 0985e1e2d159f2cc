// A later time, for cases about what ends: waiting for it would take long, and on a busy machine too long.

/**
 * Runs `use` while it is so many milliseconds later for `Date`, and with it for our verifier and our keys of tickets.
 * Timers, and the runtime's own verifier, keep the time of the machine.
 */
export async function later<T>(milliseconds: number, use: () => Promise<T>): Promise<T> {
  const real = globalThis.Date;
  const now = (): number => real.now() + milliseconds;
  globalThis.Date = new Proxy(real, {
    construct: (target, values, newTarget) =>
      Reflect.construct(
        target,
        values.length === 0 ? [now()] : values,
        newTarget === globalThis.Date ? real : newTarget,
      ),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
  try {
    return await use();
  } finally {
    globalThis.Date = real;
  }
}
