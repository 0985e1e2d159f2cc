// As much of PostgreSQL's protocol, version 3.0, as one question over TLS takes
// (https://www.postgresql.org/docs/15/protocol-message-formats.html).

import type { Connection, PlainConnection } from "@tlskit/tls";

/** Whether this very session is encrypted, and by what: the server's word for it. */
const question = "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()";

/** Asks for TLS, verifies, signs in, and asks the server what it thinks of the session. */
export async function askPostgres(
  plain: PlainConnection,
  { user, database }: { readonly user: string; readonly database: string },
): Promise<{ readonly connection: Connection; readonly answer: string }> {
  await plain.write(sslRequest());
  // One byte, not more: what follows in clear is not the server's (CVE-2021-23222), and startTls refuses it.
  const agreed = await plain.read(new Uint8Array(1));
  if (agreed?.[0] !== "S".charCodeAt(0)) throw new Error("the server has no TLS");
  const connection = await plain.startTls();
  const messages = new MessageReader(() => connection.read());
  await connection.write(startup({ user, database }));
  const refused = await messages.until("Z");
  if (refused !== undefined) return { connection, answer: refused };
  await connection.write(message("Q", `${question}\0`));
  return { connection, answer: (await messages.until("Z")) ?? messages.row };
}

/** Reads messages: a letter, a length, a body. */
class MessageReader {
  /** The values of the last row, as text. */
  row = "";
  readonly #read: () => Promise<Uint8Array | null>;
  #kept: Uint8Array = new Uint8Array();

  constructor(read: () => Promise<Uint8Array | null>) {
    this.#read = read;
  }

  /** Reads to a message of this kind, or to an error, whose text it returns. */
  async until(kind: string): Promise<string | undefined> {
    for (;;) {
      const { letter, body } = await this.#next();
      if (letter === "E") return /\0M([^\0]+)/.exec(new TextDecoder().decode(body))?.[1] ?? "an error";
      if (letter === "D") this.row = valuesOf(body);
      if (letter === kind) return undefined;
    }
  }

  async #next(): Promise<{ readonly letter: string; readonly body: Uint8Array }> {
    for (;;) {
      const bytes = this.#kept;
      const length = bytes.byteLength < 5 ? Number.POSITIVE_INFINITY : 1 + viewOf(bytes).getUint32(1);
      if (bytes.byteLength >= length) {
        this.#kept = bytes.slice(length);
        return { letter: String.fromCharCode(bytes[0] ?? 0), body: bytes.slice(5, length) };
      }
      const more = await this.#read();
      if (more === null) throw new Error("the connection ended in the answer");
      this.#kept = joined(bytes, more);
    }
  }
}

function valuesOf(row: Uint8Array): string {
  const view = viewOf(row);
  const values: string[] = [];
  for (let at = 2, left = view.getUint16(0); left > 0; left--) {
    const length = view.getInt32(at);
    values.push(new TextDecoder().decode(row.subarray(at + 4, at + 4 + length)));
    at += 4 + Math.max(length, 0);
  }
  return values.join(" ");
}

function sslRequest(): Uint8Array {
  const bytes = new Uint8Array(8);
  viewOf(bytes).setUint32(0, 8);
  viewOf(bytes).setUint32(4, 80_877_103);
  return bytes;
}

function startup(settings: Readonly<Record<string, string>>): Uint8Array {
  const text = Object.entries(settings).map(([name, value]) => `${name}\0${value}\0`);
  const body = new TextEncoder().encode(`\0\x03\0\0${text.join("")}\0`);
  const head = new Uint8Array(4);
  viewOf(head).setUint32(0, 4 + body.byteLength);
  return joined(head, body);
}

function message(letter: string, text: string): Uint8Array {
  const body = new TextEncoder().encode(text);
  const head = new Uint8Array(5);
  head[0] = letter.charCodeAt(0);
  viewOf(head).setUint32(1, 4 + body.byteLength);
  return joined(head, body);
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.byteLength + two.byteLength);
  both.set(one);
  both.set(two, one.byteLength);
  return both;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
