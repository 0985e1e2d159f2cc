import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HandshakeLimit } from "./handshake-limit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<never> => new Promise(() => {});

describe("HandshakeLimit", () => {
  test("covers all steps together, and names the one that was waited for", async () => {
    const limit = new HandshakeLimit(100, undefined);
    limit.phase = "connect";
    await vi.advanceTimersByTimeAsync(60);
    await expect(limit.wait(Promise.resolve("dialled"))).resolves.toBe("dialled");
    limit.phase = "verify";
    const waiting = limit.wait(never());
    const outcome = expect(waiting).rejects.toMatchObject({
      code: "HANDSHAKE_TIMEOUT",
      details: { timeoutMs: 100, during: "verify" },
    });
    await vi.advanceTimersByTimeAsync(40);
    await outcome;
  });

  test("cleans up the step that it cuts off, after the reason is told", async () => {
    const limit = new HandshakeLimit(100, undefined);
    let cleaned = 0;
    const waiting = limit.run((_, reject) => () => {
      cleaned++;
      reject(new RangeError("provoked by the clean-up"));
    });
    const outcome = expect(waiting).rejects.toMatchObject({ code: "HANDSHAKE_TIMEOUT" });
    await vi.advanceTimersByTimeAsync(100);
    await outcome;
    expect(cleaned).toBe(1);
  });

  test("a step that begins after the limit does not begin", async () => {
    const limit = new HandshakeLimit(100, undefined);
    await vi.advanceTimersByTimeAsync(100);
    const step = vi.fn(() => () => {});
    await expect(limit.run(step)).rejects.toMatchObject({ code: "HANDSHAKE_TIMEOUT" });
    expect(step).not.toHaveBeenCalled();
  });

  test("an abort ends the step, with the signal's reason as cause", async () => {
    const controller = new AbortController();
    const limit = new HandshakeLimit(100, controller.signal);
    limit.phase = "handshake";
    const waiting = limit.wait(never());
    const reason = { why: "enough" };
    controller.abort(reason);
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED", details: { during: "handshake" }, cause: reason });
  });

  test("a signal that has already fired wins at once", async () => {
    const limit = new HandshakeLimit(100, AbortSignal.abort("no"));
    const step = vi.fn(() => () => {});
    await expect(limit.run(step)).rejects.toMatchObject({ code: "ABORTED", cause: "no" });
    expect(step).not.toHaveBeenCalled();
  });

  test("what fails after nobody waits for it any more is not left unhandled", async () => {
    vi.useRealTimers();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    try {
      const limit = new HandshakeLimit(100, AbortSignal.abort("no"));
      await expect(limit.wait(Promise.reject(new RangeError("too late")))).rejects.toMatchObject({ code: "ABORTED" });
      await new Promise((resolve) => setImmediate(resolve));
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", unhandled);
    }
  });

  test("the first reason counts", async () => {
    const controller = new AbortController();
    const limit = new HandshakeLimit(100, controller.signal);
    const outcome = expect(limit.wait(never())).rejects.toMatchObject({ code: "ABORTED" });
    controller.abort();
    await vi.advanceTimersByTimeAsync(200);
    await outcome;
  });

  test("after its end nothing fires, and no timer keeps the process alive", async () => {
    const controller = new AbortController();
    const limit = new HandshakeLimit(100, controller.signal);
    const cleanUp = vi.fn();
    void limit.run(() => cleanUp);
    limit.end();
    controller.abort();
    await vi.advanceTimersByTimeAsync(200);
    expect(cleanUp).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a settled step is not cleaned up by a later abort", async () => {
    const controller = new AbortController();
    const limit = new HandshakeLimit(100, controller.signal);
    const cleanUp = vi.fn();
    await limit.run<void>((resolve) => {
      resolve();
      return cleanUp;
    });
    controller.abort();
    expect(cleanUp).not.toHaveBeenCalled();
  });
});
