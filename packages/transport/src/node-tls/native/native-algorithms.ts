// Ciphers, groups and signatures, in the notation that node:tls takes.

import type { SecureContextOptions } from "node:tls";
import type { CompiledOptions } from "@tlskit/options";
import type { NodeTlsRuntime } from "../runtime.ts";

/** The options of node:tls that are about algorithms. */
export type NativeAlgorithms = Pick<
  SecureContextOptions,
  "ciphers" | "honorCipherOrder" | "ecdhCurve" | "sigalgs" | "dhparam"
>;

/** What compiled options say about algorithms. Where they say nothing, the runtime's own selection cannot be changed. */
export function nativeAlgorithms(
  { marksKeyShares = false }: NodeTlsRuntime,
  { ciphers, groups, signatureAlgorithms, dhParameters }: CompiledOptions,
): NativeAlgorithms {
  const suites = cipherString(ciphers);
  return {
    ...(suites === "" ? {} : { ciphers: suites }),
    // The order of the server counts.
    honorCipherOrder: true,
    ...(groups === undefined ? {} : { ecdhCurve: marksKeyShares ? withKeyShares(groups) : groups.join(":") }),
    ...(signatureAlgorithms === undefined ? {} : { sigalgs: signatureAlgorithms.join(":") }),
    ...(dhParameters === undefined ? {} : { dhparam: dhParameters.toPem() }),
  };
}

function cipherString(ciphers: CompiledOptions["ciphers"]): string {
  if (ciphers === undefined) return "";
  const { tls13 = [], tls12, securityLevel } = ciphers;
  return [...tls13, ...tls12, ...(securityLevel === undefined ? [] : [`@SECLEVEL=${securityLevel}`])].join(":");
}

/**
 * A client that prefers a hybrid group sends a share for it, and one for the first group that every server has: else each
 * older server costs a round trip more. OpenSSL marks them with an asterisk, since it has hybrid groups.
 */
function withKeyShares(groups: readonly string[]): string {
  const [first = ""] = groups;
  if (!first.includes("MLKEM")) return groups.join(":");
  const classical = groups.find((name) => !name.includes("MLKEM"));
  return groups.map((name) => (name === first || name === classical ? `*${name}` : name)).join(":");
}
