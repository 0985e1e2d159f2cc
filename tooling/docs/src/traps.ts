// The traps of the runtimes' TLS, and what proves that nobody steps into them. A test holds every name against the cases.

/** A runtime that has a trap; a version where only that one is known to. */
export type TrappedRuntime = "Node" | "Node 22" | "Node 24.21" | "Bun" | "Deno";

/** A test outside the conformance suite: its file, and how its name begins. */
export type NamedTest = readonly [file: string, name: string];

/** What a runtime does that its documentation does not lead one to expect. */
export interface Trap {
  /** Stable, kebab-case, unique. */
  readonly id: string;
  readonly runtimes: readonly TrappedRuntime[];
  /** What happens to who uses the runtime as it is. */
  readonly what: string;
  /** Conformance cases, run on every runtime. */
  readonly cases: readonly string[];
  /** Tests for what no conformance case can play: switches of a process, peers of another runtime, a runtime's own APIs. */
  readonly tests: readonly NamedTest[];
  /** Why it cannot concern us; needed where nothing proves it. */
  readonly because?: string;
}

/** Traps that belong together. */
export interface TrapGroup {
  readonly title: string;
  readonly traps: readonly Trap[];
}

const everywhere = ["Node", "Bun", "Deno"] as const;

function trap(
  id: string,
  runtimes: readonly TrappedRuntime[],
  what: string,
  cases: string,
  more: { readonly tests?: readonly NamedTest[]; readonly because?: string } = {},
): Trap {
  const { tests = [], because } = more;
  const ids = cases === "" ? [] : cases.split(" ");
  return { id, runtimes, what, cases: ids, tests, ...(because === undefined ? {} : { because }) };
}

const bunNative = "packages/transport-bun/test/native.test.ts";
const denoNative = "packages/transport-deno/test/native.test.ts";
const denoServers = "packages/transport-deno/test/servers.test.ts";
const denoFlow = "packages/transport-deno/test/flow.test.ts";
const hostile = "tooling/runtimes/test/hostile-peers.test.ts";

