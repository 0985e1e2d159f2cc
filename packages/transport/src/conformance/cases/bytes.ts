// Bytes both ways: reads, writes, streams, order, pressure.

import { digest } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { clientTls, echo, readText, text, withPair } from "../talk.ts";

const megabyte = 1024 * 1024;

/** Bytes that differ from position to position, so that loss, repetition and disorder show. */
function pattern(length: number): Uint8Array {
  const words = new Uint32Array(length / 4);
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index + 1, 2_654_435_761);
  return new Uint8Array(words.buffer);
}

/** Reads to the end. */
async function readAll(connection: Connection): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let bytes = await connection.read(); bytes !== null; bytes = await connection.read()) parts.push(bytes);
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function same(actual: Uint8Array, expected: Uint8Array, what: string): void {
  equal(actual.byteLength, expected.byteLength, `${what}: the length`);
  equal(digest("SHA-256", actual), digest("SHA-256", expected), `${what}: the hash`);
}

async function sends8Megabytes(from: Connection, to: Connection): Promise<void> {
  const data = pattern(8 * megabyte);
  const reading = readAll(to);
  await within(from.write(data), "writing");
  await from.closeWrite();
  same(await within(reading, "reading"), data, "8 MiB");
}

export const byteCases: readonly ConformanceCase[] = [
  {
    id: "transfer-to-client",
    name: "8 MiB in one write arrive whole at the client (TRN-16)",
    run: (context) => withPair(context, (client, server) => sends8Megabytes(server, client)),
  },
  {
    id: "transfer-to-server",
    name: "and at the server",
    run: (context) => withPair(context, (client, server) => sends8Megabytes(client, server)),
  },
  {
    id: "transfer-tls12",
    name: "and in TLS 1.2",
    needs: ["tls1.2"],
    run: async (context) =>
      withPair(context, (client, server) => sends8Megabytes(server, client), {
        client: await clientTls("localhost", { lowerMaximumSecurityTo: "TLSv1.2" }),
      }),
  },
  {
    id: "transfer-both-ways",
    name: "both directions at once do not disturb each other",
    run: (context) =>
      withPair(context, async (client, server) => {
        await Promise.all([sends8Megabytes(client, server), sends8Megabytes(server, client)]);
      }),
  },
  {
    id: "writes-keep-their-order",
    name: "writes that are not awaited arrive in order (TRN-14)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const reading = readAll(server);
        const parts = Array.from({ length: 2000 }, (_, index) => text(`${index};`));
        await Promise.all(parts.map((part) => client.write(part)));
        await client.closeWrite();
        same(await within(reading, "reading"), joined(parts), "2000 writes");
      }),
  },
  {
    id: "write-then-read-at-once",
    name: "the first bytes may be written at once by both sides",
    run: (context) =>
      withPair(context, async (client, server) => {
        await Promise.all([client.write(text("ping")), server.write(text("pong"))]);
        equal([await readText(server, 4), await readText(client, 4)], ["ping", "pong"], "what arrived");
      }),
  },
  {
    id: "read-into-a-buffer",
    name: "a read into a buffer fills it and keeps the rest for the next",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("abcdefgh"));
        const buffer = new Uint8Array(3);
        const parts: string[] = [];
        for (let count = 0; count < 8; ) {
          const bytes = await within(client.read(buffer), "reading");
          ok(bytes !== null && bytes.buffer === buffer.buffer, "the bytes are in the buffer");
          count += bytes.byteLength;
          parts.push(new TextDecoder().decode(bytes));
        }
        equal(parts.join(""), "abcdefgh", "the bytes");
      }),
  },
  {
    id: "one-read-at-a-time",
    name: "a second read beside a pending one is refused, and the first goes on",
    run: (context) =>
      withPair(context, async (client, server) => {
        const first = client.read();
        await rejects(client.read(), "INVALID_STATE", "the second read");
        await server.write(text("for the first"));
        equal((await within(first, "the first read"))?.byteLength, 13, "the first read");
      }),
  },
  {
    id: "write-takes-bytes-only",
    name: "anything but a Uint8Array is refused at once (TRN-15), and the connection lives on",
    run: (context) =>
      withPair(context, async (client, server) => {
        for (const wrong of ["text", 7, null, [1, 2], new ArrayBuffer(2)]) {
          let thrown: unknown;
          try {
            void client.write(wrong as unknown as Uint8Array);
          } catch (error) {
            thrown = error;
          }
          equal((thrown as { code?: string } | undefined)?.code, "NOT_BYTES", `write(${String(wrong)})`);
        }
        await client.write(text("bytes"));
        equal(await readText(server, 5), "bytes", "what arrived");
      }),
  },
  {
    id: "write-of-nothing",
    name: "an empty write is fine and sends nothing",
    run: (context) =>
      withPair(context, async (client, server) => {
        await client.write(new Uint8Array());
        await client.write(text("x"));
        equal(await readText(server, 1), "x", "what arrived");
      }),
  },
  {
    id: "written-buffer-may-be-reused",
    name: "after write has resolved, its buffer is the caller's again",
    run: (context) =>
      withPair(context, async (client, server) => {
        const reading = readAll(server);
        const buffer = new Uint8Array(64 * 1024);
        const expected: Uint8Array[] = [];
        for (let round = 0; round < 64; round++) {
          buffer.fill(round);
          expected.push(buffer.slice());
          await within(client.write(buffer), "writing");
        }
        await client.closeWrite();
        same(await within(reading, "reading"), joined(expected), "64 rounds");
      }),
  },
  {
    id: "half-close",
    name: "who has finished writing can still read, both ways round (TRN-25)",
    run: (context) =>
      withPair(context, async (client, server) => {
        await client.write(text("question"));
        await client.closeWrite();
        equal(new TextDecoder().decode(await within(readAll(server), "the question")), "question", "the question");
        await server.write(text("answer, after a while"));
        await server.closeWrite();
        equal(
          new TextDecoder().decode(await within(readAll(client), "the answer")),
          "answer, after a while",
          "the answer",
        );
        await within(Promise.all([client.closed, server.closed]), "both ends closing");
      }),
  },
  {
    id: "reader-that-does-not-read",
    name: "a peer cannot push more than 8 MiB at a reader that does not read, and loses nothing (TRN-26)",
    run: (context) =>
      withPair(context, async (client, server) => {
        const total = 48;
        const chunk = pattern(megabyte);
        let taken = 0;
        const writing = (async () => {
          for (let count = 0; count < total; count++) {
            await server.write(chunk);
            taken++;
          }
          await server.closeWrite();
        })();
        await standstill(() => taken);
        ok(taken <= 8, `${taken} MiB were taken from the writer`);
        let received = 0;
        for (let bytes = await client.read(); bytes !== null; bytes = await client.read()) received += bytes.byteLength;
        await within(writing, "the writer");
        equal(received, total * megabyte, "what arrived in the end");
      }),
  },
  {
    id: "streams",
    name: "readable and writable carry the same bytes",
    run: (context) =>
      withPair(context, async (client, server) => {
        const data = pattern(megabyte);
        const echoing = echo(server);
        const reading = new Response(client.readable as BodyInit).arrayBuffer();
        const writer = client.writable.getWriter();
        for (let at = 0; at < data.byteLength; at += 10_000) await writer.write(data.subarray(at, at + 10_000));
        await writer.close();
        same(new Uint8Array(await within(reading, "reading")), data, "1 MiB");
        await within(echoing, "the echo");
        await within(client.closed, "closing");
      }),
  },
  {
    id: "stream-with-own-buffer",
    name: "the readable stream fills a reader's own buffers",
    run: (context) =>
      withPair(context, async (client, server) => {
        await server.write(text("byob"));
        await server.closeWrite();
        const reader = client.readable.getReader({ mode: "byob" });
        const parts: string[] = [];
        for (;;) {
          const { value, done } = await within(reader.read(new Uint8Array(3)), "reading");
          if (done) break;
          parts.push(new TextDecoder().decode(value));
        }
        equal(parts.join(""), "byob", "what arrived");
      }),
  },
  {
    id: "stream-locks",
    name: "while a stream is in someone's hands, the primitive underneath is refused; looking at it loses nothing",
    run: (context) =>
      withPair(context, async (client, server) => {
        equal([client.readable.locked, client.writable.locked], [false, false], "locked");
        await server.write(text("first"));
        equal(await readText(client, 5), "first", "reading after looking at the stream");
        const reader = client.readable.getReader();
        const writer = client.writable.getWriter();
        await rejects(client.read(), "INVALID_STATE", "read");
        await rejects(client.write(text("x")), "INVALID_STATE", "write");
        await rejects(client.closeWrite(), "INVALID_STATE", "closeWrite");
        reader.releaseLock();
        writer.releaseLock();
        await server.write(text("second"));
        equal(await readText(client, 6), "second", "reading after the lock is gone");
      }),
  },
];

/** Resolves when a number has not moved for a while: only for a bound that must hold however long one waits. */
async function standstill(value: () => number): Promise<void> {
  for (let before = -1; before !== value(); ) {
    before = value();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
