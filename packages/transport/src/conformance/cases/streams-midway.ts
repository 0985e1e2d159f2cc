// Web streams that are given up midway: by an abort, or by whoever held their lock.

import type { Connection } from "../../contract.ts";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { readText, text, withPair } from "../talk.ts";

// More than all buffers on the way: who writes that to somebody who does not read, waits.
const tooMuch = new Uint8Array(64 * 1024 * 1024);

async function readToTheEnd(connection: Connection): Promise<void> {
  while ((await connection.read()) !== null);
}

/** What can be done at once is done by then. */
async function stillPending(promise: Promise<unknown>): Promise<void> {
  const pending = Symbol("pending");
  const later = new Promise<typeof pending>((resolve) => setTimeout(resolve, 250, pending));
  ok((await Promise.race([promise, later])) === pending, "it waits for the peer");
}

export const streamsMidwayCases: readonly ConformanceCase[] = [
  {
    id: "stream-aborted-midway",
    name: "to abort a stream cuts the connection at once, whatever the peer does not read",
    run: (context) =>
      withPair(context, async (client, server) => {
        const writer = client.writable.getWriter();
        const stuck = writer.write(tooMuch).then(
          () => "written",
          () => "rejected",
        );
        await stillPending(stuck);
        const reason = { why: "enough" };
        await within(writer.abort(reason), "the abort");
        equal(await within(stuck, "the write"), "rejected", "what was stuck");
        const error = await rejects(within(client.closed, "closed"), "ABORTED", "closed");
        equal(error.cause, reason, "the reason is the cause");
        // By a reset; with so much unread, Node takes it for an end now and then.
        await within(
          readToTheEnd(server).catch((error: unknown) => hasCode(error, "CONNECTION_RESET", "the server")),
          "the server",
        );
      }),
  },
  {
    id: "stream-lock-given-back",
    name: "who gives the lock back while a read is pending takes no bytes along, and none out of their order",
    run: (context) =>
      withPair(context, async (client, server) => {
        for (const mode of [undefined, "byob"] as const) {
          await givesBack(client, mode);
          // Nobody waits when it comes.
          await server.write(text("one,"));
          await server.write(text("two,"));
          equal(await readText(client, 8), "one,two,", "what came afterwards");
          await givesBack(client, mode);
          // Somebody does.
          const reading = readText(client, 6);
          await server.write(text("three,"));
          equal(await reading, "three,", "for whom waits then");
          await givesBack(client, mode);
          const reader = client.readable.getReader();
          const next = reader.read();
          await server.write(text("four"));
          equal((await within(next, "the next reader")).value, text("four"), "for the next reader of the stream");
          reader.releaseLock();
        }
        const own = client.readable.getReader({ mode: "byob" });
        const next = own.read(new Uint8Array(8));
        await server.write(text("five"));
        equal((await within(next, "the next reader")).value, text("five"), "for one with a buffer of its own");
        const last = own.read(new Uint8Array(8));
        await server.closeWrite();
        equal((await within(last, "the end")).done, true, "the end");
      }),
  },
];

async function givesBack(connection: Connection, mode: "byob" | undefined): Promise<void> {
  const reader = connection.readable.getReader({ mode } as { mode: "byob" });
  const pending = reader.read(new Uint8Array(4));
  reader.releaseLock();
  await pending.then(
    () => equal("bytes", "rejected", "the read of the one who is gone"),
    () => {},
  );
}
