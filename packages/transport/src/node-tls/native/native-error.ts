// From a runtime's error codes to ours. Only codes are looked at, never messages, which change with every version.

import { peerText } from "@tlskit/verify";
import { type ConnectionPhase, TransportError } from "../../error.ts";
import type { SeenInClear } from "../runtime.ts";
import { alertName } from "./alert-names.ts";

/** What is known of the situation in which the runtime reported an error. */
export interface NativeErrorContext {
  readonly during: ConnectionPhase;
  /** What was dialled or bound. */
  readonly host?: string;
  readonly port?: number;
  /** The application protocols on offer. */
  readonly alpn?: readonly string[];
  /** Whether this is the first that a client hears after its handshake: a server that refuses it may say no more. */
  readonly nothingHeardYet?: boolean;
  /** What was seen on the way, where someone has looked: that is believed, whatever the runtime's code says. */
  readonly inClear?: SeenInClear | undefined;
}

/** The code of a runtime's error; `"UNKNOWN"` if it has none. */
export function nativeCodeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "UNKNOWN";
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" && code !== "" ? code : "UNKNOWN";
}

/** Turns what the runtime reported into one of our errors, with the original as its `cause`. */
export function mapNativeError(error: unknown, context: NativeErrorContext): TransportError {
  if (TransportError.is(error)) return error;
  const nativeCode = nativeCodeOf(error);
  const make =
    own(byCode, nativeCode) ??
    (nativeCode.startsWith("EAI_") ? hostNotFound : undefined) ??
    tlsError(nativeCode, context.inClear);
  return make({ ...context, host: context.host ?? "", port: context.port ?? 0, nativeCode, cause: { cause: error } });
}

type Situation = Required<Pick<NativeErrorContext, "during" | "host" | "port">> &
  NativeErrorContext & { readonly nativeCode: string; readonly cause: { readonly cause: unknown } };

type Maker = (situation: Situation) => TransportError;

const hostNotFound: Maker = ({ host, nativeCode, cause }) =>
  new TransportError(
    "HOST_NOT_FOUND",
    `The name ${host} does not resolve (${nativeCode}).`,
    { host, nativeCode },
    cause,
  );

const unreachable: Maker = (s) =>
  new TransportError("HOST_UNREACHABLE", `${peerText(s)} cannot be reached (${s.nativeCode}).`, pick(s), s.cause);

const addressUnavailable: Maker = (s) =>
  new TransportError("ADDRESS_UNAVAILABLE", `${peerText(s)} cannot be used here (${s.nativeCode}).`, pick(s), s.cause);

const tooManyFiles: Maker = ({ nativeCode, cause }) =>
  new TransportError("TOO_MANY_FILES", `No file descriptor is left (${nativeCode}).`, { nativeCode }, cause);

const whilst: Readonly<Record<ConnectionPhase, string>> = {
  connect: "while connecting",
  handshake: "during the TLS handshake",
  verify: "while its certificate was being verified",
  open: "without ending the connection",
};

const reset: Maker = ({ during, nativeCode, nothingHeardYet, cause }) => {
  const hint = nothingHeardYet ? maybeRefused : "";
  const message = `The peer went away ${whilst[during]}.${hint}`;
  return new TransportError("CONNECTION_RESET", message, { during, nativeCode }, cause);
};

const maybeRefused =
  " Right after the handshake, this is also how a refused client certificate looks: see the server's errors.";

const peerNotTls: Maker = (s) =>
  s.during === "open" || s.inClear?.isTls
    ? handshakeFailed(s)
    : new TransportError(
        "PEER_NOT_TLS",
        "What the peer sent is not TLS. Is it the right port, and does TLS begin there at once, without STARTTLS?",
        { nativeCode: s.nativeCode },
        s.cause,
      );

const protocolError: Maker = ({ nativeCode, nothingHeardYet, cause }) => {
  // With this code of Deno it may have been an alert.
  const hint = nothingHeardYet && nativeCode === anyFailure ? maybeRefused : "";
  const message = `The peer broke the TLS protocol (${nativeCode}).${hint}`;
  return new TransportError("PROTOCOL_ERROR", message, { nativeCode }, cause);
};

