// How long small messages take. Time, not CPU: a stall costs none. The middle of many, so that a busy machine is none.

import { once } from "node:events";
import { CertificateOptions, type Connection, connect, listen, optionsForClientTLS } from "@tlskit/tls";
import { median } from "../measure.ts";
import { ourPair, rawPair } from "./pairs.ts";
import { makePki } from "./pki.ts";

/** How many small writes each side makes before it waits for the other. */
export type Pattern = readonly [client: number, server: number];

/** Milliseconds for a question and its answer through ours. */
export async function exchangeOurs([asks, answers]: Pattern): Promise<number> {
  const { client, server } = await ourPair();
  const read = async (from: typeof client, wanted: number): Promise<void> => {
    for (let got = 0; got < wanted; ) got += (await from.read())?.byteLength ?? Number.POSITIVE_INFINITY;
  };
  const write = (to: typeof client, times: number): void => {
    for (let index = 0; index < times; index++) to.write(Uint8Array.of(1));
  };
  return middle(async () => {
    const answering = read(server, asks).then(() => write(server, answers));
    write(client, asks);
    await Promise.all([answering, read(client, answers)]);
  });
}

/** The same through the runtime's own, as it comes. */
export async function exchangeRaw([asks, answers]: Pattern): Promise<number> {
  const { client, server } = await rawPair(false);
  const arrival = async (socket: typeof client, wanted: number): Promise<void> => {
    for (let got = 0; got < wanted; ) got += ((await once(socket, "data")) as [Uint8Array])[0].byteLength;
  };
  return middle(async () => {
    const answering = arrival(server, asks).then(() => {
      for (let index = 0; index < answers; index++) server.write("x");
    });
    const answered = arrival(client, answers);
    for (let index = 0; index < asks; index++) client.write("x");
    await Promise.all([answering, answered]);
  });
}

/** Deno: the first message and its answer on a fresh connection, after the handshake, through ours. */
export async function firstTripOurs(): Promise<number> {
  const { port, root } = await echoServer();
  const tls = optionsForClientTLS("localhost", { trustRoot: root });
  return middleOf(async () => {
    const connection = await connect({ host: "127.0.0.1", port }, { tls });
    const start = performance.now();
    await connection.write(Uint8Array.of(1));
    await connection.read();
    const ms = performance.now() - start;
    connection.abort();
    return ms;
  });
}

/** The same through `Deno.connectTls`. */
export async function firstTripNative(): Promise<number> {
  const { port, caPem } = await echoServer();
  return middleOf(async () => {
    const connection = await denoHere().connectTls({ hostname: "localhost", port, caCerts: [caPem] });
    await connection.handshake();
    const start = performance.now();
    await connection.write(Uint8Array.of(1));
    await connection.read(new Uint8Array(1));
    const ms = performance.now() - start;
    connection.close();
    return ms;
  });
}

/** Ours, for both: a server that holds its answers back (Nagle's algorithm) would stall any client. */
async function echoServer() {
  const pki = await makePki();
  const tls = new CertificateOptions({ identity: pki.server });
  const listener = await listen({ host: "127.0.0.1", port: 0, tls });
  const serve = async (): Promise<void> => {
    for await (const connection of listener) echo(connection).catch(() => {});
  };
  serve();
  return { port: listener.address.port, ...pki };
}

async function echo(connection: Connection): Promise<void> {
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) {
    await connection.write(bytes);
  }
  connection.abort();
}

function middle(exchange: () => Promise<void>): Promise<number> {
  return middleOf(async () => {
    const start = performance.now();
    await exchange();
    return performance.now() - start;
  });
}

async function middleOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 40; index++) times.push(await measure());
  return median(times);
}

/** As much of Deno's own API as is used here. */
interface DenoApi {
  connectTls(options: { hostname: string; port: number; caCerts: string[] }): Promise<DenoConnection>;
}

interface DenoConnection {
  handshake(): Promise<unknown>;
  read(into: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

function denoHere(): DenoApi {
  const { Deno } = globalThis as { Deno?: DenoApi };
  if (Deno === undefined) throw new Error("this case is for Deno");
  return Deno;
}
