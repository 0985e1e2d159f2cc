import { platformTrust } from "@tlskit/trust";
import { refusedOutcome } from "./outcome.ts";
import type { Errand, Outcome } from "./situation.ts";

/** Real input: what this machine trusts, and whether every one of its roots can be read. */
export function trustStoreErrand(): Errand {
  return { id: "trust-store", title: "platform trust store", expected: "all parse", run: readStore };
}

async function readStore(): Promise<Outcome> {
  try {
    const trust = await platformTrust();
    const { kind, locations } = trust.source;
    const unreadable = trust.skipped.map(({ location, error }) => `${location}: ${error.message}`);
    return {
      code: unreadable.length === 0 ? "all parse" : `${unreadable.length} do not parse`,
      reasons: [`${kind}: ${locations.join(", ")}: ${trust.size} roots`, ...unreadable],
    };
  } catch (error) {
    return refusedOutcome(error);
  }
}
