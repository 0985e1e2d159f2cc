// Reads along in a handshake, for what Deno does not tell: it has one and the same code for the alert handshake_failure,
// for alerts that it does not know, and for all that goes wrong on its own side, clients that are too old for it among
// that; and another for what is no TLS and for messages in TLS that it cannot read.

import { alertName } from "@tlskit/transport/node-tls";

// RFC 8446, section 5.1: content types, and the length of a record's header.
const firstType = 20;
const alertRecord = 21;
const handshakeRecord = 22;
const encryptedRecord = 23;
const headerLength = 5;
// Section 4: type and length of a handshake message; section 4.1.2: the client's hello, and the version that it begins with.
const clientHello = 1;
const helloStart = headerLength + 4 + 2;
// Section 5.1 of RFC 8446 and of RFC 5246, section 6.2.3: the longest record of any version.
const maxLength = 2 ** 14 + 2048;

/** See the head of this file. Give it every byte until the handshake is complete. */
export class ClearRecords {
  /** The name of the last alert that came; `null` before. */
  alert: string | null = null;
  /** Whether what came first has the form of a TLS record. */
  isTls = false;
  /** The newest version that a client's hello speaks up to TLS 1.2, as it is written (0x0303); `null` before, and of servers. */
  helloVersion: number | null = null;
  #isFirst = true;
  #done = false;
  /** The beginning of a record: its header, and the two bytes that an alert in clear has. */
  readonly #start: number[] = [];
  #toSkip = 0;

  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength && !this.#done; ) {
      if (this.#toSkip > 0) {
        const skipped = Math.min(this.#toSkip, bytes.byteLength - at);
        this.#toSkip -= skipped;
        at += skipped;
      } else {
        this.#start.push(bytes[at] ?? 0);
        at++;
        this.#judge();
      }
    }
  }

  /** From here on nothing comes in clear. */
  finish(): void {
    this.#done = true;
  }

  #judge(): void {
    const [type = 0, major, , high = 0, low = 0, , description] = this.#start;
    if (this.#start.length < headerLength) return;
    const length = high * 256 + low;
    if (!this.isTls) {
      this.isTls = type >= firstType && type <= encryptedRecord && major === 3 && length <= maxLength;
    }
    if (!this.isTls || type === encryptedRecord) this.finish();
    else if (this.#isFirst && type === handshakeRecord && length >= helloStart - headerLength) this.#readHello(length);
    else if (type !== alertRecord || length !== 2) this.#skip(length);
    else if (description !== undefined) {
      this.alert = alertName(description);
      this.#skip(0);
    }
  }

  #readHello(length: number): void {
    if (this.#start.length < helloStart) return;
    const [kind, , , , high = 0, low = 0] = this.#start.slice(headerLength);
    if (kind === clientHello) this.helloVersion = high * 256 + low;
    this.#skip(length - (helloStart - headerLength));
  }

  #skip(length: number): void {
    this.#isFirst = false;
    this.#start.length = 0;
    this.#toSkip = length;
  }
}
