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
        "`Bun.connect` speaks in clear where its TLS options are empty or unknown to it.",
        "never-in-clear handshake-begins-at-once",
      ),
      trap(
        "own-api-hears-nothing",
        ["Bun", "Deno"],
        "`Deno.serve`, `Deno.listenTls` and `Bun.serve` pass over options that they do not have, client authentication among them.",
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
        "`Deno.createHttpClient` trusts the CAs that it is given beside its own roots, not in their place.",
        "untrusted-root system-trust-by-default",
        { tests: [[denoNative, "a client without our verifier takes consent"]] },
      ),
      trap(
        "roots-from-the-environment",
        everywhere,
        "Which variables and switches bring other roots, beside the others or in their place, differs from runtime to runtime.",
        "system-trust-by-default untrusted-root",
        {
          tests: [["packages/trust/src/explicit-source.test.ts", "SSL_CERT_FILE"]],
        },
      ),
      trap(
        "environment-switches-it-off",
        everywhere,
        "`NODE_TLS_REJECT_UNAUTHORIZED=0` ends verification where a program has not insisted on it.",
        "environment-cannot-switch-it-off",
      ),
      trap(
        "flag-switches-it-off",
        ["Deno"],
        "`--unsafely-ignore-certificate-errors` ends it for the whole process.",
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
        "With `rejectUnauthorized: true` nobody sees whom the runtime has refused, nor why.",
        "untrusted-root self-signed expired several-reasons client-wrong-ca client-expired",
      ),
      trap(
        "no-refusal-might-mean-no-proof",
        everywhere,
        "With `rejectUnauthorized: false`, which our gate needs, the peer must still prove that it has its certificate's key.",
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
        "What is thrown in `checkServerIdentity` ends the process.",
        "wrong-name names-resolver-fails many-bad-peers",
        { tests: [[bunNative, "wrong name"]] },
      ),
      trap(
        "authorized-without-certificate",
        ["Deno", "Node 22"],
        "`authorized` is true of clients that showed no certificate: of all on Deno, if it is to refuse by itself; of resumed ones on Node.",
        "client-missing client-missing-tls12 client-requested-and-missing client-resumes-without-a-certificate",
      ),
      trap(
        "server-socket-verifies-nobody",
        ["Node", "Deno"],
        "`new TLSSocket(socket, { isServer: true })` lets in clients whose certificates are refused elsewhere.",
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
        "The common name counts where there is no other, and so do wildcards within a label.",
        "common-name-only common-name-beside partial-wildcard wildcard-two-labels wildcard-inner-label",
      ),
      trap("expired-root", ["Deno"], "A root that has expired still vouches.", "root-expired client-root-expired"),
      trap(
        "first-path-only",
        ["Node", "Bun"],
        "Of two certificates of one CA the first that was sent decides, even if it leads nowhere.",
        "useless-cross-sign-first",
      ),
      trap(
        "weak-algorithms",
        ["Bun"],
        "Signatures with SHA-1 and RSA keys of 1024 bits are good enough.",
        "signed-with-sha1 issued-by-small-key",
      ),
      trap(
        "what-is-an-anchor",
        everywhere,
        "An intermediate that is listed as trusted is an anchor always, never or on request; a leaf that is, always.",
        "anchor-is-an-intermediate anchor-is-the-leaf trust-intermediates-are-no-anchors client-intermediates-are-no-anchors",
      ),
      trap(
        "revocation-unheard",
        ["Deno"],
        "Revocation lists are taken and not looked at.",
        "crl-revoked-server crl-revoked-client crl-status-unknown ocsp-response-at-hand",
      ),
      trap(
        "refusal-is-silent",
        ["Node", "Bun"],
        "Whoever is refused after the handshake gets no alert; an orderly end would look like success.",
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
        "The first getter that shows the peer's certificates leaves the others nothing.",
        "peer-chain-as-presented client-good-intermediate",
      ),
      trap(
        "hidden-intermediates",
        ["Node 24.21"],
        "A server sees the first of the certificates that a client sent, and no other.",
        "client-good-intermediate client-intermediates-given client-intermediates-are-ours-alone",
      ),
      trap(
        "leaf-only",
        ["Bun"],
        "`fetch` shows its callback the server's own certificate, and no other.",
        "good-intermediate peer-chain-as-presented",
        { tests: [[bunNative, "hidden intermediate"]] },
      ),
      trap(
        "added-strangers",
        everywhere,
        "A chain goes on with certificates that the peer never sent: of our own trust, or of another context.",
        "peer-chain-as-presented missing-intermediate client-missing-intermediate",
      ),
      trap("anchors-are-sent", ["Deno"], "A server sends along whatever it verifies its clients by.", "client-good", {
        tests: [
          [denoServers, "sent without client authentication"],
          [denoServers, "listening with 201 anchors"],
        ],
      }),
    ],
  },
  {
    title: "Names on their way",
    traps: [
      trap(
        "no-name-sent",
        ["Node"],
        "A host that is dialled by name is not named in the handshake unless that is asked for.",
        "server-name-sent names-table",
      ),
      trap(
        "address-sent-as-name",
        ["Bun", "Deno"],
        "An IP address is sent as a name, or a name cannot be left out.",
        "server-name-not-sent-for-address good-ip-address",
      ),
      trap(
        "host-rewritten",
        everywhere,
        "`new URL` turns short, hexadecimal and full-width addresses into others, drops tabs, and decodes escapes.",
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
        "Suites of TLS 1.3 cannot be chosen on Bun, and none at all on Deno, nor whose order counts.",
        "ciphers-of-tls13 ciphers-chosen-by-the-client ciphers-chosen-by-the-server ciphers-none-available",
      ),
      trap(
        "security-level-ignored",
        ["Bun", "Deno"],
        "Security levels of OpenSSL are unknown.",
        "cipher-security-level",
      ),
      trap(
        "groups-ignored",
        ["Deno"],
        "Groups are taken, however they are spelt, and the runtime's own are used.",
        "groups-in-order groups-none-in-common group-x25519",
      ),
      trap(
        "hybrid-group-missing",
        ["Node 22"],
        "There is no ML-KEM, and to ask for it is an error of OpenSSL's.",
        "group-x25519mlkem768 groups-default",
      ),
      trap(
        "signatures-ignored",
        ["Deno"],
        "Signature schemes are taken and not used.",
        "signature-algorithms-of-the-client signature-algorithms-of-the-server",
      ),
      trap(
        "dh-ignored",
        ["Node", "Bun", "Deno"],
        "Diffie-Hellman parameters that are weak, or none at all, are left out in silence, or always are.",
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
        "A minimum below TLS 1.2 is taken, and nothing below is spoken.",
        "tls1.0-asked-for-by-name tls1.1-asked-for-by-name tls12-only-client tls13-only",
      ),
      trap(
        "staples-ignored",
        ["Bun", "Deno"],
        "A staple can be asked for, and is never shown; nothing can be stapled.",
        "staple-good staple-revoked staple-missing",
      ),
      trap(
        "key-log-ignored",
        ["Bun", "Deno"],
        "Secrets are written down by servers only, or by nobody.",
        "key-log-client key-log-server",
      ),
      trap(
        "keys-it-cannot-use",
        ["Bun", "Deno"],
        "RSASSA-PSS, Ed448 and ML-DSA keys are refused while listening, or with each handshake.",
        "good-rsa-pss good-ed448 good-ml-dsa signature-scheme-ed448",
      ),
      trap(
        "second-certificate-ignored",
        ["Deno"],
        "Of several certificates for one name, one is used.",
        "names-table names-mistakes",
        { because: "Options take one identity for each name." },
      ),
      trap(
        "broken-trust-skipped",
        ["Node", "Deno"],
        "What is no certificate among the trusted is skipped, or the connection never comes about.",
        "anchors-that-are-none bad-tls-options",
      ),
      trap(
        "listens-with-wrong-key",
        ["Deno"],
        "A key of another certificate, or a wrong passphrase, shows with each handshake and not before.",
        "key-of-another-certificate key-with-wrong-passphrase listen-needs-an-identity",
        { tests: [[denoServers, "a key of another certificate"]] },
      ),
      trap(
        "protocols-ignored",
        ["Bun", "Deno"],
        "`Bun.serve`, `fetch` and `Deno.serve` negotiate their own application protocols, whatever is asked for.",
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
        "A server that turns a connection into TLS loses what came before it looked, and hangs.",
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
        "A peer can push whatever it has at a reader that does not read.",
        "reader-that-does-not-read",
        { tests: [[denoFlow, "nobody reads"]] },
      ),
      trap(
        "reset-looks-like-the-end",
        ["Deno", "Node"],
        "A connection that was reset ends as one that has said goodbye.",
        "truncated-by-reset abort-after-the-peer-has-ended ways-to-end",
      ),
      trap(
        "reset-behind-unread-data",
        ["Node"],
        "A connection that was reset while data waited to be read often ends as one that has said goodbye.",
        "",
        {
          because:
            "It does concern us: nothing public shows the difference. The README of `@tlskit/transport` says so; the measurement is in `docs/decisions/0016-what-connections-cost.md`.",
        },
      ),
      trap(
        "end-without-goodbye",
        everywhere,
        "A connection that someone on the way has ended, without close_notify, looks like one that the peer has ended.",
        "",
        {
          because:
            "It does concern us: no runtime's node:tls shows the difference. The README of `@tlskit/transport` says so, and what protocols need to do about it.",
        },
      ),
      trap(
        "no-limit-for-handshakes",
        everywhere,
        "Clients wait for ever for a server that says nothing, and servers for a while of their own.",
        "server-silent client-silent client-silent-midway starttls-silent-peer wrap-silent-peer half-open-many",
      ),
      trap(
        "crash-in-the-callback",
        ["Node"],
        "A socket and the TLS above it that are destroyed in one turn of the handshake's callback end the process.",
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
        "A client that resumes is shown no certificate, and no name is checked.",
        "resumed resume-with-another-host resume-with-a-removed-root resume-with-an-expired-leaf resume-with-a-revoked-leaf resume-after-the-revocation",
      ),
      trap(
        "resumed-client-has-no-chain",
        ["Node"],
        "A server is shown the certificate of a client that resumes, and not what came with it.",
        "client-resumed client-resumes-after-its-revocation client-resumes-unverified",
      ),
      trap(
        "ticket-of-another-identity",
        ["Node"],
        "Servers with the same ticket keys take each other's tickets, whatever their certificates and whomever they ask.",
        "resume-with-another-identity resume-with-another-client-policy resume-with-another-secret",
      ),
      trap(
        "ticket-of-another-name",
        ["Bun"],
        "A session of one name is resumed under another.",
        "resume-under-another-name resume-with-another-host session-store-confuses-keys",
      ),
      trap(
        "ticket-of-another-server",
        ["Deno"],
        "All servers of a process resume each other's sessions, whatever each of them trusts; and no option changes it.",
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
        "Keys of tickets cannot be set, and are taken in silence.",
        "resume-elsewhere resume-with-another-secret resume-after-rotation",
      ),
      trap(
        "sessions-outlive-trust",
        everywhere,
        "What was trusted when a session was made need not be trusted now.",
        "resume-with-other-trust trust-resumption update-trust client-resumes-under-other-trust client-resumes-with-a-removed-root",
      ),
      trap(
        "negotiated-again",
        ["Node"],
        "A peer may negotiate again on a connection of TLS 1.2, unless that is forbidden.",
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
        "What went wrong in a handshake has another code on each runtime, and with each version of OpenSSL; some have none.",
        "alerts-of-the-server no-common-version alpn-none-in-common ciphers-none-in-common server-speaks-clear client-speaks-clear server-hangs-up client-resets",
      ),
      trap(
        "garbage-or-tls",
        ["Deno"],
        "What is no TLS and what is wrong in TLS have one code, and so have alerts of the peer and own findings.",
        "server-sends-garbage server-sends-nonsense-in-tls wrap-peer-not-tls alerts-of-the-server",
      ),
      trap(
        "too-old-is-any-failure",
        ["Deno"],
        "A client that knows TLS 1.1 at most has the code of an alert that nobody has sent.",
        "client-is-too-old",
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
        "The alert of a client that resets its connection afterwards is reported of a socket that has no address any more.",
        "alert-before-a-reset",
      ),
      trap(
        "alert-in-clear",
        ["Bun"],
        "To a server, an alert that a client sends in clear in TLS 1.3, as those on OpenSSL do (curl), is a packet of bad length.",
        "",
        {
          because:
            "It does concern us: nothing public shows the alert. The code is `HANDSHAKE_FAILED`, and the message says what it may have been.",
        },
      ),
      trap(
        "refusal-comes-late",
        everywhere,
        "In TLS 1.3 a client is connected before the server has looked at its certificate.",
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
        "What a getter gives as the Finished message is another value, or none.",
        "exporter",
        {
          because:
            "Connections have no Finished message: `exportKeyingMaterial` binds to a connection, and is refused on Deno.",
        },
      ),
      trap(
        "made-up-session",
        ["Deno"],
        "What a getter gives as a session resumes nothing.",
        "resumed not-resumed-on-one-side",
      ),
    ],
  },
];
