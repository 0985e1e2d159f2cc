// The situations, in the order in which they are shown.
import { TLSVersion } from "@tlskit/options";
import type { Situation } from "./situation.ts";

/** All of them. */
export const situations: readonly Situation[] = [
  { id: "good", title: "good", expected: "connected", server: { identity: "good" } },
  {
    id: "client-certificate",
    title: "good, with client certificate",
    expected: "connected",
    server: { identity: "good", clientAuth: true },
    client: { identity: "client" },
  },
  {
    id: "alpn",
    title: "ALPN agreed",
    expected: "connected",
    server: { identity: "good", alpn: ["h2", "http/1.1"] },
    client: { alpn: ["http/1.1", "h2"], requireProtocol: "h2" },
  },
  { id: "starttls", title: "STARTTLS", expected: "connected", server: { identity: "good" }, startTls: true },
  {
    id: "ip-address",
    title: "IP address name",
    expected: "connected",
    server: { identity: "ipAddress" },
    client: { name: "127.0.0.1" },
  },
  { id: "expired", title: "expired", expected: "CERTIFICATE_EXPIRED", server: { identity: "expired" } },
  {
    id: "not-yet-valid",
    title: "not yet valid",
    expected: "CERTIFICATE_NOT_YET_VALID",
    server: { identity: "notYetValid" },
  },
  { id: "wrong-name", title: "wrong name", expected: "NAME_MISMATCH", server: { identity: "wrongName" } },
  {
    id: "common-name",
    title: "name in the common name only",
    expected: "NAME_MISSING",
    server: { identity: "commonName" },
  },
  {
    id: "partial-wildcard",
    title: "wildcard for part of a label",
    expected: "NAME_MISMATCH",
    server: { identity: "partialWildcard" },
    client: { name: "foo.lab.example" },
  },
  {
    id: "missing-intermediate",
    title: "missing intermediate",
    expected: "UNKNOWN_ISSUER",
    server: { identity: "missingIntermediate" },
  },
  { id: "untrusted-root", title: "untrusted root", expected: "UNTRUSTED_ROOT", server: { identity: "untrustedRoot" } },
  {
    id: "expired-root",
    title: "root that has expired",
    expected: "CERTIFICATE_EXPIRED",
    server: { identity: "ofExpiredRoot" },
    client: { trust: "expiredRoot" },
  },
  { id: "self-signed", title: "self-signed", expected: "SELF_SIGNED", server: { identity: "selfSigned" } },
  {
    id: "wrong-usage",
    title: "wrong extended key usage",
    expected: "EXTENDED_KEY_USAGE_MISMATCH",
    server: { identity: "wrongUsage" },
  },
  {
    id: "client-certificate-missing",
    title: "client certificate missing",
    expected: "CLIENT_CERTIFICATE_REQUIRED",
    server: { identity: "good", clientAuth: true },
    tell: "server",
  },
  {
    id: "client-certificate-of-wrong-ca",
    title: "client certificate from the wrong CA",
    expected: "UNKNOWN_ISSUER",
    server: { identity: "good", clientAuth: true },
    client: { identity: "clientOfOtherCa" },
    tell: "server",
  },
  {
    id: "alpn-none-common",
    title: "no common ALPN protocol",
    expected: "NO_APPLICATION_PROTOCOL",
    server: { identity: "good", alpn: ["h2"] },
    client: { alpn: ["imap"] },
  },
  {
    id: "version-none-common",
    title: "no common version",
    expected: "PROTOCOL_VERSION_MISMATCH",
    server: { identity: "good", min: TLSVersion.TLSv1_3 },
    client: { max: "TLSv1.2" },
  },
  { id: "plaintext", title: "peer that speaks plaintext", expected: "PEER_NOT_TLS", server: "speaks plaintext" },
  { id: "hang-up", title: "peer that hangs up mid-handshake", expected: "CONNECTION_RESET", server: "hangs up" },
  { id: "silence", title: "peer that says nothing", expected: "HANDSHAKE_TIMEOUT", server: "stays silent" },
];
