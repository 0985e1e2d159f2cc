// A client of ours, on whatever runtime this is.

import { open, stat } from "node:fs/promises";
import { type Connection, connect } from "@tlskit/tls";
import { readMessage, requestHead } from "../http.ts";
import type { ClientSetup, Sight } from "../peer.ts";
import { ask, LineReader } from "../smtp.ts";
import { askPostgres } from "./postgres.ts";
import { clientOptions, refusal, sightOf } from "./setup.ts";

/** Connects, says its part, and tells what it saw. */
export async function visit(setup: ClientSetup): Promise<Sight> {
  try {
    if (setup.postgres !== undefined) return await query(setup, setup.postgres);
    return await (setup.startTls ? mail(setup) : putThereAndBack(setup));
  } catch (error) {
    return refusal(error);
  }
}

async function putThereAndBack(setup: ClientSetup): Promise<Sight> {
  const tls = await clientOptions(setup);
  const connection = await connect({ host: "127.0.0.1", port: setup.port }, { tls });
  try {
    await sendFile(connection, setup);
    const { sha256 } = await readMessage(() => connection.read());
    return { ...sightOf(connection), sha256 };
  } finally {
    await connection.close();
  }
}

async function sendFile(connection: Connection, { name, body }: ClientSetup): Promise<void> {
  const { size } = await stat(body);
  await connection.write(new TextEncoder().encode(requestHead(name, size)));
  const file = await open(body);
  try {
    const buffer = new Uint8Array(256 * 1024);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, null);
      if (bytesRead === 0) return;
      await connection.write(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

async function mail(setup: ClientSetup): Promise<Sight> {
  const tls = await clientOptions(setup);
  const plain = await connect({ host: "127.0.0.1", port: setup.port }, { tls, secureTransport: "starttls" });
  const inClear = new LineReader(() => plain.read());
  await ask(plain, inClear, undefined, 220);
  await ask(plain, inClear, "EHLO localhost", 250);
  await ask(plain, inClear, "STARTTLS", 220);
  const connection = await plain.startTls({ leftover: inClear.leftover });
  const lines = new LineReader(() => connection.read());
  await ask(connection, lines, "EHLO localhost", 250);
  await ask(connection, lines, "NOOP matrix", 250);
  await ask(connection, lines, "QUIT", 221);
  await connection.close();
  return sightOf(connection);
}

async function query(setup: ClientSetup, who: NonNullable<ClientSetup["postgres"]>): Promise<Sight> {
  const tls = await clientOptions(setup);
  const plain = await connect({ host: "127.0.0.1", port: setup.port }, { tls, secureTransport: "starttls" });
  const { connection, answer } = await askPostgres(plain, who);
  await connection.close();
  return { ...sightOf(connection), answer };
}
