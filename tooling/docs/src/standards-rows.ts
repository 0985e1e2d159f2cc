// What tlskit implements of which standard, where, and what proves it. Reviewed by hand; the files are checked to exist.

/** One section of one standard. */
export interface StandardRow {
  readonly section: string;
  readonly what: string;
  /** Paths below the repository's root. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  readonly status: "done" | "in part" | "not done";
  /** What is missing, or deliberately otherwise. */
  readonly note?: string;
}

/** One standard. */
export interface Standard {
  readonly name: string;
  readonly rows: readonly StandardRow[];
}

const X509 = "packages/x509/src";
const VERIFY = "packages/verify/src";
const EXTENSIONS_TEST = `${X509}/extensions/extensions.test.ts`;
const CERTIFICATE_TEST = `${X509}/certificate.test.ts`;
const RULES_TEST = "packages/verify/test/rules.test.ts";
const VECTORS_TEST = "tooling/vectors/test/vectors.test.ts";
const CRL_TESTS = ["packages/verify/test/crl.test.ts", "packages/verify/test/crl-delta-indirect.test.ts"] as const;
const OCSP_TEST = "packages/verify/test/ocsp.test.ts";
const DIFFERENTIAL_TEST = "packages/verify/test/differential.test.ts";
const OPTIONS = "packages/options/src";
const CONFORMANCE_TEST = "packages/transport-node/test/conformance.test.ts";
const OPENSSL_TEST = "packages/transport-node/test/openssl-algorithms.test.ts";
const IDENTITY_TEST = `${VERIFY}/identity/match.test.ts`;

