/** Reads vector files in the format of x509-limbo and decides their cases. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Certificate, pemDecode, TlsKitError } from "@tlskit/x509";
import { matchIdentity, parseEmailId, parseHost, type ReferenceIdentity } from "../src/identity/index.ts";
import {
  VerificationError as VError,
  type VerificationError,
  type VerificationProfile,
  verifyPathSync,
} from "../src/index.ts";
import { publicSuffixList } from "../src/public-suffix.ts";

interface PeerName {
  readonly kind: "DNS" | "IP" | "RFC822";
  readonly value: string;
}

export interface LimboCase {
  readonly id: string;
  readonly features: readonly string[];
  readonly description: string;
  readonly validation_kind: "CLIENT" | "SERVER";
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly expected_result: "SUCCESS" | "FAILURE";
  readonly expected_peer_name: PeerName | null;
  readonly expected_peer_names: readonly PeerName[];
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
  readonly initial_policy_set?: readonly string[];
  readonly initial_explicit_policy?: boolean;
  readonly initial_policy_mapping_inhibit?: boolean;
  readonly initial_inhibit_any_policy?: boolean;
  readonly expected_user_constrained_policy_set?: readonly string[];
}

export interface Verdict {
  readonly result: "SUCCESS" | "FAILURE";
  readonly code: string;
  readonly codes: readonly string[];
  readonly error?: VerificationError;
  readonly ms: number;
}

/** The cases of a file, plain or gzipped. */
export function readCases(path: string): readonly LimboCase[] {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")).testcases;
}

/** The profile that the id's namespace says; nothing else looks at an id. */
export function profileOf(id: string): VerificationProfile {
  if (id.startsWith("webpki::")) return "webpki";
  return id.startsWith("pkits::") || id.startsWith("bssl::") ? "compatible" : "rfc5280";
}

/** What our verifier says about a case. */
export function decideCase(test: LimboCase, profile: VerificationProfile = profileOf(test.id)): Verdict {
  const start = performance.now();
  const done = (result: Verdict["result"], codes: readonly string[], error?: VerificationError): Verdict => ({
    result,
    code: codes[0] ?? "OK",
    codes,
    ms: performance.now() - start,
    ...(error === undefined ? {} : { error }),
  });
  try {
    const path = verifyPathSync({
      leaf: der(test.peer_certificate),
      intermediates: test.untrusted_intermediates.map(der),
      trust: test.trusted_certs.flatMap(anchors),
      at: test.validation_time === null ? new Date() : new Date(test.validation_time),
      purpose: test.validation_kind === "CLIENT" ? "client" : "server",
      profile,
      publicSuffix: publicSuffixList,
      ...(test.crls.length === 0 ? {} : { revocation: { mode: "require", crls: test.crls.map(der) } }),
      policies: {
        ...(test.initial_policy_set && { initial: test.initial_policy_set }),
        requireExplicit: test.initial_explicit_policy ?? false,
        inhibitMapping: test.initial_policy_mapping_inhibit ?? false,
        inhibitAny: test.initial_inhibit_any_policy ?? false,
      },
      ...(test.expected_peer_name === null ? {} : { name: reference(test.expected_peer_name) }),
      ...(test.max_chain_depth === null ? {} : { maxDepth: test.max_chain_depth }),
    });
    const policies = test.expected_user_constrained_policy_set;
    if (policies && [...policies].sort().join() !== [...path.policies].sort().join())
      return done("FAILURE", [`wrong policies: ${path.policies.join()} not ${policies.join()}`]);
    const presented = path.leaf.subjectAltName ?? [];
    const all = test.expected_peer_names.every((name) => matchIdentity(presented, reference(name)).matched);
    return all ? done("SUCCESS", []) : done("FAILURE", ["NAME_MISMATCH"]);
  } catch (error) {
    if (VError.is(error))
      return done(
        "FAILURE",
        error.reasons.map(({ code }) => code),
        error,
      );
    if (TlsKitError.is(error)) return done("FAILURE", [error.code]);
    throw error;
  }
}

function reference({ kind, value }: PeerName): ReferenceIdentity {
  return kind === "RFC822" ? parseEmailId(value) : parseHost(value);
}

function der(pem: string): Uint8Array {
  return pemDecode(pem)[0]?.bytes ?? new Uint8Array();
}

// An anchor that cannot be read cannot be trusted.
function anchors(pem: string): readonly Certificate[] {
  try {
    return [Certificate.fromDer(der(pem))];
  } catch (error) {
    if (TlsKitError.is(error)) return [];
    throw error;
  }
}
