// Options for a runtime's own API, which makes its connections by itself: what it cannot honour is refused by name.

import {
  type CapabilityGap,
  CertificateOptions,
  type CompiledOptions,
  compile,
  type OptionName,
  type Role,
  type UnsupportedOption,
  UnsupportedOptionError,
} from "@tlskit/options";
import type { TrustRoot } from "@tlskit/trust";
import { trustOf } from "../gate/trust-of.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { invalid } from "../settings/setting-error.ts";

/** What one API of a runtime is to tlskit. */
export interface NativeApi {
  /** Its name, for messages: `"Bun.serve"`. */
  readonly name: string;
  readonly role: Role;
  /** Options that it takes: each is honoured, or judged by a function that says why not. */
  readonly honours: {
    readonly [Name in OptionName]?: true | ((options: CertificateOptions) => CapabilityGap | undefined) | undefined;
  };
  /** What to do about those that it does not take. */
  readonly alternative: string;
  /** Whether our verifier can decide about its peers; otherwise it takes `insecurelyRuntimeVerificationOnly`. */
  readonly hasHook: boolean;
}

/** What comes out: the compiled options, and the one trust snapshot. */
export interface NativePlan {
  readonly compiled: CompiledOptions;
  readonly trust: TrustRoot;
}

/**
 * Compiles options for a native API.
 *
 * @throws {UnsupportedOptionError} with every option that it cannot honour
 * @throws {OptionsError} what `compile` throws
 * @throws {TransportError} `SETTING_INVALID`
 */
export async function nativePlan(
  runtime: NodeTlsRuntime,
  api: NativeApi,
  options: unknown,
  insecurelyRuntimeVerificationOnly: unknown,
): Promise<NativePlan> {
  if (!(options instanceof CertificateOptions)) throw invalid("tls", "new CertificateOptions({ … })", options);
  if (insecurelyRuntimeVerificationOnly !== undefined && typeof insecurelyRuntimeVerificationOnly !== "boolean") {
    throw invalid("insecurelyRuntimeVerificationOnly", "true or false", insecurelyRuntimeVerificationOnly);
  }
  const compiled = compile(options, runtime.capabilities, api.role);
  const gaps = unhonoured(api, options);
  const runtimeOnly = insecurelyRuntimeVerificationOnly === true;
  if (compiled.verifyPeer && !api.hasHook && !runtimeOnly) gaps.push(noHook(api));
  const trust = await trustOf(compiled);
  if (compiled.verifyPeer && runtimeOnly && compiled.trust !== "platform" && isLimitedSet(trust)) {
    gaps.push(limitedTrust(api));
  }
  if (gaps.length > 0) throw new UnsupportedOptionError(gaps);
  return { compiled, trust };
}

/** The certificates that a runtime may trust on its own: what our verifier would limit is left out. */
export function unlimitedAnchors(trust: TrustRoot): string[] {
  return trust.anchors.filter((anchor) => !isLimited(anchor)).map(({ certificate }) => certificate.toPem());
}

function isLimitedSet({ anchors, pinned, distrusted }: TrustRoot): boolean {
  return pinned.length > 0 || distrusted.length > 0 || anchors.some(isLimited);
}

function isLimited(anchor: TrustRoot["anchors"][number]): boolean {
  return anchor.purposes !== undefined || anchor.distrustAfter !== undefined || anchor.nameConstraints !== undefined;
}

function unhonoured({ name, honours, alternative }: NativeApi, options: CertificateOptions): UnsupportedOption[] {
  // As given: what is left out has a default that every native API of ours meets.
  const given = Object.entries(options.toJSON()).filter(([, value]) => value !== false);
  return given.flatMap(([path]): UnsupportedOption[] => {
    const judged = Object.hasOwn(honours, path) ? honours[path as OptionName] : undefined;
    if (judged === true) return [];
    if (judged === undefined) return [{ path, reason: `${name} does not take it.`, alternative }];
    const gap = judged(options);
    return gap === undefined ? [] : [{ path, ...gap }];
  });
}

function noHook({ name, alternative }: NativeApi): UnsupportedOption {
  return {
    path: "insecurelyRuntimeVerificationOnly",
    reason: `${name} has no place for our verifier: the runtime alone would decide about certificates.`,
    alternative: `${alternative} Or write insecurelyRuntimeVerificationOnly: true.`,
  };
}

function limitedTrust({ name, alternative }: NativeApi): UnsupportedOption {
  return {
    path: "trustRoot",
    reason: `Its limits (purposes, dates, names, pins, block lists) are our verifier's to keep, and ${name} has no place for it.`,
    alternative,
  };
}
