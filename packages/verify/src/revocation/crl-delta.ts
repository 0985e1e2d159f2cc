/**
 * Delta CRLs: what has changed since a complete one.
 *
 * @see RFC 5280, sections 5.2.4 and 6.3.3 (c, h)
 */
import { type PublicKey, TlsKitError } from "@tlskit/x509";
import type { Checking } from "../search/signature-check.ts";
import { entriesFault, listFault } from "./crl-form.ts";
import { isSameExtension } from "./crl-scope.ts";
import { type Doubts, doubt } from "./doubt.ts";
import type { NumberedList } from "./evidence.ts";
import { staleness } from "./freshness.ts";
import type { RevocationState } from "./state.ts";

/** The latest delta CRL that is good and fits the complete one, signed by the same key. */
export function* deltaFor(
  state: RevocationState,
  base: NumberedList,
  signer: PublicKey,
  doubts: Doubts,
): Checking<NumberedList | undefined> {
  let latest: NumberedList | undefined;
  for (const delta of state.evidence.deltas) {
    state.budget.spend("steps");
    if (!(yield* isUsable(state, base, delta, signer, doubts))) continue;
    if (latest === undefined || number(delta) > number(latest)) latest = delta;
  }
  return latest;
}

function* isUsable(
  state: RevocationState,
  base: NumberedList,
  delta: NumberedList,
  signer: PublicKey,
  doubts: Doubts,
): Checking<boolean> {
  try {
    if (!fits(base, delta)) return false;
    const fault = listFault(delta.list, state.settings) ?? staleness(delta.list, state.settings.at, state.maxAge);
    if (fault !== undefined) {
      doubts.add(doubt("crl", delta.index, fault.code, fault.message));
      return false;
    }
    const { kind } = yield* state.statements.verify(delta.list, signer, state.budget);
    const late = kind === "valid" ? entriesFault(delta.list, state.settings) : UNSIGNED;
    if (late === undefined) return true;
    doubts.add(doubt("crl", delta.index, late.code, late.message));
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    doubts.add(doubt("crl", delta.index, "UNREADABLE", `It cannot be read: ${error.message}`));
  }
  return false;
}

const UNSIGNED = { code: "SIGNATURE_INVALID", message: "It is not signed by the key of the complete CRL." } as const;

// Same issuer, same scope, same key; not older than the complete CRL, and not about a later one.
function fits({ list: base }: NumberedList, { list: delta }: NumberedList): boolean {
  const { crlNumber, deltaCrlIndicator } = delta;
  if (base.crlNumber === undefined || crlNumber === undefined || deltaCrlIndicator === undefined) return false;
  if (deltaCrlIndicator > base.crlNumber || crlNumber <= base.crlNumber) return false;
  if (!delta.issuer.equals(base.issuer)) return false;
  return SHARED.every((oid) => isSameExtension(base, delta, oid));
}

function number({ list }: NumberedList): bigint {
  return list.crlNumber ?? 0n;
}

// issuingDistributionPoint and authorityKeyIdentifier.
const SHARED = ["2.5.29.28", "2.5.29.35"];