const versionMismatch: Maker = ({ nativeCode, cause }) =>
  new TransportError("PROTOCOL_VERSION_MISMATCH", "There is no TLS version in common.", { nativeCode }, cause);

const noCommonParameters: Maker = ({ nativeCode, cause }) =>
  new TransportError("NO_COMMON_PARAMETERS", `No common cipher suite or group (${nativeCode}).`, { nativeCode }, cause);

const noProtocol: Maker = ({ alpn = [], nativeCode, cause }) =>
  new TransportError(
    "NO_APPLICATION_PROTOCOL",
    `The peer has none of our application protocols (${alpn.join(", ") || "none on offer"}).`,
    { ours: alpn, nativeCode },
    cause,
  );

const clientCertificateRequired: Maker = ({ during, nativeCode, cause }) =>
  new TransportError(
    "CLIENT_CERTIFICATE_REQUIRED",
    "The server insists on a client certificate.",
    { during, nativeCode },
    cause,
  );

const handshakeFailed: Maker = (s) =>
  s.during === "open"
    ? protocolError(s)
    : new TransportError(
        "HANDSHAKE_FAILED",
        `The TLS handshake failed (${s.nativeCode}).`,
        { nativeCode: s.nativeCode },
        s.cause,
      );

/** BoringSSL expects it encrypted; what it says cannot be had. */
const maybeAlertInClear: Maker = (s) => {
  const { code, message, details } = handshakeFailed(s);
  const hint =
    " With this code it may have been an alert: in TLS 1.3, clients on OpenSSL (curl) send it in clear when they do not trust the certificate.";
  return s.during === "open" ? protocolError(s) : new TransportError(code, message + hint, details, s.cause);
};

const certificateRefused: Maker = (s) =>
  s.during === "open"
    ? protocolError(s)
    : new TransportError(
        "RUNTIME_REFUSED",
        `The runtime refuses the peer's certificate (${s.nativeCode}), and did not show it.`,
        { nativeCode: s.nativeCode },
        s.cause,
      );

function tlsError(nativeCode: string, inClear: SeenInClear | undefined): Maker {
  if (certificateRefusals.has(nativeCode)) return certificateRefused;
  const alert = nativeCode === anyFailure && inClear !== undefined ? inClear.alert : alertOf(nativeCode);
  if (alert === null) return speaksOnlyOlder(inClear) ? versionMismatch : handshakeFailed;
  if (alert !== undefined) return own(byAlert, alert) ?? alertError(alert);
  if (/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|ERR_BORINGSSL|EPROTO$)/.test(nativeCode)) return handshakeFailed;
  return ({ during, cause }) =>
    new TransportError("RUNTIME_ERROR", `The runtime reports ${nativeCode}.`, { nativeCode, during }, cause);
}

/**
 * The alert's name as RFC 8446 section 6 has it. OpenSSL names the reasons after the protocol version that brought
 * the alert, and the prefix differs between versions and forks: ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE,
 * ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE, ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED, ERR_SSL_TLSV1_ALERT_….
 * BoringSSL knows no name for some: ERR_SSL_reason(1109) is the alert 109.
 */
function alertOf(nativeCode: string): string | undefined {
  const number = /^ERR_SSL_reason\(1(\d{3})\)$/.exec(nativeCode)?.[1];
  if (number !== undefined) return alertName(Number(number));
  return own(otherAlerts, nativeCode) ?? /^ERR_SSL_[A-Z0-9/]+_ALERT_([A-Z0-9_]+)$/.exec(nativeCode)?.[1]?.toLowerCase();
}

// The first is written so by all three, and not by the RFC. As for the others, OpenSSL left ALERT out of the names of the
// alerts that came with extensions (RFC 6066).
const otherAlerts: Readonly<Record<string, string>> = {
  ERR_SSL_TLSV1_ALERT_USER_CANCELLED: "user_canceled",
  ERR_SSL_TLSV1_CERTIFICATE_UNOBTAINABLE: "certificate_unobtainable",
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: "unrecognized_name",
  ERR_SSL_TLSV1_UNSUPPORTED_EXTENSION: "unsupported_extension",
  ERR_SSL_TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE: "bad_certificate_status_response",
  ERR_SSL_TLSV1_BAD_CERTIFICATE_HASH_VALUE: "bad_certificate_hash_value",
};

