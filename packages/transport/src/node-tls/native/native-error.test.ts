import { describe, expect, test } from "vitest";
import { TransportError } from "../../error.ts";
import { mapNativeError, nativeCodeOf } from "./native-error.ts";

const native = (code: string): Error => Object.assign(new Error("the message is not looked at"), { code });

describe("native codes, as Node, Bun and Deno give them", () => {
  test.each([
    ["ENOTFOUND", "HOST_NOT_FOUND"],
    ["EAI_AGAIN", "HOST_NOT_FOUND"],
    ["EAI_NODATA", "HOST_NOT_FOUND"],
    ["ECONNREFUSED", "CONNECTION_REFUSED"],
    ["EHOSTUNREACH", "HOST_UNREACHABLE"],
    ["ENETUNREACH", "HOST_UNREACHABLE"],
    ["ETIMEDOUT", "HOST_UNREACHABLE"],
    ["EADDRINUSE", "ADDRESS_IN_USE"],
    ["EADDRNOTAVAIL", "ADDRESS_UNAVAILABLE"],
    ["EACCES", "ADDRESS_UNAVAILABLE"],
    ["EMFILE", "TOO_MANY_FILES"],
    ["ENFILE", "TOO_MANY_FILES"],
    ["ECONNRESET", "CONNECTION_RESET"],
    ["EPIPE", "CONNECTION_RESET"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "PEER_NOT_TLS"],
    ["ERR_SSL_HTTP_REQUEST", "PEER_NOT_TLS"],
    ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "PEER_NOT_TLS"],
    ["ERR_SSL_DATA_LENGTH_TOO_LONG", "PEER_NOT_TLS"],
    ["ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG", "PEER_NOT_TLS"],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION_MISMATCH"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "PROTOCOL_VERSION_MISMATCH"],
    ["ERR_SSL_NO_SHARED_CIPHER", "NO_COMMON_PARAMETERS"],
    ["ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", "NO_APPLICATION_PROTOCOL"],
    ["ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE", "CLIENT_CERTIFICATE_REQUIRED"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "CLIENT_CERTIFICATE_REQUIRED"],
    ["ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED", "CLIENT_CERTIFICATE_REQUIRED"],
    ["ERR_SSL_SOMETHING_NEW", "HANDSHAKE_FAILED"],
    ["EPROTO", "HANDSHAKE_FAILED"],
    ["ESOMETHING", "RUNTIME_ERROR"],
  ])("%s during the handshake is %s", (nativeCode, code) => {
    const cause = native(nativeCode);
    const error = mapNativeError(cause, { during: "handshake", host: "h", port: 1 });
    expect(error.code).toBe(code);
    expect(error.cause).toBe(cause);
    expect(TransportError.is(error)).toBe(true);
  });

  test.each([
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "handshake_failure"],
    ["ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", "handshake_failure"],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "unknown_ca"],
    ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "certificate_expired"],
    ["ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "internal_error"],
    ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "unrecognized_name"],
    ["ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME", "unrecognized_name"],
    ["ERR_SSL_TLSV1_ALERT_USER_CANCELLED", "user_canceled"],
    ["ERR_SSL_TLSV13_ALERT_MISSING_EXTENSION", "missing_extension"],
    ["ERR_SSL_reason(1109)", "missing_extension"],
    ["ERR_SSL_reason(1200)", "alert 200"],
  ])("%s names the alert %s", (nativeCode, alert) => {
    const error = mapNativeError(native(nativeCode), { during: "handshake" });
    expect(error).toMatchObject({ code: "HANDSHAKE_ALERT", details: { alert, nativeCode, during: "handshake" } });
  });

  test.each(["ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "ERR_SSL_WRONG_VERSION_NUMBER"])(
    "%s on an open connection breaks the protocol",
    (nativeCode) => {
      expect(mapNativeError(native(nativeCode), { during: "open" })).toMatchObject({ code: "PROTOCOL_ERROR" });
    },
  );

  describe("where someone has read along, what was seen is believed", () => {
    const anyFailure = native("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE");
    const hello = { alert: null, isTls: true } as const;
    const notTls = native("ERR_SSL_WRONG_VERSION_NUMBER");

    test.each([
      [
        "an alert",
        anyFailure,
        "handshake",
        { alert: "access_denied", isTls: true, helloVersion: null },
        "HANDSHAKE_ALERT",
      ],
      [
        "the alert",
        anyFailure,
        "handshake",
        { alert: "handshake_failure", isTls: true, helloVersion: null },
        "HANDSHAKE_ALERT",
      ],
      ["no alert", anyFailure, "handshake", { alert: null, isTls: true, helloVersion: null }, "HANDSHAKE_FAILED"],
      [
        "no alert, and no more clear text",
        anyFailure,
        "open",
        { alert: null, isTls: true, helloVersion: null },
        "PROTOCOL_ERROR",
      ],
      [
        "TLS that cannot be read",
        notTls,
        "handshake",
        { alert: null, isTls: true, helloVersion: null },
        "HANDSHAKE_FAILED",
      ],
      ["a hello of TLS 1.1", anyFailure, "handshake", { ...hello, helloVersion: 0x0302 }, "PROTOCOL_VERSION_MISMATCH"],
      ["a hello of TLS 1.2", anyFailure, "handshake", { ...hello, helloVersion: 0x0303 }, "HANDSHAKE_FAILED"],
      [
        "an alert to an old hello",
        anyFailure,
        "handshake",
        { ...hello, alert: "decode_error", helloVersion: 0x0301 },
        "HANDSHAKE_ALERT",
      ],
      ["no TLS", notTls, "handshake", { alert: null, isTls: false, helloVersion: null }, "PEER_NOT_TLS"],
    ] as const)("%s", (_, error, during, inClear, code) => {
      const mapped = mapNativeError(error, { during, inClear });
      expect(mapped.code).toBe(code);
      if (inClear.alert !== null) expect(mapped.details).toMatchObject({ alert: inClear.alert });
    });

    test("what may be the refusal of a client's certificate says so", () => {
      const error = mapNativeError(anyFailure, {
        during: "open",
        nothingHeardYet: true,
        inClear: { alert: null, isTls: true, helloVersion: null },
      });
      expect(error).toMatchObject({
        code: "PROTOCOL_ERROR",
        message: expect.stringContaining("refused client certificate"),
      });
    });
  });

  test.each([undefined, null, "ECONNRESET", {}, { code: 7 }, { code: "" }])("%j has no code", (error) => {
    expect(nativeCodeOf(error)).toBe("UNKNOWN");
    expect(mapNativeError(error, { during: "open" }).code).toBe("RUNTIME_ERROR");
  });

  test("one of ours stays what it is", () => {
    const ours = new TransportError("ABORTED", "x", { during: "open" });
    expect(mapNativeError(ours, { during: "handshake" })).toBe(ours);
  });

  test("no native code reaches an inherited property of the table", () => {
    expect(mapNativeError(native("constructor"), { during: "open" }).code).toBe("RUNTIME_ERROR");
    expect(mapNativeError(native("toString"), { during: "open" }).code).toBe("RUNTIME_ERROR");
  });
});

test("a reset as the first word after a client's handshake hints at what it may mean", () => {
  const reset = { code: "ECONNRESET" };
  expect(mapNativeError(reset, { during: "open", nothingHeardYet: true }).message).toContain(
    "refused client certificate",
  );
  expect(mapNativeError(reset, { during: "open" }).message).not.toContain("refused client certificate");
});

test("where BoringSSL may have met an alert in clear, the message says so", () => {
  const error = mapNativeError({ code: "ERR_SSL_BAD_PACKET_LENGTH" }, { during: "handshake" });
  expect(error).toMatchObject({ code: "HANDSHAKE_FAILED", message: expect.stringContaining("an alert") });
  expect(mapNativeError({ code: "ERR_SSL_BAD_PACKET_LENGTH" }, { during: "open" }).code).toBe("PROTOCOL_ERROR");
});
