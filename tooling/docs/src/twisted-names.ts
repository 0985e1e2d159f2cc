// Twisted's twisted.internet.ssl, name by name, and what there is here instead. A test holds every name on the right
// against the real exports, and every row against the tests.

/** One name of Twisted's. */
export interface TwistedName {
  /** As Twisted writes it; a method with its class. */
  readonly name: string;
  /** `package#export` or `package#Class.member`, any number of them; none: there is nothing, and `note` says why. */
  readonly ours: readonly string[];
  /** The rows of the catalogue of behaviours that say what it does; tests carry their ids. */
  readonly rows: readonly string[];
  /** What is different. */
  readonly note: string;
}

const x509 = (name: string): string => `@tlskit/x509#${name}`;
const trust = (name: string): string => `@tlskit/trust#${name}`;
const options = (name: string): string => `@tlskit/options#${name}`;
const compat = (name: string): string => `@tlskit/options/compat#${name}`;
const tls = (name: string): string => `@tlskit/tls#${name}`;

function row(name: string, ours: readonly string[], rows: string, note: string): TwistedName {
  return { name, ours, rows: rows === "" ? [] : rows.split(" "), note };
}

/** The names of the module, in the order of its page. */
export const TWISTED_NAMES: readonly TwistedName[] = [
  row("supported", [compat("isSupported")], "LEG-07", "Asked of an adapter, and of single capabilities."),
  row(
    "ContextFactory",
    [compat("ContextFactory"), compat("toOptions")],
    "LEG-01 LEG-04",
    "Deprecated: options are values. A factory is asked once, at once.",
  ),
  row(
    "DefaultOpenSSLContextFactory",
    [compat("DefaultOpenSSLContextFactory")],
    "LEG-02",
    "Deprecated. Reads with a promise; TLS 1.2 and 1.3, where Twisted's allows SSLv3.",
  ),
  row(
    "ClientContextFactory",
    [compat("ClientContextFactory"), options("optionsForClientTLS")],
    "LEG-03",
    "Verified nothing; to make one is an error that says what to use.",
  ),
  row(
    "Client, Server, Port, Connector",
    [tls("connect"), tls("listen")],
    "LEG-06",
    "Inner classes that leaked from the module; functions take their place.",
  ),
  row(
    "KeyPair",
    [x509("KeyPair")],
    "KEY-13",
    "Also ECDSA (the default), Ed25519, Ed448, RSASSA-PSS, ML-DSA; never printed, serialised or cloned.",
  ),
  row(
    "KeyPair.load",
    [x509("KeyPair.fromPem"), x509("KeyPair.fromDer"), x509("KeyPair.fromJwk")],
    "KEY-13",
    "Encrypted keys with a passphrase; never prompts.",
  ),
  row(
    "KeyPair.dump",
    [x509("KeyPair.toPem"), x509("KeyPair.toDer"), x509("KeyPair.toJwk")],
    "KEY-14",
    "Encrypted if wanted.",
  ),
  row("KeyPair.generate", [x509("KeyPair.generate")], "KEY-15", "ECDSA P-256 by default; weak RSA keys are refused."),
  row(
    "KeyPair.inspect",
    [x509("KeyPair.inspect"), "@tlskit/x509/compat#inspectKeyPair"],
    "KEY-16",
    "Names the real algorithm.",
  ),
  row(
    "KeyPair.keyHash, PublicKey.keyHash",
    [x509("PublicKey.spkiHash"), "@tlskit/x509/compat#keyHash"],
    "KEY-11",
    "SHA-256; MD5 for comparison with Twisted only.",
  ),
  row("KeyPair.matches, PublicKey.matches", [x509("PublicKey.equals")], "KEY-12", "On the bytes of the key."),
  row(
    "KeyPair.newCertificate",
    [x509("PrivateCertificate.from"), x509("PrivateCertificate.renew")],
    "KEY-21",
    "That key and certificate belong together is checked.",
  ),
  row(
    "KeyPair.requestObject, certificateRequest",
    [x509("CertificateRequest.create")],
    "REQ-01 REQ-02",
    "With extensions; hashes that are broken are refused.",
  ),
  row(
    "KeyPair.signRequestObject, signCertificateRequest",
    [x509("PrivateCertificate.sign")],
    "REQ-07 REQ-09",
    "The issuer is a certificate, not a name.",
  ),
  row(
    "KeyPair.selfSignedCert",
    [x509("PrivateCertificate.selfSigned")],
    "REQ-15",
    "Version 3, with names that clients accept.",
  ),
  row(
    "DistinguishedName, DN",
    [x509("DistinguishedName"), x509("DN")],
    "DN-01 DN-02 DN-03 DN-13",
    "Lossless: any attribute, any order, several values, Unicode. A value that never changes.",
  ),
  row(
    "DistinguishedName.inspect",
    [x509("DistinguishedName.inspect"), "@tlskit/x509/compat#inspectName"],
    "DN-07",
    "The same layout.",
  ),
  row(
    "Certificate",
    [x509("Certificate")],
    "KEY-01 KEY-09",
    "Strict DER, read when asked for; usable as a key of a map by its id.",
  ),
  row(
    "Certificate.load, loadPEM",
    [
      x509("Certificate.fromDer"),
      x509("Certificate.fromPem"),
      x509("Certificate.allFromPem"),
      x509("Certificate.parse"),
    ],
    "KEY-01 KEY-02",
    "Trailing bytes, and a second certificate that would be dropped, are errors.",
  ),
  row("Certificate.dump, dumpPEM", [x509("Certificate.der"), x509("Certificate.toPem")], "KEY-03", "The same."),
  row(
    "Certificate.getSubject, getIssuer",
    [x509("Certificate.subject"), x509("Certificate.issuer")],
    "KEY-04",
    "Lossless.",
  ),
  row(
    "Certificate.serialNumber",
    [x509("Certificate.serialNumber"), x509("Certificate.serialNumberHex")],
    "KEY-05",
    "A bigint.",
  ),
  row(
    "Certificate.digest",
    [x509("Certificate.fingerprint"), "@tlskit/x509/compat#digest"],
    "KEY-06",
    "SHA-256 by default, where Twisted's is MD5.",
  ),
  row(
    "Certificate.inspect",
    [x509("Certificate.inspect"), "@tlskit/x509/compat#inspect"],
    "KEY-07",
    "With validity, names and usages; Twisted's own text in compat.",
  ),
  row("Certificate.getPublicKey", [x509("Certificate.publicKey")], "KEY-10", ""),
  row("Certificate.peerFromTransport", [tls("Connection")], "KEY-23", "`connection.peerCertificate`, and `peerChain`."),
  row(
    "Certificate.hostFromTransport",
    [tls("Connection")],
    "KEY-23",
    "`connection.localCertificate`; Twisted's always fails on real connections.",
  ),
  row("CertificateRequest", [x509("CertificateRequest")], "REQ-04", "With extensions, PEM, printing and comparison."),
  row(
    "CertificateRequest.load",
    [x509("CertificateRequest.parseVerified"), x509("CertificateRequest.fromDer"), x509("CertificateRequest.fromPem")],
    "REQ-03 REQ-05",
    "Verifying is a step of its own.",
  ),
  row("PrivateCertificate", [x509("PrivateCertificate")], "KEY-18", "Keeps its chain."),
  row(
    "PrivateCertificate.load, loadPEM, fromCertificateAndKeyPair",
    [x509("PrivateCertificate.from"), x509("PrivateCertificate.fromPem")],
    "KEY-18 KEY-19",
    "The chain is kept, too.",
  ),
  row(
    "PrivateCertificate.dumpPEM",
    [x509("PrivateCertificate.fullChainPem"), x509("KeyPair.toPem")],
    "KEY-20",
    "The key is written only when it is asked for.",
  ),
  row(
    "PrivateCertificate.options",
    [compat("privateCertificateOptions"), options("CertificateOptions")],
    "OPT-41",
    "Deprecated: `new CertificateOptions({ identity, trustRoot })`.",
  ),
  row("PrivateCertificate.certificateRequest", [x509("PrivateCertificate.createRequest")], "REQ-16", ""),
  row(
    "PrivateCertificate.signCertificateRequest, signRequestObject",
    [x509("PrivateCertificate.sign"), x509("PrivateCertificate.issue")],
    "REQ-07 REQ-08 REQ-09 REQ-10 REQ-11",
    "Version 3 with extensions; the issuer's name byte for byte.",
  ),
  row(
    "AcceptableCiphers",
    [options("AcceptableCiphers")],
    "OPT-26 OPT-27 OPT-31 OPT-32",
    "Suites of TLS 1.3 can be chosen; the default is AEAD with forward secrecy; Twisted's is `twistedDefaultCiphers()` in compat.",
  ),
  row(
    "AcceptableCiphers.fromOpenSSLCipherString",
    [options("AcceptableCiphers.fromOpenSSLCipherString")],
    "OPT-29 OPT-30",
    "Needs no OpenSSL; a word that nobody knows is an error unless `lenient`.",
  ),
  row(
    "CertificateOptions",
    [options("CertificateOptions"), compat("twistedCertificateOptions")],
    "OPT-01 OPT-02 OPT-39 OPT-40",
    "A value, checked when it is made; see the arguments below.",
  ),
  row(
    "DiffieHellmanParameters",
    [options("DiffieHellmanParameters")],
    "OPT-33",
    "Read and checked now: 2048 bits, a safe prime; the groups of RFC 7919 by name.",
  ),
  row(
    "DiffieHellmanParameters.fromFile",
    [
      options("DiffieHellmanParameters.fromFile"),
      options("DiffieHellmanParameters.fromPem"),
      options("DiffieHellmanParameters.named"),
    ],
    "OPT-33",
    "Takes the reader of files, and returns a promise.",
  ),
  row("platformTrust", [trust("platformTrust")], "TRU-08", "Reads the real store of the system, and says which."),
  row("OpenSSLDefaultPaths", [trust("OpenSSLDefaultPaths")], "TRU-09", ""),
  row(
    "trustRootFromCertificates",
    [trust("trustRootFromCertificates"), trust("TrustRoot")],
    "TRU-01 TRU-02 TRU-03 TRU-12",
    "An empty set must be meant; requests are refused.",
  ),
  row("VerificationError", ["@tlskit/verify#VerificationError"], "CLI-22", "Every reason, and the chain."),
  row(
    "optionsForClientTLS",
    [options("optionsForClientTLS"), options("ClientTLSOptions")],
    "CLI-01 CLI-02 CLI-03 CLI-12 CLI-13 CLI-15 CLI-21",
    "Reusable for other hosts; never changes what it is given.",
  ),
  row("ProtocolNegotiationSupport", [options("ProtocolNegotiationSupport")], "OPT-47", "NPN is gone."),
  row(
    "protocolNegotiationMechanisms",
    [options("protocolNegotiationMechanisms")],
    "OPT-47",
    "Asked of an adapter's table.",
  ),
  row("TLSVersion", [options("TLSVersion")], "OPT-17", "Strings; SSLv3 is known so that it can be refused."),
  row("startTLS", [tls("startTls")], "TRN-04 TRN-06", "Refuses what was injected in clear before the switch."),
  row("connectSSL", [tls("connect")], "TRN-01 TRN-03", "A promise of a verified connection."),
  row("listenSSL", [tls("listen")], "TRN-02", "An async iterable of verified connections."),
  row("ICipher", [options("Cipher")], "OPT-32 LEG-05", "With all properties, and both names."),
  row(
    "IAcceptableCiphers",
    [options("CipherSelector"), options("AcceptableCiphers.fromSelector")],
    "OPT-27 LEG-05",
    "A function will do, too.",
  ),
  row(
    "IOpenSSLContextFactory",
    [compat("toOptions"), options("CertificateOptions")],
    "LEG-04 LEG-05",
    "Anything with `getContext()`, asked at once.",
  ),
  row(
    "IOpenSSLClientConnectionCreator, IOpenSSLServerConnectionCreator",
    [options("ClientTLSOptions"), options("CertificateOptions")],
    "LEG-05",
    "Options are values, and no objects of OpenSSL's are handed out.",
  ),
  row(
    "IProtocolNegotiationFactory",
    [options("CertificateOptions")],
    "OPT-42 LEG-05",
    "Protocols are part of the options.",
  ),
  row("INegotiated", [tls("Negotiated")], "OPT-44", "`connection.negotiated`, with version, cipher, group and ALPN."),
  row(
    "IHandshakeListener, ITLSTransport, ISSLTransport",
    [tls("Connection")],
    "LEG-05",
    "There is a connection when the handshake is done; `startTls`, `peerCertificate`.",
  ),
];