function alertError(alert: string): Maker {
  return ({ during, nativeCode, cause }) =>
    new TransportError(
      "HANDSHAKE_ALERT",
      `The peer ended the connection with the TLS alert ${alert}.`,
      { alert, during, nativeCode },
      cause,
    );
}

/** Whoever looks into hellos has nothing older than TLS 1.2. */
function speaksOnlyOlder(inClear: SeenInClear | undefined): boolean {
  const version = inClear?.helloVersion ?? tls12;
  return version < tls12;
}

const tls12 = 0x0303;

/** Deno's code for the alert handshake_failure, and for whatever its TLS library has no better word for. */
const anyFailure = "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE";

// Deno ends the handshake where its TLS library cannot even read a certificate that it needs.
const certificateRefusals: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNHANDLED_CRITICAL_EXTENSION",
]);

const byAlert: Readonly<Record<string, Maker>> = {
  no_application_protocol: noProtocol,
  protocol_version: versionMismatch,
  certificate_required: clientCertificateRequired,
};

const refusedToConnect: Maker = (s) =>
  new TransportError(
    "CONNECTION_REFUSED",
    `${peerText(s)} refused the connection.`,
    { host: s.host, port: s.port },
    s.cause,
  );

const byCode: Readonly<Record<string, Maker>> = {
  ENOTFOUND: hostNotFound,
  ECONNREFUSED: refusedToConnect,
  // Of a UNIX socket: nobody has made it.
  ENOENT: refusedToConnect,
  ENOTSOCK: refusedToConnect,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETDOWN: unreachable,
  ETIMEDOUT: unreachable,
  ERR_SOCKET_CONNECTION_TIMEOUT: unreachable,
  EADDRINUSE: (s) =>
    new TransportError("ADDRESS_IN_USE", `${peerText(s)} is already in use.`, { host: s.host, port: s.port }, s.cause),
  EADDRNOTAVAIL: addressUnavailable,
  EAFNOSUPPORT: addressUnavailable,
  EINVAL: addressUnavailable,
  EACCES: addressUnavailable,
  EPERM: addressUnavailable,
  ENAMETOOLONG: addressUnavailable,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ECONNRESET: reset,
  ECONNABORTED: reset,
  EPIPE: reset,
  ERR_STREAM_DESTROYED: reset,
  ERR_STREAM_PREMATURE_CLOSE: reset,
  ERR_SSL_UNEXPECTED_EOF_WHILE_READING: reset,
  ERR_SSL_BAD_PACKET_LENGTH: maybeAlertInClear,
  ERR_SSL_WRONG_VERSION_NUMBER: peerNotTls,
  ERR_SSL_HTTP_REQUEST: peerNotTls,
  ERR_SSL_HTTPS_PROXY_REQUEST: peerNotTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: peerNotTls,
  ERR_SSL_DATA_LENGTH_TOO_LONG: peerNotTls,
  ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG: peerNotTls,
  ERR_SSL_RECORD_TOO_SMALL: peerNotTls,
  ERR_SSL_BAD_RECORD_TYPE: peerNotTls,
  ERR_SSL_RECORD_LAYER_FAILURE: peerNotTls,
  ERR_SSL_UNKNOWN_PROTOCOL: peerNotTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: versionMismatch,
  ERR_SSL_VERSION_TOO_LOW: versionMismatch,
  ERR_SSL_VERSION_TOO_HIGH: versionMismatch,
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: versionMismatch,
  ERR_SSL_NO_SHARED_CIPHER: noCommonParameters,
  ERR_SSL_NO_SHARED_GROUP: noCommonParameters,
  ERR_SSL_NO_SUITABLE_KEY_SHARE: noCommonParameters,
  ERR_SSL_NO_SUITABLE_GROUPS: noCommonParameters,
  ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: noCommonParameters,
  ERR_SSL_NO_SHARED_SIGNATURE_ALGORITHMS: noCommonParameters,
  ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS: noCommonParameters,
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: clientCertificateRequired,
  ERR_SSL_NO_APPLICATION_PROTOCOL: noProtocol,
};

function pick({ host, port, nativeCode }: Situation): { host: string; port: number; nativeCode: string } {
  return { host, port, nativeCode };
}

/** A row that the table itself has: "constructor" is no code. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
