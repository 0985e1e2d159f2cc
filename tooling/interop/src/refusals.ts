// How each peer says no: its own words, which are few for some. What a peer cannot do at all is here as well.

/** By peer and scenario, what a refusing client says. */
export const clientRefusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tlskit: {
    expired: "CERTIFICATE_EXPIRED",
    "wrong-name": "NAME_MISMATCH",
    untrusted: "UNKNOWN_ISSUER",
  },
  openssl: {
    expired: "10:certificate has expired",
    "wrong-name": "62:hostname mismatch",
    untrusted: "20:unable to get local issuer certificate",
  },
  curl: {
    expired: "60: SSL certificate problem: certificate has expired",
    "wrong-name": "60: SSL: no alternative certificate subject name matches target host name 'localhost'",
    untrusted: "60: SSL certificate problem: unable to get local issuer certificate",
  },
  // Twisted has one word for whatever pyOpenSSL refuses; the name is service_identity's to judge.
  twisted: {
    expired: "certificate verify failed",
    "wrong-name": "VerificationError(errors=[DNSMismatch(mismatched_id=DNS_ID(hostname=b'localhost'))])",
    untrusted: "certificate verify failed",
  },
};

/** By peer, what a server says that refuses a client of another CA. */
export const serverRefusals: Readonly<Record<string, string>> = {
  tlskit: "UNKNOWN_ISSUER",
  openssl: "20:unable to get local issuer certificate",
  twisted: "[('SSL routines', '', 'certificate verify failed')]",
};

/** By server and scenario, what it cannot do, as it says so itself when it is started. */
export const serverGaps: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  openssl: { starttls: "s_server: Unknown option: -starttls" },
};
