// What is said in clear before TLS begins, in the protocols that begin so.
import type { PlainConnection } from "@tlskit/transport";

/** A protocol that begins in clear. */
export interface StartTlsProtocol {
  readonly defaultPort: number;
  /** Talks until the server is ready for TLS; what was read beyond that comes back. */
  ask(connection: PlainConnection): Promise<Uint8Array>;
}

/** By their names on the command line. */
export const startTlsProtocols: Readonly<Record<string, StartTlsProtocol>> = {
  // RFC 3207.
  smtp: {
    defaultPort: 25,
    ask: async (connection) => {
      const lines = new Lines(connection);
      await lines.until(/^220 /);
      await lines.send("EHLO doctor.invalid");
      await lines.until(/^250 /);
      await lines.send("STARTTLS");
      await lines.until(/^220 /);
      return lines.rest;
    },
  },
  // RFC 9051, section 6.2.1.
  imap: {
    defaultPort: 143,
    ask: async (connection) => {
      const lines = new Lines(connection);
      await lines.until(/^\* (OK|PREAUTH)/);
      await lines.send("a STARTTLS");
      await lines.until(/^a OK/i);
      return lines.rest;
    },
  },
  // RFC 2595, section 4.
  pop3: {
    defaultPort: 110,
    ask: async (connection) => {
      const lines = new Lines(connection);
      await lines.until(/^\+OK/);
      await lines.send("STLS");
      await lines.until(/^\+OK/);
      return lines.rest;
    },
  },
  // PostgreSQL's protocol, SSLRequest.
  postgres: {
    defaultPort: 5432,
    ask: async (connection) => {
      await connection.write(new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]));
      const answer = (await connection.read()) ?? new Uint8Array();
      if (answer[0] !== 0x53) throw new NoStartTls("the server does not offer TLS");
      return answer.subarray(1);
    },
  },
};

/** The server does not begin TLS as its protocol has it. */
export class NoStartTls extends Error {}

// No greeting comes near that.
const limit = 64 * 1024;

/** Lines of text, answered by lines. */
class Lines {
  readonly #connection: PlainConnection;
  rest: Uint8Array = new Uint8Array();

  constructor(connection: PlainConnection) {
    this.#connection = connection;
  }

  send(line: string): Promise<void> {
    return this.#connection.write(new TextEncoder().encode(`${line}\r\n`));
  }

  /** Reads until a line is of this form; one that says no ends it. */
  async until(form: RegExp): Promise<void> {
    for (;;) {
      const line = await this.#next();
      if (form.test(line)) return;
      if (/^([45]\d\d |-ERR|a (NO|BAD))/i.test(line)) throw new NoStartTls(`the server says: ${line}`);
    }
  }

  async #next(): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf(0x0a);
      if (end >= 0) {
        const line = new TextDecoder().decode(this.rest.subarray(0, end)).trimEnd();
        this.rest = this.rest.slice(end + 1);
        return line;
      }
      const more = await this.#connection.read();
      if (more === null) throw new NoStartTls("the server hung up before TLS");
      if (this.rest.length + more.length > limit) throw new NoStartTls("the server does not come to the point");
      const joined = new Uint8Array(this.rest.length + more.length);
      joined.set(this.rest);
      joined.set(more, this.rest.length);
      this.rest = joined;
    }
  }
}
