// Settings of Node's own that would act on the socket that Node makes. The socket is ours: they would be ignored.

import { type UnsupportedOption, UnsupportedOptionError } from "@tlskit/options";

/**
 * Refuses what was meant for another socket than ours.
 *
 * @param place what the settings belong to, for the message
 * @throws {UnsupportedOptionError} with every one of them
 */
export function refuseNativeSettings(settings: object, place: string): void {
  const found: UnsupportedOption[] = [];
  for (const [path, alternative] of Object.entries(alternatives)) {
    // Inherited ones count as well: Node would read them.
    const value: unknown = Reflect.get(settings, path);
    if (value === undefined || value === null || value === harmless[path]) continue;
    found.push({ path, reason: `It belongs to ${place}, and does not reach the verified socket.`, alternative });
  }
  if (found.length > 0) throw new UnsupportedOptionError(found);
}

const identity = "Give tls an identity.";
const trust = "Give tls a trustRoot.";
const versions = "Give tls raiseMinimumTo or lowerMaximumSecurityTo.";
const none = "Leave it out: the verified socket is made with tls alone.";

/** By Node's name: what to write instead. */
const alternatives: Readonly<Record<string, string>> = {
  ca: trust,
  crl: "Give tls options for revocation.",
  cert: identity,
  key: identity,
  pfx: identity,
  passphrase: "Give loadIdentity the passphrase, and tls the identity.",
  privateKeyEngine: identity,
  privateKeyIdentifier: identity,
  clientCertEngine: identity,
  rejectUnauthorized: "Give tls dangerouslySkipVerification, if nothing else helps.",
  checkServerIdentity: "Name the server with optionsForClientTLS(name).",
  allowPartialTrustChain: trust,
  ciphers: "Give tls acceptableCiphers.",
  sigalgs: "Give tls signatureAlgorithms.",
  ecdhCurve: "Give tls groups.",
  dhparam: "Give tls dhParameters.",
  minDHSize: none,
  minVersion: versions,
  maxVersion: versions,
  secureProtocol: versions,
  secureOptions: none,
  secureContext: none,
  session: "Give tls sessions.",
  requestOCSP: "Give tls options for revocation.",
  pskCallback: none,
  ALPNProtocols: "Give tls acceptableProtocols.",
  ALPNCallback: "Give tls acceptableProtocols.",
  SNICallback: "Give tls contextForServerName.",
  socketPath: "Connect to a host and a port.",
  socket: "Make TLS of it with startTls or wrapTls.",
  lookup: "Let the system resolve the name, or dial an address with tls: optionsForClientTLS(name).",
  family: "Dial an address with tls: optionsForClientTLS(name).",
  localPort: none,
};

/** What Node's own default means as well. */
const harmless: Readonly<Record<string, unknown>> = { rejectUnauthorized: true, family: 0 };