/** All that are known. */
export const TRAPS: readonly TrapGroup[] = [
  {
    title: "Verification that is not there",
    traps: [
      trap(
        "empty-options-mean-clear",
        ["Bun"],
        "`Bun.connect` does not encrypt if its TLS options are empty, or are none that it knows.",
        "never-in-clear handshake-begins-at-once",
      ),
      trap(
        "own-api-hears-nothing",
        ["Bun", "Deno"],
        "`Deno.serve`, `Deno.listenTls` and `Bun.serve` ignore options that they do not have. Client authentication is one of them.",
        "client-missing client-wrong-ca",
        {
          tests: [
            [denoNative, "Deno.serve asks nobody for a certificate"],
            [denoNative, "Deno.listenTls asks nobody for a certificate"],
            [bunNative, "Bun.serve refuses by name"],
          ],
        },
      ),
      trap(
        "own-api-adds-trust",
        ["Deno"],
        "`Deno.createHttpClient` trusts the given CAs in addition to its own roots, not in place of them.",
        "untrusted-root system-trust-by-default",
        { tests: [[denoNative, "a client without our verifier takes consent"]] },
      ),
      trap(
        "roots-from-the-environment",
        everywhere,
        "Each runtime has other environment variables and switches that name roots, some in addition to its own, some in place of them.",
        "system-trust-by-default untrusted-root",
        {
          tests: [["packages/trust/src/explicit-source.test.ts", "SSL_CERT_FILE"]],
        },
      ),
      trap(
        "environment-switches-it-off",
        everywhere,
        "`NODE_TLS_REJECT_UNAUTHORIZED=0` turns verification off in programs that do not set `rejectUnauthorized` themselves.",
        "environment-cannot-switch-it-off",
      ),
      trap(
        "flag-switches-it-off",
        ["Deno"],
        "`--unsafely-ignore-certificate-errors` turns verification off for the whole process.",
        "",
        {
          tests: [
            ["packages/transport-deno/test/flags.test.ts", "--unsafely-ignore-certificate-errors lets nobody in"],
          ],
        },
      ),
      trap(
        "refusal-hides-the-chain",
        everywhere,
        "With `rejectUnauthorized: true`, a program that refuses a peer cannot see the peer's certificates, nor every reason.",
        "untrusted-root self-signed expired several-reasons client-wrong-ca client-expired",
      ),
      trap(
        "no-refusal-might-mean-no-proof",
        everywhere,
        "Our gate needs `rejectUnauthorized: false`. Even so, the peer must prove that it has the key of its certificate.",
        "",
        {
          tests: [
            [hostile, "a server that signs with another key than its certificate's is refused"],
            [hostile, "so is a client"],
          ],
        },
      ),
      trap(
        "exception-in-a-callback",
        everywhere,
        "An exception thrown in `checkServerIdentity` ends the process.",
        "wrong-name names-resolver-fails many-bad-peers",
        { tests: [[bunNative, "wrong name"]] },
      ),
      trap(
        "authorized-without-certificate",
        ["Deno", "Node 22"],
        "`authorized` is true for clients without a certificate: on Deno for all of them, if `rejectUnauthorized` is true; on Node 22 for those that resume a session.",
        "client-missing client-missing-tls12 client-requested-and-missing client-resumes-without-a-certificate",
      ),
      trap(
        "server-socket-verifies-nobody",
        ["Node", "Deno"],
        "`new TLSSocket(socket, { isServer: true })` accepts clients whose certificates are refused elsewhere.",
        "starttls-client-certificate starttls-client-certificate-refused starttls-reversed wrap-refused-client",
      ),
    ],
  },
  {
    title: "Certificates that runtimes judge differently",
    traps: [
      trap(
        "names-in-the-subject",
        everywhere,
        "The common name is matched if there is no other name, and so are wildcards that are only a part of a label (`f*.example.com`).",
        "common-name-only common-name-beside partial-wildcard wildcard-two-labels wildcard-inner-label",
      ),
      trap("expired-root", ["Deno"], "An expired root is still trusted.", "root-expired client-root-expired"),
      trap(
        "first-path-only",
        ["Node", "Bun"],
        "If the peer sends two certificates of one CA, the first decides, even if it leads nowhere.",
        "useless-cross-sign-first",
      ),
      trap(
        "weak-algorithms",
        ["Bun"],
        "SHA-1 signatures and RSA keys of 1024 bits are accepted.",
        "signed-with-sha1 issued-by-small-key",
      ),
      trap(
        "what-is-an-anchor",
        everywhere,
        "An intermediate that is listed as trusted is always an anchor on Deno, and on Node and Bun only with `allowPartialTrustChain`. A listed leaf always is.",
        "anchor-is-an-intermediate anchor-is-the-leaf trust-intermediates-are-no-anchors client-intermediates-are-no-anchors",
      ),
      trap(
        "revocation-unheard",
        ["Deno"],
        "Revocation lists (`crl`) are accepted and ignored.",
        "crl-revoked-server crl-revoked-client crl-status-unknown ocsp-response-at-hand",
      ),
      trap(
        "refusal-is-silent",
        ["Node", "Bun"],
        "A peer that is refused after the handshake gets no alert. If the connection were ended in order, it would look like success.",
        "nothing-sent-to-the-refused client-wrong-ca client-missing",
      ),
    ],
  },
  {
    title: "Chains that are not what was sent",
    traps: [
      trap(
        "asking-once",
        ["Node"],
        "After one getter has shown the peer's certificates, the others show nothing.",
        "peer-chain-as-presented client-good-intermediate",
      ),
      trap(
        "hidden-intermediates",
        ["Node 24.21"],
        "A server sees only the first of the certificates that a client sent.",
        "client-good-intermediate client-intermediates-given client-intermediates-are-ours-alone",
      ),
      trap(
        "leaf-only",
        ["Bun"],
        "`fetch` shows its callback only the server's own certificate.",
        "good-intermediate peer-chain-as-presented",
        { tests: [[bunNative, "hidden intermediate"]] },
      ),
      trap(
        "added-strangers",
        everywhere,
        "The chain that is shown goes on with certificates that the peer never sent: from our own trust, or from another context.",
        "peer-chain-as-presented missing-intermediate client-missing-intermediate",
      ),
      trap(
        "anchors-are-sent",
        ["Deno"],
        "A server that verifies clients sends the CAs that it trusts to every client, after its own certificate.",
        "client-good",
        {
          tests: [
            [denoServers, "sent without client authentication"],
            [denoServers, "listening with 201 anchors"],
          ],
        },
      ),
    ],
  },
  {
    title: "Names on their way",
    traps: [
      trap(
        "no-name-sent",
        ["Node"],
        "A client that connects to a host name does not send that name (SNI) unless `servername` is set.",
        "server-name-sent names-table",
      ),
      trap(
        "address-sent-as-name",
        ["Bun", "Deno"],
        "An IP address is sent as a server name (SNI), or sending a name cannot be turned off.",
        "server-name-not-sent-for-address good-ip-address",
      ),
      trap(
        "host-rewritten",
        everywhere,
        "`new URL` rewrites short, hexadecimal and full-width addresses, drops tabs, and decodes escapes.",
        "target-is-not-rewritten target-with-bad-name",
      ),
    ],
  },
  {
    title: "Options that are taken and ignored",
    traps: [
      trap(
        "suites-ignored",
        ["Bun", "Deno"],
        "Bun ignores which TLS 1.3 suites are chosen. Deno ignores which suites are chosen at all, and whose order counts.",
        "ciphers-of-tls13 ciphers-chosen-by-the-client ciphers-chosen-by-the-server ciphers-none-available",
      ),
      trap(
        "security-level-ignored",
        ["Bun", "Deno"],
        "OpenSSL's security levels (`@SECLEVEL=n`) do not exist.",
        "cipher-security-level",
      ),
      trap(
        "groups-ignored",
        ["Deno"],
        "Groups (`ecdhCurve`) are accepted, misspelt ones as well, and ignored.",
        "groups-in-order groups-none-in-common group-x25519",
      ),
      trap(
        "hybrid-group-missing",
        ["Node 22"],
        "Node 22.12, with OpenSSL 3.0, has no ML-KEM. A list of groups that names it is an error of OpenSSL's.",
        "group-x25519mlkem768 groups-default",
      ),
      trap(
        "signatures-ignored",
        ["Deno"],
        "Signature schemes (`sigalgs`) are accepted and ignored.",
        "signature-algorithms-of-the-client signature-algorithms-of-the-server",
      ),
      trap(
        "dh-ignored",
        ["Node", "Bun", "Deno"],
        "Node leaves out Diffie-Hellman parameters that are too weak or unreadable, without a word. Bun and Deno ignore all of them.",
        "dh-parameters dh-parameters-that-are-weak",
        {
          tests: [
            [
              "packages/options/src/key-exchange/diffie-hellman-parameters.test.ts",
              "X9.42 parameters, which need no safe prime, get advice",
            ],
          ],
        },
      ),
      trap(
        "old-versions-ignored",
        ["Deno"],
        "A minimum version below TLS 1.2 is accepted, and nothing below TLS 1.2 is spoken.",
        "tls1.0-asked-for-by-name tls1.1-asked-for-by-name tls12-only-client tls13-only",
      ),
      trap(
        "staples-ignored",
        ["Bun", "Deno"],
        "A client can ask for a stapled OCSP response, but is never shown one. A server cannot staple.",
        "staple-good staple-revoked staple-missing",
      ),
      trap(
        "key-log-ignored",
        ["Bun", "Deno"],
        "Bun logs the secrets of servers only. Deno logs none.",
        "key-log-client key-log-server",
      ),
      trap(
        "keys-it-cannot-use",
        ["Bun", "Deno"],
        "RSASSA-PSS, Ed448 and ML-DSA keys do not work. That shows when the server begins to listen, or only in each handshake.",
        "good-rsa-pss good-ed448 good-ml-dsa signature-scheme-ed448",
      ),
      trap(
        "second-certificate-ignored",
        ["Deno"],
        "If a server has several certificates for one name (RSA and ECDSA, say), only one is used.",
        "names-table names-mistakes",
        { because: "Options take one identity for each name." },
      ),
      trap(
        "broken-trust-skipped",
        ["Node", "Deno"],
        "Damaged entries among the trusted certificates are skipped, or the connection is never made and there is no error.",
        "anchors-that-are-none bad-tls-options",
      ),
      trap(
        "listens-with-wrong-key",
        ["Deno"],
        "A server listens with a key that does not belong to its certificate, or with a wrong passphrase, and fails in each handshake.",
        "key-of-another-certificate key-with-wrong-passphrase listen-needs-an-identity",
        { tests: [[denoServers, "a key of another certificate"]] },
      ),
      trap(
        "protocols-ignored",
        ["Bun", "Deno"],
        "`Bun.serve`, `fetch` and `Deno.serve` negotiate their own ALPN protocols, whatever is asked for.",
        "alpn-agreed alpn-none-in-common options-do-not-leak",
        {
          tests: [
            [bunNative, "fetch refuses by name"],
            [denoNative, "Deno.serve refuses by name"],
          ],
        },
      ),
    ],
  },
  {
    title: "From clear to TLS",
    traps: [
      trap(
        "handshake-begun-too-late",
        ["Deno"],
        "A server that turns a connection into TLS (STARTTLS) loses the bytes that came before it did so, and hangs.",
        "starttls starttls-eager-client starttls-function wrap-end-of-another",
      ),
    ],
  },
  {
    title: "Bytes, ends and limits",
    traps: [
      trap(
        "no-back-pressure",
        ["Deno"],
        "A peer can send without limit to a program that does not read.",
        "reader-that-does-not-read",
        { tests: [[denoFlow, "nobody reads"]] },
      ),
      trap(
        "reset-looks-like-the-end",
        ["Deno", "Node"],
        "A connection that was reset looks as if the peer had ended it in order.",
        "truncated-by-reset abort-after-the-peer-has-ended ways-to-end",
      ),
      trap(
        "reset-behind-unread-data",
        ["Node"],
        "A connection that was reset while received data waited to be read often looks as if the peer had ended it in order.",
        "",
        {
          because:
            "It does concern us: nothing public shows the difference. The README of `@tlskit/transport` says so; the measurement is in `docs/decisions/0016-what-connections-cost.md`.",
        },
      ),
      trap(
        "write-that-never-ends",
        ["Node"],
        "When a reset meets what a server sends by itself (session tickets), the connection looks as if the peer had ended it, and every later write waits for ever.",
        "reset-in-the-moment-of-being-let-in reset-in-the-moment-of-being-let-in-after-a-word reset-in-the-moment-of-being-let-in-while-we-end reset-in-the-moment-of-being-let-in-behind-unread-data",
      ),
      trap(
        "end-before-anybody-listens",
        ["Node", "Bun"],
        "What a peer ends while its certificate is still being verified ends the whole connection, or its end is told to nobody.",
        "half-close-before-the-client-has-verified half-close-before-the-server-has-verified",
      ),
      trap(
        "end-without-goodbye",
        everywhere,
        "A connection that somebody on the network has cut, without close_notify, looks as if the peer had ended it in order.",
        "",
        {
          because:
            "It does concern us: no runtime's node:tls shows the difference. The README of `@tlskit/transport` says so, and what protocols need to do about it.",
        },
      ),
      trap(
        "no-limit-for-handshakes",
        everywhere,
        "A client waits forever for a server that says nothing. Servers have limits of their own, which differ.",
        "server-silent client-silent client-silent-midway starttls-silent-peer wrap-silent-peer half-open-many",
      ),
      trap(
        "crash-in-the-callback",
        ["Node"],
        "The process crashes if a socket and the TLS socket above it are destroyed in the same turn of the handshake callback.",
        "many-bad-peers untrusted-root client-wrong-ca",
      ),
    ],
  },
  {
    title: "Sessions",
    traps: [
      trap(
        "resumed-without-a-name",
        ["Node"],
        "A client that resumes a session is shown no certificate, and the server's name is not checked.",
        "resumed resume-with-another-host resume-with-a-removed-root resume-with-an-expired-leaf resume-with-a-revoked-leaf resume-after-the-revocation",
      ),
      trap(
        "resumed-client-has-no-chain",
        ["Node"],
        "If a client resumes a session, the server is shown the client's certificate without its intermediates.",
        "client-resumed client-resumes-after-its-revocation client-resumes-unverified",
      ),
      trap(
        "ticket-of-another-identity",
        ["Node"],
        "Servers with the same ticket keys accept each other's tickets, even if their certificates and their client authentication differ.",
        "resume-with-another-identity resume-with-another-client-policy resume-with-another-secret",
      ),
      trap(
        "ticket-of-another-name",
        ["Bun"],
        "A session that was made for one server name is resumed for another.",
        "resume-under-another-name resume-with-another-host session-store-confuses-keys",
      ),
      trap(
        "ticket-of-another-server",
        ["Deno"],
        "All servers of a process resume each other's sessions, even if they trust different CAs. No option changes that.",
        "not-resumed-without-the-option resumed",
        {
          tests: [
            [denoServers, "resumed where another CA is trusted"],
            [denoServers, "resumed where nobody has verified it"],
          ],
        },
      ),
      trap(
        "ticket-keys-ignored",
        ["Bun", "Deno"],
        "Ticket keys are accepted and ignored.",
        "resume-elsewhere resume-with-another-secret resume-after-rotation",
      ),
      trap(
        "sessions-outlive-trust",
        everywhere,
        "A session can be resumed although what was trusted when it was made is no longer trusted.",
        "resume-with-other-trust trust-resumption update-trust client-resumes-under-other-trust client-resumes-with-a-removed-root",
      ),
      trap(
        "negotiated-again",
        ["Node"],
        "On a TLS 1.2 connection the peer may renegotiate unless that is forbidden.",
        "nothing-resumed-nothing-early",
        {
          tests: [
            [hostile, "a client that wants to negotiate again does not get it"],
            ["packages/transport-node/test/openssl-interop.test.ts", "renegotiation is refused"],
          ],
        },
      ),
    ],
  },
  {
    title: "Errors that say something else",
    traps: [
      trap(
        "codes-of-their-own",
        everywhere,
        "The same failure of a handshake has another code on each runtime and with each version of OpenSSL. Some failures have none.",
        "alerts-of-the-server no-common-version alpn-none-in-common ciphers-none-in-common server-speaks-clear client-speaks-clear server-hangs-up client-resets",
      ),
      trap(
        "garbage-or-tls",
        ["Deno"],
        "Data that is not TLS, and TLS that is wrong, have the same code. So have alerts of the peer and errors found on our own side.",
        "server-sends-garbage server-sends-nonsense-in-tls wrap-peer-not-tls alerts-of-the-server",
      ),
      trap(
        "too-old-is-any-failure",
        ["Deno"],
        "The error about a client that knows only TLS 1.1 has the code of an alert that nobody has sent.",
        "client-is-too-old",
      ),
      trap(
        "silent-about-unknown-names",
        ["Node", "Bun"],
        "A server whose callback has no certificate for a name hangs up, and the client is not told why.",
        "names-unknown names-resolver-fails",
      ),
      trap(
        "silent-where-names-choose",
        ["Deno"],
        "A server that chooses its certificate by name ends a failed handshake without an alert.",
        "alerts-where-names-choose client-is-too-old",
      ),
      trap(
        "alert-without-address",
        ["Node", "Bun"],
        "If a client sends an alert and then resets the connection, the alert is reported with a socket that no longer has an address.",
        "alert-before-a-reset",
      ),
      trap(
        "alert-in-clear",
        ["Bun"],
        "A TLS 1.3 client on OpenSSL (curl) sends its alert in clear. A server on Bun takes that for a packet of bad length.",
        "",
        {
          because:
            "It does concern us: nothing public shows the alert. The code is `HANDSHAKE_FAILED`, and the message says what it may have been.",
        },
      ),
      trap(
        "refusal-comes-late",
        everywhere,
        "In TLS 1.3 a client is connected before the server has looked at the client's certificate.",
        "client-missing client-wrong-ca nothing-sent-to-the-refused",
        {
          tests: [
            [
              "packages/transport-node/test/openssl-interop.test.ts",
              "TRN-37: TLS 1.3, a client certificate is missing",
            ],
          ],
          because:
            "Over HTTP it is the request that fails: with the runtime's `ECONNRESET` on Node and Bun, and with our `CONNECTION_RESET` on Deno",
        },
      ),
    ],
  },
  {
    title: "Values that are made up",
    traps: [
      trap(
        "made-up-finished",
        ["Bun", "Deno"],
        "The getter of the Finished message gives another value, or none.",
        "exporter",
        {
          because:
            "Connections have no Finished message: `exportKeyingMaterial` binds to a connection, and is refused on Deno.",
        },
      ),
      trap(
        "made-up-session",
        ["Deno"],
        "The getter of a session gives something that cannot be resumed.",
        "resumed not-resumed-on-one-side",
      ),
    ],
  },
];