/** The arguments of `CertificateOptions`. */
export const TWISTED_ARGUMENTS: readonly TwistedName[] = [
  row("privateKey, certificate", ["identity"], "OPT-01 OPT-02", "One `PrivateCertificate`, whose key fits."),
  row("extraCertChain", ["identity"], "OPT-12", "The identity's chain; it must link."),
  row("method", [], "OPT-24 OPT-25", "Gone. The three arguments for versions do it."),
  row("verify, caCerts", ["trustRoot"], "OPT-03 OPT-04", "In compat; refused where they would be ignored."),
  row("requireCertificate", ["clientAuth"], "OPT-07 OPT-09", '`"request"` or `"require"`.'),
  row(
    "trustRoot",
    ["trustRoot"],
    "OPT-05 OPT-06 TRU-07",
    "On clients the system's store is the default: verification is never off by omission.",
  ),
  row("verifyDepth", ["verifyDepth"], "OPT-08", "Counted by our own path building, the same everywhere."),
  row("verifyOnce", [], "OPT-07", "Means nothing: there is no renegotiation."),
  row("enableSingleUseKeys", [], "OPT-14", "Ephemeral keys are always fresh."),
  row("fixBrokenPeers", [], "OPT-15", "Gone."),
  row("enableSessions, enableSessionTickets", ["sessions"], "OPT-36 OPT-38", "Off by default there, too."),
  row("acceptableCiphers", ["acceptableCiphers"], "OPT-26 OPT-27 OPT-28", "Also a cipher string, or a function."),
  row("dhParameters", ["dhParameters"], "OPT-33", "Servers with DHE suites only."),
  row(
    "acceptableProtocols",
    ["acceptableProtocols", "requireProtocol"],
    "OPT-42 OPT-43 OPT-44 OPT-45 OPT-46",
    "Strings; checked when the options are made. No overlap ends the handshake with the alert that RFC 7301 wants.",
  ),
  row("raiseMinimumTo", ["raiseMinimumTo"], "OPT-16 OPT-18 OPT-22 OPT-23", "The same."),
  row("insecurelyLowerMinimumTo", ["insecurelyLowerMinimumTo"], "OPT-19 OPT-22 OPT-23", "The same; leaves a warning."),
  row(
    "lowerMaximumSecurityTo",
    ["lowerMaximumSecurityTo"],
    "OPT-20 OPT-21",
    "Inclusive, as documented: Twisted itself leaves the named version out.",
  ),
  row("contextForServerName", ["contextForServerName"], "OPT-49", "Since Twisted 26.4."),
];

/** Areas of the catalogue, and how many rows each has. */
export const CATALOGUE: Readonly<Record<string, { readonly area: string; readonly rows: number }>> = {
  KEY: { area: "keys and certificates", rows: 24 },
  DN: { area: "distinguished names", rows: 13 },
  REQ: { area: "requests and issuing", rows: 18 },
  TRU: { area: "trust roots", rows: 13 },
  OPT: { area: "options", rows: 49 },
  CLI: { area: "clients and the verification of names", rows: 23 },
  TRN: { area: "transports", rows: 37 },
  END: { area: "endpoint strings", rows: 13 },
  LEG: { area: "legacy names", rows: 7 },
};
