import { type Certificate, KeyPair, PrivateCertificate } from "@tlskit/x509";
import { CertificateOptions } from "../certificate-options.ts";
import type { CertificateOptionsInit } from "../certificate-options-init.ts";
import { conflict } from "../checks/conflict.ts";
import { checkBoolean, checkCertificate, checkTrustRoot } from "../checks/option-values.ts";
import { OptionsError } from "../error.ts";
import { adviceOnKey } from "../input/advice.ts";
import { readOptions } from "../input/own-values.ts";
import { wrongType } from "../input/wrong-value.ts";

/** The arguments of Twisted's `CertificateOptions` that are called otherwise here, or gone. `null` is Python's None. */
export interface TwistedArguments {
  /** Together with `certificate` (OPT-01). */
  readonly privateKey?: KeyPair | null | undefined;
  readonly certificate?: Certificate | null | undefined;
  /** What comes after `certificate`, in order (OPT-12). */
  readonly extraCertChain?: readonly Certificate[] | null | undefined;
  /** Gone (OPT-24, OPT-25): only `null` is taken. */
  readonly method?: null | undefined;
  /** Whether the peer is verified: by `caCerts`, which must be there then (OPT-03). */
  readonly verify?: boolean | null | undefined;
  /** Who vouches for the peer, if `verify` is on; without it they would be ignored, and are refused (OPT-04). */
  readonly caCerts?: readonly Certificate[] | null | undefined;
  /** `false`: a server that verifies takes clients without a certificate, too (OPT-07); default `true`. */
  readonly requireCertificate?: boolean | null | undefined;
  /** `null` is absent: for a client that is the system's store. */
  readonly trustRoot?: CertificateOptionsInit["trustRoot"] | null | undefined;
  readonly raiseMinimumTo?: CertificateOptionsInit["raiseMinimumTo"] | null | undefined;
  readonly insecurelyLowerMinimumTo?: CertificateOptionsInit["insecurelyLowerMinimumTo"] | null | undefined;
  readonly lowerMaximumSecurityTo?: CertificateOptionsInit["lowerMaximumSecurityTo"] | null | undefined;
  readonly verifyDepth?: number | null | undefined;
  readonly acceptableCiphers?: CertificateOptionsInit["acceptableCiphers"] | null | undefined;
  readonly acceptableProtocols?: readonly string[] | null | undefined;
  readonly dhParameters?: CertificateOptionsInit["dhParameters"] | null | undefined;
  /** Means nothing any more: there is no renegotiation. */
  readonly verifyOnce?: boolean | undefined;
  /** Ephemeral keys are always fresh (OPT-14): only `true` is taken. */
  readonly enableSingleUseKeys?: true | undefined;
  /** Gone (OPT-15). */
  readonly fixBrokenPeers?: false | undefined;
  /** `true` is `sessions: true`, as is `enableSessionTickets` (OPT-36): there is one kind of resumption, by tickets. */
  readonly enableSessions?: boolean | null | undefined;
  /** See `enableSessions` (OPT-38). */
  readonly enableSessionTickets?: boolean | null | undefined;
  /** The identity for a name, where Twisted's callback gave a context (OPT-49). */
  readonly contextForServerName?: CertificateOptionsInit["contextForServerName"] | null | undefined;
}

/**
 * `CertificateOptions` from the arguments that Twisted's takes, with the meaning that its documentation gives them. What
 * had no safe meaning, or would be ignored, is refused and says what to write.
 *
 * @deprecated Use `new CertificateOptions({ identity, trustRoot, … })`.
 * @throws OptionsError OPTION_CONFLICT, OPTION_MISSING, LEGACY_API_REMOVED, and what `new CertificateOptions` throws
 * @throws X509Error KEY_MISMATCH
 * @example
 * const options = twistedCertificateOptions({ privateKey, certificate, verify: true, caCerts: [clientCa] });
 */
export function twistedCertificateOptions(args: TwistedArguments = {}): CertificateOptions {
  // Presence decides what excludes what, also with null; from there on null is absent.
  const present = readOptions(args, ARGUMENTS);
  for (const [a, b] of EXCLUSIVE) {
    if (!present.has(a) || !present.has(b)) continue;
    throw conflict([a, b], `${a} and ${b} are mutually exclusive`, "give one of them");
  }
  const given = new Map([...present].filter(([, value]) => value !== null));
  for (const [name, { only, replacement }] of Object.entries(REMOVED)) {
    const value = given.get(name as Argument);
    if (value !== undefined && value !== only) throw removed(name, replacement);
  }
  booleanOf(given, "verifyOnce");
  const kept = Object.fromEntries([...given].filter(([name]) => (KEPT as readonly string[]).includes(name)));
  const identity = identityOf(given);
  const sessions = booleanOf(given, "enableSessions") === true || booleanOf(given, "enableSessionTickets") === true;
  return new CertificateOptions({
    ...kept,
    ...(identity === undefined ? {} : { identity }),
    ...(sessions ? { sessions } : {}),
    ...verificationOf(given),
  } as CertificateOptionsInit);
}

