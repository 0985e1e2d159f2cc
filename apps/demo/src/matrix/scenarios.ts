// What is tried between each pair of runtimes.

/** One of them, as plain data: both sides read it. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** `"connected"`, or the code that the client must end with. */
  readonly expected: string;
  readonly clientAuth?: true;
  readonly clientIdentity?: "client" | "clientOfOtherCa";
  readonly serverIdentity?: "good" | "wrongName" | "untrustedRoot";
  readonly alpn?: readonly string[];
  readonly startTls?: true;
  readonly version?: "TLSv1.2" | "TLSv1.3";
  /** Bytes there and back; default: a line. */
  readonly bytes?: number;
}

/** In the order in which they are shown. */
export const scenarios: readonly Scenario[] = [
  { id: "tls", title: "TLS", expected: "connected" },
  { id: "tls12", title: "TLS 1.2 only", expected: "connected", version: "TLSv1.2" },
  {
    id: "mtls",
    title: "mutual TLS with an intermediate",
    expected: "connected",
    clientAuth: true,
    clientIdentity: "client",
  },
  { id: "alpn", title: "ALPN", expected: "connected", alpn: ["h2", "http/1.1"] },
  { id: "starttls", title: "STARTTLS", expected: "connected", startTls: true },
  { id: "transfer", title: "4 MiB each way", expected: "connected", bytes: 4 * 1024 * 1024 },
  { id: "wrong-name", title: "wrong name refused", expected: "NAME_MISMATCH", serverIdentity: "wrongName" },
  { id: "untrusted", title: "untrusted refused", expected: "UNTRUSTED_ROOT", serverIdentity: "untrustedRoot" },
  {
    id: "stranger",
    title: "strange client refused",
    expected: "CONNECTION_RESET",
    clientAuth: true,
    clientIdentity: "clientOfOtherCa",
  },
];
