import { RevocationFetchError } from "../error.ts";

/** The body of a response, up to a size and until the signal says stop. @throws RevocationFetchError */
export async function readBounded(response: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let cost = 0;
  const reader = response.body?.getReader();
  const stop = (): void => void reader?.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      const step = await reader?.read();
      signal.throwIfAborted();
      if (step === undefined || step.done) break;
      length += step.value.length;
      // An empty piece costs, too: a stream that has nothing else to give would never end.
      cost += Math.max(1, step.value.length);
      if (cost > maxBytes) throw new RevocationFetchError([`the answer is longer than ${maxBytes} bytes`]);
      chunks.push(step.value);
    }
  } catch (error) {
    stop();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
