/** The alert's name (RFC 8446, section 6; RFC 7301, section 3.2), or its number where it has none. */
export function alertName(number: number): string {
  return names[number] ?? `alert ${number}`;
}

const names: Readonly<Record<number, string>> = {
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

/**
 * A record with a fatal alert, in clear (RFC 8446, sections 5.1 and 6): for whoever has to end a handshake in place of the
 * runtime, before its first word.
 *
 * @param version as records have it: 0x0303 from TLS 1.2 on
 */
export function fatalAlert(number: number, version = 0x0303): Uint8Array {
  return Uint8Array.of(alertRecord, version >> 8, version & 0xff, 0, 2, fatal, number);
}

const alertRecord = 21;
const fatal = 2;
