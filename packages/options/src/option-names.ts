/** Names of options: those that exist, and what people write who come from elsewhere. */
import { describeValue, shownText } from "./describe-value.ts";
import { OptionsError } from "./error.ts";
import { nearestName } from "./nearest-name.ts";

/** The options of this version. */
export const OPTION_NAMES = [
  "identity",
  "contextForServerName",
  "trustRoot",
  "clientAuth",
  "raiseMinimumTo",
  "insecurelyLowerMinimumTo",
  "lowerMaximumSecurityTo",
  "acceptableCiphers",
  "groups",
  "signatureAlgorithms",
  "dhParameters",
  "acceptableProtocols",
  "requireProtocol",
  "verifyDepth",
  "profile",
  "revocation",
  "sessions",
  "ocspStaple",
  "dangerouslyLogKeys",
  "dangerouslySkipVerification",
] as const;

/** The name of an option. */
export type OptionName = (typeof OPTION_NAMES)[number];

/** What other names become here: Twisted's arguments, and the options of node:tls. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  privateKey: "identity, a PrivateCertificate",
  certificate: "identity, a PrivateCertificate",
  extraCertChain: "identity, a PrivateCertificate with its chain",
  method: "raiseMinimumTo, insecurelyLowerMinimumTo and lowerMaximumSecurityTo",
  verify: "trustRoot, and clientAuth on servers; verification is on unless dangerouslySkipVerification is set",
  requireCertificate: 'clientAuth: "request" or "require"',
  caCerts: "trustRoot",
  verifyOnce: "nothing: it has no effect in current TLS",
  enableSingleUseKeys: "nothing: ephemeral keys are always fresh",
  enableSessions: "sessions",
  enableSessionTickets: "sessions",
  fixBrokenPeers: "nothing: it has no effect in current TLS",
  ca: "trustRoot",
  cert: "identity, a PrivateCertificate",
  key: "identity, a PrivateCertificate",
  pfx: "identity, a PrivateCertificate",
  passphrase: "identity: PrivateCertificate.fromPem(pem, { passphrase })",
  ciphers: "acceptableCiphers, a cipher string or AcceptableCiphers",
  cipherSuites: "acceptableCiphers: AcceptableCiphers.fromNames([…])",
  honorCipherOrder: "nothing: a server's own order always counts",
  ecdhCurve: 'groups: ["X25519MLKEM768", "X25519", "P-256"]',
  curves: 'groups: ["X25519MLKEM768", "X25519", "P-256"]',
  sigalgs: 'signatureAlgorithms: ["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256"]',
  dhparam: "dhParameters, made by DiffieHellmanParameters.fromPem()",
  secureProtocol: "raiseMinimumTo, insecurelyLowerMinimumTo and lowerMaximumSecurityTo",
  minVersion: "raiseMinimumTo, or insecurelyLowerMinimumTo",
  maxVersion: "lowerMaximumSecurityTo",
  ALPNProtocols: "acceptableProtocols",
  requestCert: 'clientAuth: "request" or "require"',
  rejectUnauthorized: "trustRoot, or dangerouslySkipVerification",
  servername: "the host name given to optionsForClientTLS()",
  checkServerIdentity: "the host name given to optionsForClientTLS()",
};

/**
 * Takes the options apart, once: getters run a single time. What is `undefined` is absent. Unknown names are errors
 * (OPT-48, CLI-02).
 *
 * @param known the names that exist here
 * @throws OptionsError OPTION_TYPE_INVALID, OPTION_UNKNOWN
 */
export function readOptions<Name extends string>(options: unknown, known: readonly Name[]): ReadonlyMap<Name, unknown> {
  const entries = Object.entries(plainObject(options)).filter(([, value]) => value !== undefined);
  const unknown = entries.find(([path]) => !isOneOf(path, known));
  if (unknown !== undefined) throw unknownOption(unknown[0], known);
  return new Map(entries as [Name, unknown][]);
}

/** Options that are inherited would be looked past: only plain objects, whose options are their own, are taken. */
function plainObject(options: unknown): object {
  if (typeof options === "object" && options !== null) {
    const prototype: unknown = Object.getPrototypeOf(options);
    if (prototype === null || prototype === Object.prototype) return options;
  }
  throw new OptionsError("OPTION_TYPE_INVALID", `Options are a plain object, but got ${describeValue(options)}.`, {
    path: "",
    expected: "a plain object",
    actual: describeValue(options),
  });
}

function unknownOption(path: string, known: readonly string[]): OptionsError<"OPTION_UNKNOWN"> {
  const replacement = Object.hasOwn(REPLACEMENTS, path) ? REPLACEMENTS[path] : undefined;
  if (replacement !== undefined) {
    return new OptionsError("OPTION_UNKNOWN", `There is no option ${path}; its place is taken by ${replacement}.`, {
      path,
      replacement,
    });
  }
  const nearest = nearestName(path, known);
  const advice = nearest === undefined ? `The options are ${known.join(", ")}.` : `Did you mean ${nearest}?`;
  const shown = shownText(path);
  const details = nearest === undefined ? { path: shown } : { path: shown, nearest };
  return new OptionsError("OPTION_UNKNOWN", `There is no option ${JSON.stringify(shown)}. ${advice}`, details);
}

function isOneOf<Name extends string>(name: string, names: readonly Name[]): name is Name {
  return (names as readonly string[]).includes(name);
}
