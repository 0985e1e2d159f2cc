// Clients of ours, many of them.

import { Certificate, type Connection, connect, optionsForClientTLS } from "@tlskit/tls";
import type { Answers, VisitSettings } from "./protocol.ts";
import { add, codeOf, type Tally } from "./tally.ts";

/** Makes the connections, so many at once. */
export async function visit(settings: VisitSettings): Promise<Answers["visit"]> {
  const tls = optionsForClientTLS("localhost", { trustRoot: Certificate.fromPem(settings.caPem) });
  const outcomes: Tally = {};
  let left = settings.connections;
  const one = async (): Promise<void> => {
    while (left-- > 0) add(outcomes, await settled(thereAndBack(settings, tls), settings.hangMs));
  };
  await Promise.all(Array.from({ length: settings.atOnce }, one));
  return { outcomes };
}

/** A promise that never settles is an outcome, too. */
async function settled(outcome: Promise<string>, limitMs: number = 600_000): Promise<string> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve("hangs"), limitMs);
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function thereAndBack(
  { port, bytes }: VisitSettings,
  tls: ReturnType<typeof optionsForClientTLS>,
): Promise<string> {
  let connection: Connection | undefined;
  try {
    connection = await connect({ host: "127.0.0.1", port }, { tls });
    const [received] = await Promise.all([receive(connection, bytes), send(connection, bytes)]);
    await connection.close();
    return received === bytes ? "done" : `${received} of ${bytes} bytes`;
  } catch (error) {
    return codeOf(error);
  } finally {
    connection?.abort();
  }
}

async function send(connection: Connection, length: number): Promise<void> {
  for (let sent = 0; sent < length; sent += block.byteLength) {
    await connection.write(block.subarray(0, Math.min(block.byteLength, length - sent)));
  }
}

async function receive(connection: Connection, length: number): Promise<number> {
  const into = new Uint8Array(64 * 1024);
  let received = 0;
  while (received < length) {
    const bytes = await connection.read(into);
    if (bytes === null) break;
    received += bytes.byteLength;
  }
  return received;
}

const block = new Uint8Array(256 * 1024).map((_, index) => index % 251);