/** All of them, in the order of the page. */
export const STANDARDS: readonly Standard[] = [
  {
    name: "ITU-T X.690: DER",
    rows: [
      done(
        "8, 10, 11",
        "definite minimal lengths, minimal integers, one encoding of everything",
        [`${X509}/der/walk.ts`, `${X509}/der/reader.ts`, `${X509}/der/writer.ts`],
        [`${X509}/der/walk.test.ts`, `${X509}/der/codec.test.ts`],
      ),
    ],
  },
  {
    name: "RFC 5280: certificates",
    rows: [
      done(
        "4.1",
        "the structure of a certificate",
        [`${X509}/certificate/certificate-outline.ts`, `${X509}/certificate.ts`],
        [CERTIFICATE_TEST],
      ),
      done(
        "4.1.1.2",
        "one signature algorithm, inside and beside",
        [`${VERIFY}/rules/rfc5280-form.ts`],
        [RULES_TEST, VECTORS_TEST],
      ),
      done(
        "4.1.2.2, 4.1.2.5",
        "serial numbers and times; what deviates is recorded, and judged by profile",
        [`${X509}/certificate/deviation.ts`, `${VERIFY}/rules/validity.ts`],
        [CERTIFICATE_TEST, RULES_TEST],
      ),
      done(
        "4.1.2.4, 7.1",
        "names, lossless, and when two are the same",
        [`${X509}/distinguished-name/distinguished-name.ts`, `${X509}/distinguished-name/match-name.ts`],
        [`${X509}/distinguished-name/distinguished-name.test.ts`],
      ),
      done(
        "4.2",
        "every extension by type; critical ones that are unknown refuse",
        [`${X509}/extensions/extension-values.ts`, `${VERIFY}/rules/extensions.ts`],
        [EXTENSIONS_TEST, RULES_TEST],
      ),
      done(
        "4.2.1.1, 4.2.1.2",
        "key identifiers: hints for building paths, formal demands by profile",
        [`${VERIFY}/search/issuer-index.ts`, `${VERIFY}/rules/rfc5280-form.ts`],
        [RULES_TEST, VECTORS_TEST],
      ),
      done("4.2.1.3", "key usage", [`${VERIFY}/rules/key-usage.ts`], [RULES_TEST, VECTORS_TEST]),
      done(
        "4.2.1.4",
        "critical policies: their qualifiers must be understood",
        [`${VERIFY}/rules/extensions.ts`],
        [RULES_TEST],
      ),
      done(
        "4.2.1.6",
        "subject alternative names, and how they must be written, by profile",
        [`${X509}/general-name/general-name.ts`, `${VERIFY}/rules/rfc5280-form.ts`],
        [`${X509}/general-name/general-name.test.ts`, RULES_TEST],
      ),
      done(
        "4.2.1.9",
        "basic constraints and path length",
        [`${VERIFY}/rules/basic-constraints.ts`],
        [RULES_TEST, VECTORS_TEST],
      ),
      done(
        "4.2.1.10",
        "name constraints: DNS, IP, e-mail, URI, directory names; any other type that is constrained and present refuses",
        [`${VERIFY}/rules/name-constraints.ts`, `${VERIFY}/rules/constraint-match.ts`],
        [
          "packages/verify/test/name-constraints.test.ts",
          "packages/verify/test/name-constraints-openssl.test.ts",
          VECTORS_TEST,
          DIFFERENTIAL_TEST,
        ],
      ),
      done(
        "4.2.1.12",
        "extended key usage, also as a limit to what is below a CA",
        [`${VERIFY}/rules/extended-key-usage.ts`],
        [RULES_TEST, VECTORS_TEST],
      ),
      done(
        "4.2.2.1",
        "authority information access: the address of a missing issuer is reported",
        [`${VERIFY}/reasons/diagnosis.ts`],
        ["packages/verify/test/verify-path.test.ts"],
        "nothing is fetched",
      ),
    ],
  },
  {
    name: "RFC 5280: paths",
    rows: [
      done(
        "6.1",
        "validation of a path",
        [`${VERIFY}/search/path-search.ts`, `${VERIFY}/judge.ts`, `${VERIFY}/rules/table.ts`],
        [RULES_TEST, VECTORS_TEST, DIFFERENTIAL_TEST],
      ),
      done(
        "6.1.1 (d), 6.2",
        "anchors: name, key, validity, CA bit, name constraints, and the limits of the trust store",
        [`${VERIFY}/rules/anchor.ts`, `${VERIFY}/anchors/trust-anchors.ts`],
        [RULES_TEST],
        "path length and purposes of the anchor's certificate count in the formal profiles",
      ),
      done(
        "6.1.2 to 6.1.6",
        "policies, mappings, constraints, as a graph (RFC 9618)",
        [`${VERIFY}/rules/policy-graph.ts`, `${VERIFY}/rules/policies.ts`],
        ["packages/verify/test/policy-tree.test.ts", VECTORS_TEST, "packages/verify/test/budget.test.ts"],
      ),
      done(
        "6.1.4 (e)",
        "DSA parameters that are inherited",
        [`${VERIFY}/search/path-search.ts`, `${X509}/keys/spki.ts`],
        ["packages/verify/test/admit.test.ts", VECTORS_TEST],
      ),
    ],
  },
  {
    name: "RFC 5280: revocation",
    rows: [
      done(
        "5",
        "CRLs, complete, delta and indirect, read and issued",
        [`${X509}/certificate-revocation-list.ts`, `${X509}/issue/issue-crl.ts`],
        [
          `${X509}/certificate-revocation-list.test.ts`,
          `${X509}/crl/crl-outline.test.ts`,
          `${X509}/crl/revoked-entries.test.ts`,
          `${X509}/issue/issue-crl.test.ts`,
        ],
      ),
      done(
        "6.3",
        "what CRLs say about a certificate: distribution points, scopes, reasons, deltas, other CRL issuers",
        [
          `${VERIFY}/revocation/crl-status.ts`,
          `${VERIFY}/revocation/crl-scope.ts`,
          `${VERIFY}/revocation/crl-signer.ts`,
        ],
        [
          ...CRL_TESTS,
          "packages/verify/test/crl-algorithm.test.ts",
          VECTORS_TEST,
          "packages/verify/test/revocation-openssl.test.ts",
        ],
      ),
    ],
  },
  {
    name: "RFC 6960: OCSP",
    rows: [
      done(
        "4",
        "requests and responses",
        [`${X509}/ocsp/ocsp-request.ts`, `${X509}/ocsp/ocsp-response.ts`],
        [`${X509}/ocsp/ocsp.test.ts`],
      ),
      done(
        "3.2, 4.2.2",
        "which response counts: responder, delegation, times, critical extensions",
        [`${VERIFY}/revocation/ocsp-status.ts`, `${VERIFY}/revocation/ocsp-responder.ts`],
        [OCSP_TEST, VECTORS_TEST, "packages/verify/test/revocation-openssl.test.ts"],
      ),
    ],
  },
  {
    name: "RFC 9525: service identity",
    rows: [
      done(
        "6.3",
        "DNS names: wildcards for one whole left-most label, A-labels, never the common name",
        [`${VERIFY}/identity/match.ts`, `${VERIFY}/identity/domain.ts`],
        [IDENTITY_TEST, `${VERIFY}/identity/parse-host.test.ts`],
      ),
      done(
        "6.4, 6.5",
        "IP addresses, URIs (SPIFFE), SRV names, e-mail addresses (RFC 9598)",
        [`${VERIFY}/identity/match.ts`, `${VERIFY}/identity/parse-service-id.ts`, `${VERIFY}/identity/other-name.ts`],
        [IDENTITY_TEST],
      ),
    ],
  },
  {
    name: "Path building and hostile input",
    rows: [
      done(
        "RFC 4158",
        "building with backtracking over any pool; hints order and never decide",
        [`${VERIFY}/search/path-search.ts`, `${VERIFY}/search/issuer-index.ts`],
        [
          "packages/verify/test/verify-path.test.ts",
          "packages/verify/test/path-completeness.test.ts",
          DIFFERENTIAL_TEST,
        ],
      ),
      done(
        "RFC 5280 9",
        "bounded work: signatures, steps, comparisons, policies, bytes",
        [`${VERIFY}/search/budget.ts`],
        ["packages/verify/test/budget.test.ts", "packages/verify/test/admit.test.ts", VECTORS_TEST],
      ),
    ],
  },
  {
    name: "Algorithms",
    rows: [
      done(
        "RFC 3279, 4055, 5758, 8410, 9881",
        "RSA, RSASSA-PSS, ECDSA, Ed25519, Ed448, ML-DSA; DSA to be checked, never made",
        [
          `${X509}/signature/signature-algorithm-table.ts`,
          `${X509}/signature/pss-parameters.ts`,
          `${X509}/keys/key-algorithm.ts`,
        ],
        [`${X509}/signature/signature-algorithm.test.ts`, `${X509}/crypto/backends.test.ts`, VECTORS_TEST],
      ),
      done(
        "NIST SP 800-57, RFC 5480, 6151, 6194, 9155",
        "weak keys and hashes are refused, and admitted by an explicit argument alone",
        [`${VERIFY}/rules/strength.ts`, `${VERIFY}/input/settings.ts`],
        [RULES_TEST, "packages/verify/test/admit.test.ts"],
      ),
    ],
  },
  {
    name: "CA/Browser Forum Baseline Requirements",
    rows: [
      {
        ...done(
          "3.2.2.6, 6.1.5, 6.1.6, 7.1.2, 7.1.4",
          "profile `webpki`",
          [`${VERIFY}/rules/webpki-form.ts`, `${VERIFY}/rules/strength.ts`],
          [RULES_TEST, VECTORS_TEST],
        ),
        status: "in part",
        note: "validity periods, certificate transparency and policy OIDs are for linters",
      },
    ],
  },
  {
    name: "RFC 6962: certificate transparency",
    rows: [
      {
        ...done(
          "3.3",
          "timestamps are read and printed",
          [`${X509}/extensions/signed-certificate-timestamps.ts`],
          [EXTENSIONS_TEST],
        ),
        status: "in part",
        note: "none is demanded: no list of logs is at hand",
      },
      done(
        "3.2",
        "timestamps in a certificate, by the logs that a trust store believes: when it was issued, for `distrustAfter`",
        [`${VERIFY}/transparency/logged-at.ts`, `${VERIFY}/transparency/precertificate.ts`],
        ["packages/verify/test/transparency.test.ts", "tooling/vectors/test/transparency.test.ts"],
      ),
    ],
  },
  {
    name: "RFC 7469: pins",
    rows: [
      done(
        "2.4, 2.6",
        "a path must hold one of the pinned keys; what HTTP says about pins is nobody's business here",
        [`${VERIFY}/rules/trust-store.ts`],
        ["packages/verify/test/trust-limits.test.ts"],
      ),
    ],
  },
  {
    name: "TLS: what is negotiated",
    rows: [
      done(
        "RFC 8446, 9.1; RFC 9325, 3.1, 4.2",
        "TLS 1.2 and 1.3; AEAD suites with forward secrecy unless others are asked for",
        [`${OPTIONS}/checks/version-range.ts`, `${OPTIONS}/compile/compile-algorithms.ts`],
        [`${OPTIONS}/checks/version-range.test.ts`, `${OPTIONS}/algorithms.test.ts`, OPENSSL_TEST],
      ),
      done(
        "RFC 8996, RFC 7568",
        "TLS 1.0 and 1.1 by name only, SSLv3 never",
        [`${OPTIONS}/checks/version-range.ts`],
        [`${OPTIONS}/checks/version-range.test.ts`, OPENSSL_TEST],
      ),
      done(
        "RFC 9155",
        "no handshake is signed with MD5 or SHA-1",
        [`${OPTIONS}/key-exchange/signature-schemes.ts`],
        [CONFORMANCE_TEST],
        "but TLS 1.0 and 1.1, where they are asked for, know nothing else",
      ),
      done(
        "RFC 7919; RFC 9325, 4.4",
        "groups for Diffie-Hellman, by name and by value; no others but safe primes of 2048 bits",
        [`${OPTIONS}/key-exchange/ffdhe.ts`, `${OPTIONS}/key-exchange/diffie-hellman-parameters.ts`],
        [`${OPTIONS}/key-exchange/diffie-hellman-parameters.test.ts`, OPENSSL_TEST],
      ),
      done(
        "RFC 7301",
        "application protocols; none in common ends the handshake",
        [`${OPTIONS}/protocol-negotiation.ts`],
        [CONFORMANCE_TEST],
      ),
    ],
  },
  {
    name: "Names, requests and containers",
    rows: [
      done(
        "RFC 4514, 4518",
        "names as text, both ways",
        [`${X509}/distinguished-name/name-text.ts`],
        [`${X509}/distinguished-name/distinguished-name.test.ts`],
      ),
      done("RFC 7468", "PEM", [`${X509}/pem/pem.ts`], [`${X509}/pem/pem.test.ts`]),
      done(
        "RFC 2986",
        "certificate requests (PKCS #10)",
        [`${X509}/certificate-request.ts`],
        [`${X509}/certificate-request.test.ts`],
      ),
      done(
        "RFC 5958, 5915, 8017, 8018",
        "private keys, plain and encrypted",
        [`${X509}/key-pair.ts`, `${X509}/keys/open-private-key.ts`, `${X509}/containers/encrypted-pkcs8.ts`],
        [
          `${X509}/keys/openssl-keys.test.ts`,
          `${X509}/keys/private-key.test.ts`,
          `${X509}/encryption/encrypted-private-key.test.ts`,
          `${X509}/containers/containers.test.ts`,
        ],
      ),
      done(
        "RFC 5652, 7292, 9579",
        "PKCS #7 bundles, PKCS #12",
        [`${X509}/containers/pkcs7.ts`, `${X509}/containers/pkcs12.ts`],
        [
          `${X509}/containers/containers.test.ts`,
          `${X509}/containers/pkcs12.test.ts`,
          `${X509}/containers/rfc9579.test.ts`,
        ],
      ),
    ],
  },
];

function done(
  section: string,
  what: string,
  files: readonly string[],
  tests: readonly string[],
  note?: string,
): StandardRow {
  return { section, what, files, tests, status: "done", ...(note === undefined ? {} : { note }) };
}
