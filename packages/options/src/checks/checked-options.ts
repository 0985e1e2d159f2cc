/** All options, each checked by itself; how they fit together is judged elsewhere. */
import type { ReloadingTrust, TrustRoot } from "@tlskit/trust";
import type { VerificationProfile } from "@tlskit/verify";
import type { Certificate, PrivateCertificate } from "@tlskit/x509";
import type { AcceptableCiphers } from "../ciphers/acceptable-ciphers.ts";
import type { OptionsError } from "../error.ts";
import { OPTION_NAMES, type OptionName } from "../input/option-names.ts";
import { readOptions } from "../input/own-values.ts";
import { wrongType } from "../input/wrong-value.ts";
import type { DiffieHellmanParameters } from "../key-exchange/diffie-hellman-parameters.ts";
import type { KeyExchangeGroup } from "../key-exchange/groups.ts";
import type { SignatureScheme } from "../key-exchange/signature-schemes.ts";
import type { TLSVersion } from "../tls-version.ts";
import { checkCiphers, checkDhParameters, checkGroups, checkSignatureAlgorithms } from "./algorithm-values.ts";
import { checkKeyLog, type KeyLog } from "./key-log-option.ts";
import { type CheckedOcspStaple, checkOcspStaple } from "./ocsp-staple-option.ts";
import {
  type ClientAuth,
  checkBoolean,
  checkCertificates,
  checkClientAuth,
  checkIdentity,
  checkProfile,
  checkProtocols,
  checkRequireProtocol,
  checkTrustRoot,
  checkVerifyDepth,
  checkVersion,
  type ValueCheck,
} from "./option-values.ts";
import { type CheckedRevocation, checkRevocation } from "./revocation-option.ts";
import { type CheckedServerNames, checkServerNames } from "./server-names.ts";
import { type CheckedSessions, checkSessions } from "./session-options.ts";

/** The values as given, each checked by itself. */
export interface CheckedOptions {
  readonly identity?: PrivateCertificate;
  readonly contextForServerName?: CheckedServerNames;
  readonly trustRoot?: TrustRoot | ReloadingTrust | "platform";
  readonly clientAuth?: ClientAuth;
  readonly clientIntermediates?: readonly Certificate[];
  readonly raiseMinimumTo?: TLSVersion;
  readonly insecurelyLowerMinimumTo?: TLSVersion;
  readonly lowerMaximumSecurityTo?: TLSVersion;
  readonly acceptableCiphers?: AcceptableCiphers;
  readonly groups?: readonly KeyExchangeGroup[];
  readonly signatureAlgorithms?: readonly SignatureScheme[];
  readonly dhParameters?: DiffieHellmanParameters;
  readonly acceptableProtocols?: readonly string[];
  readonly requireProtocol?: string | boolean;
  readonly verifyDepth?: number;
  readonly profile?: VerificationProfile;
  readonly revocation?: CheckedRevocation;
  readonly sessions?: CheckedSessions | false;
  readonly ocspStaple?: CheckedOcspStaple;
  readonly dangerouslyLogKeys?: KeyLog;
  readonly dangerouslySkipVerification?: boolean;
}

/** Every option, checked by itself; in an order of our own, so that the first error does not depend on the caller's. */
export function checkOptions(init: unknown): CheckedOptions {
  const given = readOptions(init, OPTION_NAMES);
  // A variable that nobody has set must not make a server that asks no client for a certificate.
  if (!given.has("trustRoot") && Object.hasOwn(init as object, "trustRoot")) throw unsetTrust();
  // Without a prototype: what someone put on Object.prototype must not pass for an option that nobody gave.
  const checked: Record<string, unknown> = Object.create(null);
  for (const name of OPTION_NAMES) {
    const value = given.get(name);
    if (value !== undefined) checked[name] = CHECKS[name](value, name);
  }
  // Each value has the type that its check returns: the table's type says so, row by row.
  return Object.freeze(checked) as CheckedOptions;
}

function unsetTrust(): OptionsError<"OPTION_TYPE_INVALID"> {
  const advice =
    'undefined, with which a server would ask no client for a certificate: write "platform" for the system\'s store, or leave it out';
  return wrongType("trustRoot", "who may vouch for the peer", undefined, advice);
}

const CHECKS: { readonly [Name in OptionName]: ValueCheck<Exclude<CheckedOptions[Name], undefined>> } = {
  identity: checkIdentity,
  contextForServerName: checkServerNames,
  trustRoot: checkTrustRoot,
  clientAuth: checkClientAuth,
  clientIntermediates: checkCertificates,
  raiseMinimumTo: checkVersion,
  insecurelyLowerMinimumTo: checkVersion,
  lowerMaximumSecurityTo: checkVersion,
  acceptableCiphers: checkCiphers,
  groups: checkGroups,
  signatureAlgorithms: checkSignatureAlgorithms,
  dhParameters: checkDhParameters,
  acceptableProtocols: checkProtocols,
  requireProtocol: checkRequireProtocol,
  verifyDepth: checkVerifyDepth,
  profile: checkProfile,
  revocation: checkRevocation,
  sessions: checkSessions,
  ocspStaple: checkOcspStaple,
  dangerouslyLogKeys: checkKeyLog,
  dangerouslySkipVerification: checkBoolean,
};
