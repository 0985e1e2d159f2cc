// Many bytes from server to client over one connection.

import { once } from "node:events";
import type { Work } from "../measure.ts";
import { ourPair, rawPair } from "./pairs.ts";

/** Through the web streams of ours. */
export async function bulkOurs(): Promise<Work> {
  const { client, server } = await ourPair();
  const writer = server.writable.getWriter();
  const reader = client.readable.getReader();
  return async () => {
    const sending = (async () => {
      for (let index = 0; index < blocks; index++) await writer.write(block);
    })();
    let received = 0;
    while (received < total) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the end");
      received += value.byteLength;
    }
    await sending;
    return megabytes;
  };
}

/** Through the events of the runtime's own. */
export async function bulkRaw(): Promise<Work> {
  const { client, server } = await rawPair(true);
  let received = 0;
  let finished = (): void => {};
  client.on("data", (bytes: Uint8Array) => {
    received += bytes.byteLength;
    if (received >= total) finished();
  });
  return async () => {
    received = 0;
    const arrived = new Promise<void>((resolve) => {
      finished = resolve;
    });
    for (let index = 0; index < blocks; index++) {
      if (!server.write(block)) await once(server, "drain");
    }
    await arrived;
    return megabytes;
  };
}

const block = new Uint8Array(64 * 1024).map((_, index) => index % 251);
const megabytes = 32;
const total = megabytes * 1024 * 1024;
const blocks = total / block.byteLength;
