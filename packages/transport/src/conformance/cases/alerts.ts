// Alerts: a peer that says why it ends the handshake is quoted, by the name that the RFC gives the alert, on every runtime.

import { equal, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { clientTls, withPlainServer } from "../talk.ts";

export const alertCases: readonly ConformanceCase[] = [
  {
    id: "alerts-of-the-server",
    name: "every alert that ends a handshake is reported by its name (RFC 8446, section 6)",
    run: (context) =>
      withPlainServer(context, async ({ listener, port }) => {
        const tls = await clientTls();
        for (const [number, alert] of alerts) {
          const behaving = listener.accept().then(async (server) => {
            await server.read();
            await server.write(Uint8Array.of(21, 3, 3, 0, 2, 2, number));
            while ((await server.read()) !== null);
          });
          behaving.catch(() => {}); // The client is gone.
          const attempt = context.transport.connect({ host: "127.0.0.1", port }, { tls });
          const code = codes[alert] ?? "HANDSHAKE_ALERT";
          const { details } = await rejects(within(attempt, "an answer"), code, alert);
          if (code === "HANDSHAKE_ALERT") equal((details as { alert?: string }).alert, alert, `alert ${number}`);
        }
      }),
  },
];

// Those that a client may get; section 6.2, and RFC 5246, RFC 7507 for the older ones.
const alerts: readonly (readonly [number: number, name: string])[] = [
  [10, "unexpected_message"],
  [20, "bad_record_mac"],
  [22, "record_overflow"],
  [40, "handshake_failure"],
  [42, "bad_certificate"],
  [43, "unsupported_certificate"],
  [44, "certificate_revoked"],
  [45, "certificate_expired"],
  [46, "certificate_unknown"],
  [47, "illegal_parameter"],
  [48, "unknown_ca"],
  [49, "access_denied"],
  [50, "decode_error"],
  [51, "decrypt_error"],
  [70, "protocol_version"],
  [71, "insufficient_security"],
  [80, "internal_error"],
  [86, "inappropriate_fallback"],
  [90, "user_canceled"],
  [109, "missing_extension"],
  [110, "unsupported_extension"],
  [112, "unrecognized_name"],
  [113, "bad_certificate_status_response"],
  [115, "unknown_psk_identity"],
  [116, "certificate_required"],
  [120, "no_application_protocol"],
];

/** Those that have a code of their own. */
const codes: Readonly<Record<string, string>> = {
  protocol_version: "PROTOCOL_VERSION_MISMATCH",
  certificate_required: "CLIENT_CERTIFICATE_REQUIRED",
  no_application_protocol: "NO_APPLICATION_PROTOCOL",
};
