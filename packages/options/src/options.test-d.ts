/** Contradictions that must not compile. Checked by tsc: an unused `@ts-expect-error` is an error itself. */
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import {
  AcceptableCiphers,
  type Capabilities,
  type Capability,
  CertificateOptions,
  type Cipher,
  type CipherSelector,
  type CompiledOptions,
  cipherSuites,
  optionsForClientTLS,
  type SessionStore,
  TLSVersion,
} from "./index.ts";

declare const identity: PrivateCertificate;
declare const root: Certificate;

// What must compile.
new CertificateOptions();
new CertificateOptions({ identity, raiseMinimumTo: TLSVersion.TLSv1_3 });
new CertificateOptions({ identity, insecurelyLowerMinimumTo: TLSVersion.TLSv1_0, lowerMaximumSecurityTo: "TLSv1.2" });
new CertificateOptions({ identity, trustRoot: [root], clientAuth: "request", verifyDepth: 3, profile: "webpki" });
new CertificateOptions({ dangerouslySkipVerification: true, clientAuth: "require" });
new CertificateOptions({ trustRoot: root, dangerouslySkipVerification: false });
new CertificateOptions({ acceptableProtocols: ["h2"], requireProtocol: "h2" });
new CertificateOptions({ raiseMinimumTo: "SSLv3" });
new CertificateOptions({ identity, clientAuth: "none" });
optionsForClientTLS("example.com", { clientCertificate: identity, trustRoot: "platform", acceptableProtocols: ["h2"] });

