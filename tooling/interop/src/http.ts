// As much HTTP/1.1 as it takes to send a body to anyone and get it back: every peer can speak it or be made to.

import { createHash } from "node:crypto";

/** The next bytes, or null at the end. */
export type Read = () => Promise<Uint8Array | null>;

/** A message that arrived whole. */
export interface Message {
  readonly head: string;
  readonly body: readonly Uint8Array[];
  readonly length: number;
  /** Of the body, in hex. */
  readonly sha256: string;
}

/** The head of the request that sends a body. */
export function requestHead(name: string, length: number): string {
  return `PUT / HTTP/1.1\r\nHost: ${name}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
}

/** The head of the answer that sends it back. */
export function responseHead(length: number): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
}

/** Reads one message. @throws if it ends early */
export async function readMessage(read: Read): Promise<Message> {
  let start: Uint8Array = new Uint8Array();
  let end = -1;
  while (end < 0) {
    start = Buffer.concat([start, await more(read, "the head of a message")]);
    end = Buffer.from(start).indexOf("\r\n\r\n");
  }
  const head = new TextDecoder("latin1").decode(start.subarray(0, end));
  const wanted = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const first = start.subarray(end + 4);
  const hash = createHash("sha256").update(first);
  const body = [first];
  let length = first.byteLength;
  while (length < wanted) {
    const bytes = await more(read, `the body, after ${length} of ${wanted} bytes`);
    hash.update(bytes);
    body.push(bytes);
    length += bytes.byteLength;
  }
  return { head, body, length, sha256: hash.digest("hex") };
}

async function more(read: Read, what: string): Promise<Uint8Array> {
  const bytes = await read();
  if (bytes === null) throw new Error(`the connection ended in ${what}`);
  return bytes;
}
