/** A mistake in code of the caller's that we have called: it must be seen, and must not end what goes on here. */
export function uncaught(bug: unknown): void {
  queueMicrotask(() => {
    throw bug;
  });
}