// OPT-23: one minimum.
// @ts-expect-error raiseMinimumTo excludes insecurelyLowerMinimumTo
new CertificateOptions({ raiseMinimumTo: "TLSv1.2", insecurelyLowerMinimumTo: "TLSv1.2" });
// OPT-17, OPT-20: SSLv3 is neither a minimum to go down to nor a maximum.
// @ts-expect-error SSLv3 is refused
new CertificateOptions({ insecurelyLowerMinimumTo: TLSVersion.SSLv3 });
// @ts-expect-error SSLv3 is refused
new CertificateOptions({ lowerMaximumSecurityTo: "SSLv3" });
// @ts-expect-error a version is not any string
new CertificateOptions({ raiseMinimumTo: "1.2" });
// OPT-05: verification or none.
// @ts-expect-error trustRoot excludes dangerouslySkipVerification
new CertificateOptions({ trustRoot: root, dangerouslySkipVerification: true });
// @ts-expect-error profile excludes dangerouslySkipVerification
new CertificateOptions({ profile: "webpki", dangerouslySkipVerification: true });
// @ts-expect-error verifyDepth excludes dangerouslySkipVerification
new CertificateOptions({ verifyDepth: 3, dangerouslySkipVerification: true });
// OPT-06: someone must vouch for clients.
// @ts-expect-error clientAuth needs trustRoot
new CertificateOptions({ clientAuth: "require" });
new CertificateOptions({ identity, trustRoot: root, clientIntermediates: [root] });
// @ts-expect-error nobody is verified
new CertificateOptions({ dangerouslySkipVerification: true, clientIntermediates: [root] });
// @ts-expect-error clientAuth "none" leaves clientIntermediates nothing to do
new CertificateOptions({ identity, clientAuth: "none", clientIntermediates: [root] });
// @ts-expect-error clientAuth "none" leaves trustRoot nothing to do
new CertificateOptions({ clientAuth: "none", trustRoot: root });
// @ts-expect-error nobody is asked, so there is nobody whose verification could be skipped
new CertificateOptions({ clientAuth: "none", dangerouslySkipVerification: true });
new CertificateOptions({ clientAuth: "require", trustRoot: root, sessions: { rotateAfter: 60 } });
// @ts-expect-error the chains of clients are kept in the process
new CertificateOptions({ clientAuth: "require", trustRoot: root, sessions: { ticketSecret: new Uint8Array(32) } });
// @ts-expect-error nothing was verified that could be verified again
new CertificateOptions({ clientAuth: "require", dangerouslySkipVerification: true, sessions: true });
// @ts-expect-error revocation excludes dangerouslySkipVerification
new CertificateOptions({ revocation: { mode: "prefer" }, dangerouslySkipVerification: true });
// OPT-36, OPT-38: sessions of one side.
declare const store: SessionStore;
new CertificateOptions({ sessions: { store } });
new CertificateOptions({ sessions: { ticketSecret: new Uint8Array(32), rotateAfter: 60 } });
// @ts-expect-error a client has a store, a server has keys
new CertificateOptions({ sessions: { store, ticketSecret: new Uint8Array(32) } });
// @ts-expect-error a secret is bytes
new CertificateOptions({ sessions: { ticketSecret: "secret" } });
// @ts-expect-error what is done about revoked certificates must be said
new CertificateOptions({ revocation: { crls: [] } });
// @ts-expect-error to ignore revocation, leave the option out
new CertificateOptions({ revocation: { mode: "ignore" } });
// OPT-49: identities by name.
new CertificateOptions({ contextForServerName: { "a.example": identity } });
new CertificateOptions({ contextForServerName: async (name) => (name === "a.example" ? identity : undefined) });
// @ts-expect-error an identity has its key
new CertificateOptions({ contextForServerName: { "a.example": root } });
// @ts-expect-error where, not whether
new CertificateOptions({ dangerouslyLogKeys: true });
// OPT-48: unknown names.
// @ts-expect-error there is no such option
new CertificateOptions({ trustRoots: [root] });
// @ts-expect-error Twisted's name
new CertificateOptions({ privateKey: identity });
// OPT-27, OPT-33, OPT-34: algorithms.
new CertificateOptions({ acceptableCiphers: "HIGH:!aNULL", groups: ["X25519MLKEM768"], dhParameters: "ffdhe2048" });
new CertificateOptions({ acceptableCiphers: AcceptableCiphers.mozilla("modern"), signatureAlgorithms: ["ed25519"] });
new CertificateOptions({ acceptableCiphers: (available) => [...available].slice(0, 3) });
// @ts-expect-error a selection, a cipher string or a selector
new CertificateOptions({ acceptableCiphers: ["AES128-SHA"] });
// @ts-expect-error groups have the names of the field
new CertificateOptions({ groups: ["prime256v1"] });
// @ts-expect-error nothing with SHA-1
new CertificateOptions({ signatureAlgorithms: ["rsa_pkcs1_sha1"] });
// @ts-expect-error PEM is to be read first
new CertificateOptions({ dhParameters: "-----BEGIN DH PARAMETERS-----" });
// @ts-expect-error there are three configurations
AcceptableCiphers.mozilla("paranoid");
// @ts-expect-error a required protocol must be offered
new CertificateOptions({ requireProtocol: "h2" });
// @ts-expect-error an identity has its key
new CertificateOptions({ identity: root });
// CLI-01, CLI-02, CLI-13, CLI-15.
// @ts-expect-error a host name is a string
optionsForClientTLS(new Uint8Array());
// @ts-expect-error clientIntermediates are for servers
optionsForClientTLS("example.com", { clientIntermediates: [root] });
// @ts-expect-error clientAuth is for servers
optionsForClientTLS("example.com", { clientAuth: "none" });
// @ts-expect-error dhParameters are for servers
optionsForClientTLS("example.com", { acceptableCiphers: "DHE", dhParameters: "ffdhe2048" });
// @ts-expect-error a client has one identity
optionsForClientTLS("example.com", { contextForServerName: { "a.example": identity } });
// @ts-expect-error a client asks for staples
optionsForClientTLS("example.com", { ocspStaple: new Uint8Array() });
// @ts-expect-error a client has no keys of tickets
optionsForClientTLS("example.com", { sessions: { ticketSecret: new Uint8Array(32) } });
optionsForClientTLS("example.com", { sessions: { store } });
// @ts-expect-error two names for the same thing
optionsForClientTLS("example.com", { identity, clientCertificate: identity });
// @ts-expect-error there is no such option
optionsForClientTLS("example.com", { verify: true });

// LEG-05: Twisted's interfaces are types here, which anything of the right shape has.
const selector: CipherSelector = { selectCiphers: (available) => [...available].slice(1) };
const cipher: Cipher | undefined = cipherSuites()[0];
new CertificateOptions({ acceptableCiphers: (available) => selector.selectCiphers(available) });
// @ts-expect-error a cipher is more than its name
const named: Cipher = { openSslName: "AES128-SHA" };

// A value does not change.
// @ts-expect-error read-only
new CertificateOptions().identity = identity;
// @ts-expect-error read-only
new CertificateOptions().acceptableProtocols.push("h2");
new CertificateOptions().with({ trustRoot: null, profile: undefined, acceptableProtocols: ["h2"] });
// @ts-expect-error with() knows the options, too
new CertificateOptions().with({ trustRoots: [] });

// A capability table is complete, and a gap says why and what else.
declare const capabilities: Capabilities;
// @ts-expect-error a row is missing
const incomplete: Capabilities = { alpn: true };
// @ts-expect-error a gap has an alternative
const gap: Capability = { reason: "none" };
const probe: Capability = { probe: () => ({ reason: "a", alternative: "b" }) };
declare const compiled: CompiledOptions;
// @ts-expect-error SSLv3 is never negotiated
const version: "SSLv3" = compiled.minVersion;
export const used: readonly unknown[] = [cipher, named, capabilities, incomplete, gap, probe, version];
