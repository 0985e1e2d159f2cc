/** What someone new to this reads after a typical mistake: what is wrong, where, and what to write. */
import { X509Certificate } from "node:crypto";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../test/capabilities.ts";
import { ca, identity } from "../test/identities.ts";
import { refusal } from "../test/refusal.ts";
import {
  CertificateOptions,
  type CertificateOptionsInit,
  compile,
  SessionCache,
  UnsupportedOptionError,
} from "./index.ts";

const pem = `${Certificate.fromDer(identity.der).toPem()}`;

describe("each message says what to write", () => {
  test.each<[mistake: object, says: string]>([
    [{ alpn: ["h2"] }, "its place is taken by acceptableProtocols"],
    [{ ca: pem }, "its place is taken by trustRoot"],
    [{ SNICallback: () => 1 }, "contextForServerName"],
    [{ requestOCSP: true }, "revocation: { mode, staple: true }"],
    [{ ticketKeys: new Uint8Array(48) }, "sessions: { ticketSecret }"],
    [{ hostname: "a.example" }, "optionsForClientTLS()"],
    [{ trustRoots: [] }, "Did you mean trustRoot?"],
    [{ identity: pem }, "PrivateCertificate.fromPem(text)"],
    [{ identity: "server.pem" }, "loadIdentity({ cert, key })"],
    [{ identity: { cert: "a", key: "b" } }, "PrivateCertificate.fromPem(text)"],
    [{ identity: { cert: "a.pem", key: "b.pem" } }, "from files, loadIdentity({ cert, key })"],
    [{ pins: [] }, "trust.pin(key, spare)"],
    [{ identity: Promise.resolve(identity) }, "await it"],
    [{ identity: Certificate.fromDer(identity.der) }, "PrivateCertificate.from(certificate, keyPair)"],
    [{ identity: null }, "leave it out"],
    [{ trustRoot: pem }, "Certificate.allFromPem(text)"],
    [{ trustRoot: "ca.pem" }, "await trustRootFromFile(path)"],
    [{ trustRoot: Promise.resolve([]) }, "await it"],
    [{ trustRoot: new URL("file:///etc/ssl/cert.pem") }, "await trustRootFromFile(url)"],
    [{ trustRoot: new X509Certificate(pem) }, "Certificate.fromDer(certificate.raw)"],
    [{ trustRoot: [] }, "TrustRoot.none()"],
    [{ raiseMinimumTo: "TLSv1_2" }, '"TLSv1.2"'],
    [{ raiseMinimumTo: "1.3" }, '"TLSv1.3"'],
    [{ raiseMinimumTo: "tls1.3" }, '"TLSv1.3"'],
    [{ groups: ["prime256v1"] }, "Did you mean P-256?"],
    [{ signatureAlgorithms: ["RSA-PSS+SHA256"] }, "Did you mean rsa_pss_rsae_sha256?"],
    [{ signatureAlgorithms: ["ECDSA+SHA384"] }, "Did you mean ecdsa_secp384r1_sha384?"],
    [{ acceptableCiphers: "" }, "leave it out for the default"],
    [{ acceptableCiphers: ["ECDHE-RSA-AES128-GCM-SHA256"] }, "AcceptableCiphers.fromNames([…])"],
    [{ acceptableCiphers: "TLS_AES_128_GCM_SHA256" }, "AcceptableCiphers.fromNames([…])"],
    [{ acceptableCiphers: "ECDHE+AESGMC" }, "Did you mean AESGCM?"],
    [{ revocation: "require" }, '{ mode: "require" }'],
    [{ revocation: true }, '{ mode: "prefer" }'],
    [{ sessions: new SessionCache() }, "write { store: cache }"],
    [{ honorCipherOrder: true }, "and none is needed: a server's own order always counts"],
    [{ dangerouslyLogKeys: new URL("https://example.org/keys") }, "a URL of the scheme https:"],
    [{ revocation: { mode: "prefer", crls: ["-----BEGIN X509 CRL-----"] } }, "CertificateRevocationList.fromPem(text)"],
    [{ contextForServerName: { "127.0.0.1": identity } }, "its certificate is identity"],
    [{ contextForServerName: { "*": identity } }, 'contextForServerName["*"]'],
    [{ clientAuth: "require" }, "needs trustRoot"],
  ])("%o", (mistake, says) => {
    const { message } = refusal(() => new CertificateOptions(mistake as CertificateOptionsInit));
    expect(message).toContain(says);
    // One or more whole sentences.
    expect(message).toMatch(/[^.][.?]$/);
  });

  test("options that cannot be honoured are counted, each with its sentences", () => {
    const options = new CertificateOptions({
      acceptableProtocols: ["h2"],
      trustRoot: ca.certificate,
      groups: ["X448"],
    });
    const missing = { alpn: gap("ALPN"), "group-x448": gap("X448") };
    const error = refusal(() => compile(options, capabilitiesExcept(missing), "client"));
    expect(UnsupportedOptionError.is(error)).toBe(true);
    expect(error.message).toBe(
      "2 options cannot be honoured here. groups[0]: This runtime has no X448. Do without X448. acceptableProtocols: This runtime has no ALPN. Do without ALPN.",
    );
  });
});

describe("what contradicts itself in either role is refused at once", () => {
  test.each<[string, object, string[]]>([
    [
      "sessions of a client, keys of a server",
      { sessions: { store: { take: () => undefined, put: () => undefined }, rotateAfter: 60 } },
      ["sessions.store", "sessions.rotateAfter"],
    ],
    [
      "tickets for other processes, and client certificates",
      { sessions: { ticketSecret: new Uint8Array(32) }, clientAuth: "require", trustRoot: ca.certificate },
      ["sessions.ticketSecret", "clientAuth"],
    ],
    [
      "tickets for clients that nobody verifies",
      { sessions: true, clientAuth: "require", dangerouslySkipVerification: true },
      ["sessions", "dangerouslySkipVerification"],
    ],
  ])("%s", (_name, init, paths) => {
    const error = refusal(() => new CertificateOptions(init as CertificateOptionsInit));
    expect(error).toMatchObject({ code: "OPTION_CONFLICT", details: { paths } });
  });
});