function identityOf(given: ReadonlyMap<Argument, unknown>): PrivateCertificate | undefined {
  const [key, certificate, chain] = [given.get("privateKey"), given.get("certificate"), given.get("extraCertChain")];
  if (key !== undefined && certificate !== undefined) {
    if (!(key instanceof KeyPair)) throw wrongType("privateKey", "a KeyPair", key, adviceOnKey(key));
    if (chain !== undefined && !Array.isArray(chain)) throw wrongType("extraCertChain", "an array", chain);
    const more = (chain ?? []).map((each, index) => checkCertificate(each, `extraCertChain[${index}]`));
    return PrivateCertificate.from(checkCertificate(certificate, "certificate"), key, { chain: more });
  }
  if (key !== undefined) throw missing("certificate", "privateKey");
  if (certificate !== undefined) throw missing("privateKey", "certificate");
  if (chain !== undefined) throw missing("privateKey", "extraCertChain");
  return undefined;
}

function verificationOf(given: ReadonlyMap<Argument, unknown>): object {
  const verify = booleanOf(given, "verify") ?? false;
  const required = booleanOf(given, "requireCertificate") ?? true;
  const caCerts = given.get("caCerts");
  if (!verify) {
    if (caCerts === undefined) return {};
    const rule = "caCerts without verify would be ignored";
    throw conflict(["caCerts", "verify"], rule, "set verify, or say trustRoot instead of both");
  }
  if (caCerts === undefined) throw missing("caCerts", "verify");
  if (!Array.isArray(caCerts)) throw wrongType("caCerts", "an array of certificates", caCerts);
  if (caCerts.length === 0) throw missing("caCerts", "verify");
  return { trustRoot: checkTrustRoot(caCerts, "caCerts"), ...(required ? {} : { clientAuth: "request" }) };
}

function booleanOf(given: ReadonlyMap<Argument, unknown>, name: Argument): boolean | undefined {
  const value = given.get(name);
  return value === undefined ? undefined : checkBoolean(value, name);
}

function missing(path: Argument, neededBy: Argument): OptionsError<"OPTION_MISSING"> {
  return new OptionsError("OPTION_MISSING", `${neededBy} needs ${path}.`, { path, neededBy });
}

function removed(name: string, replacement: string): OptionsError<"LEGACY_API_REMOVED"> {
  return new OptionsError("LEGACY_API_REMOVED", `${name} is gone. Instead: ${replacement}.`, { name, replacement });
}

const KEPT = [
  "trustRoot",
  "raiseMinimumTo",
  "insecurelyLowerMinimumTo",
  "lowerMaximumSecurityTo",
  "verifyDepth",
  "acceptableCiphers",
  "acceptableProtocols",
  "dhParameters",
  "contextForServerName",
] as const;

const ARGUMENTS = [
  ...KEPT,
  "privateKey",
  "certificate",
  "extraCertChain",
  "method",
  "verify",
  "caCerts",
  "requireCertificate",
  "verifyOnce",
  "enableSingleUseKeys",
  "fixBrokenPeers",
  "enableSessions",
  "enableSessionTickets",
] as const;

type Argument = (typeof ARGUMENTS)[number];

/** Pairs of which Twisted takes one (OPT-05, OPT-23, OPT-24). */
const EXCLUSIVE: readonly (readonly [Argument, Argument])[] = [
  ["trustRoot", "requireCertificate"],
  ["trustRoot", "verify"],
  ["trustRoot", "caCerts"],
  ["method", "insecurelyLowerMinimumTo"],
  ["method", "raiseMinimumTo"],
  ["method", "lowerMaximumSecurityTo"],
  ["raiseMinimumTo", "insecurelyLowerMinimumTo"],
];

/** Arguments without a meaning here, but for the one value that is what always happens. */
const REMOVED: Readonly<Partial<Record<Argument, { readonly only: unknown; readonly replacement: string }>>> = {
  method: { only: undefined, replacement: "raiseMinimumTo, insecurelyLowerMinimumTo and lowerMaximumSecurityTo" },
  enableSingleUseKeys: { only: true, replacement: "nothing: ephemeral keys are always fresh" },
  fixBrokenPeers: { only: false, replacement: "nothing: current libraries need no such thing" },
};
