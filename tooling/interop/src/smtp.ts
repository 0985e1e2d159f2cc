// As much SMTP as STARTTLS takes (RFC 3207): a command a line, an answer of one or more lines.

import type { Read } from "./http.ts";

/** What answers and asks in lines. */
export interface LineConnection {
  read: Read;
  write(bytes: Uint8Array): Promise<void>;
}

/** Reads lines; what was read past a line is kept. */
export class LineReader {
  readonly #read: Read;
  #kept = "";

  constructor(read: Read) {
    this.#read = read;
  }

  /** Without its end; null at the end of the connection. */
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.#kept.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#kept.slice(0, end);
        this.#kept = this.#kept.slice(end + 2);
        return line;
      }
      const bytes = await this.#read();
      if (bytes === null) return null;
      this.#kept += new TextDecoder("latin1").decode(bytes);
    }
  }

  /** What was read and not yet asked for. */
  get leftover(): Uint8Array {
    return new TextEncoder().encode(this.#kept);
  }
}

/** Serves until STARTTLS, QUIT or the end; tells which, and what was read past it. */
export async function serveSmtp(
  connection: LineConnection,
  isSecure: boolean,
): Promise<{ readonly end: "starttls" | "quit" | "closed"; readonly leftover: Uint8Array }> {
  const lines = new LineReader(() => connection.read());
  const say = (text: string): Promise<void> => connection.write(new TextEncoder().encode(`${text}\r\n`));
  if (!isSecure) await say("220 localhost ESMTP");
  for (;;) {
    const line = await lines.line();
    if (line === null) return { end: "closed", leftover: lines.leftover };
    const command = line.split(" ")[0]?.toUpperCase();
    if (command === "EHLO") await say(isSecure ? "250 localhost" : "250-localhost\r\n250 STARTTLS");
    else if (command === "STARTTLS" && !isSecure) {
      await say("220 Go ahead");
      return { end: "starttls", leftover: lines.leftover };
    } else if (command === "QUIT") {
      await say("221 Bye");
      return { end: "quit", leftover: lines.leftover };
    } else await say(`250 ${line}`);
  }
}

/** A client's side: sends a command and returns the answer, of which all lines must begin with this code. */
export async function ask(
  connection: LineConnection,
  lines: LineReader,
  command: string | undefined,
  code: number,
): Promise<string> {
  if (command !== undefined) await connection.write(new TextEncoder().encode(`${command}\r\n`));
  let answer = "";
  for (;;) {
    const line = await lines.line();
    if (line === null) throw new Error(`the connection ended after ${command ?? "connecting"}`);
    if (!line.startsWith(String(code))) throw new Error(`the answer to ${command ?? "connecting"} is ${line}`);
    answer += `${line}\n`;
    if (line[3] !== "-") return answer;
  }
}
