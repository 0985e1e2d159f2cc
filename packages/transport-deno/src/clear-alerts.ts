// Reads along in a handshake, for alerts that the peer sends in clear. Deno has one and the same code for the alert
// handshake_failure, for alerts that it does not know, and for all that goes wrong on its own side.

// RFC 8446, section 5.1: content types, and the length of a record's header.
const alertRecord = 21;
const encryptedRecord = 23;
const headerLength = 5;

/** See the head of this file. Give it every byte until the handshake is complete. */
export class ClearAlerts {
  /** The name of the last alert that came; `null` before. */
  last: string | null = null;
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
    const [type, , , high = 0, low = 0, , description] = this.#start;
    if (this.#start.length < headerLength) return;
    const length = high * 256 + low;
    if (type === encryptedRecord) this.finish();
    else if (type !== alertRecord || length !== 2) this.#skip(length);
    else if (description !== undefined) {
      this.last = alertNames[description] ?? `alert ${description}`;
      this.#skip(0);
    }
  }

  #skip(length: number): void {
    this.#start.length = 0;
    this.#toSkip = length;
  }
}

// RFC 8446, section 6, and RFC 7301, section 3.2.
const alertNames: Readonly<Record<number, string>> = {
  0: "close_notify",
  10: "unexpected_message",
  20: "bad_record_mac",
  22: "record_overflow",
  40: "handshake_failure",
  42: "bad_certificate",
  43: "unsupported_certificate",
  44: "certificate_revoked",
  45: "certificate_expired",
  46: "certificate_unknown",
  47: "illegal_parameter",
  48: "unknown_ca",
  49: "access_denied",
  50: "decode_error",
  51: "decrypt_error",
  70: "protocol_version",
  71: "insufficient_security",
  80: "internal_error",
  86: "inappropriate_fallback",
  90: "user_canceled",
  109: "missing_extension",
  110: "unsupported_extension",
  112: "unrecognized_name",
  113: "bad_certificate_status_response",
  115: "unknown_psk_identity",
  116: "certificate_required",
  120: "no_application_protocol",
};
