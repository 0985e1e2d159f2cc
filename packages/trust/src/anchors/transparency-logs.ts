import type { TransparencyLog } from "@tlskit/verify";
import { PublicKey } from "@tlskit/x509";
import { badArgument } from "../input/bad-argument.ts";

/** The logs, each once and frozen. @throws TrustError TRUST_ARGUMENT_INVALID */
export function readLogs(logs: Iterable<TransparencyLog>): readonly TransparencyLog[] {
  if (typeof logs !== "object" || logs === null || !(Symbol.iterator in logs))
    throw badArgument("logs", "a list of logs", logs);
  const byId = new Map<string, TransparencyLog>();
  for (const [index, log] of [...logs].entries()) {
    const key: unknown = typeof log === "object" && log !== null ? log.key : undefined;
    if (!(key instanceof PublicKey)) throw badArgument(`logs[${index}].key`, "a PublicKey", key);
    byId.set(key.spkiHash(), Object.freeze({ key }));
  }
  return Object.freeze([...byId.values()]);
}
