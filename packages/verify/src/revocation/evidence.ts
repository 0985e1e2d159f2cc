import { CertificateRevocationList, OcspResponse, TlsKitError } from "@tlskit/x509";
import { genuineList, genuineResponse } from "../input/genuine.ts";
import { invalid } from "../input/invalid.ts";
import { type Budget, BudgetExhausted } from "../search/budget.ts";
import { doubt, type RevocationDoubt } from "./doubt.ts";
import type { RevocationSources } from "./revocation-input.ts";

/** A CRL and its place in `crls`. */
export interface NumberedList {
  readonly index: number;
  readonly list: CertificateRevocationList;
}

/** An OCSP response and its place in `ocspResponses`. */
export interface NumberedResponse {
  readonly index: number;
  readonly response: OcspResponse;
}

/** What the caller has about revocation, read. */
export interface Evidence {
  /** Complete CRLs by the key of their issuer's name, the latest first. */
  readonly complete: ReadonlyMap<string, readonly NumberedList[]>;
  readonly deltas: readonly NumberedList[];
  readonly responses: readonly NumberedResponse[];
  /** What could not be read, or not be fetched; it might have told the status of any certificate. */
  readonly unreadable: readonly RevocationDoubt[];
}

/**
 * Reads the sources. What cannot be read is doubted, not refused: it may be about another certificate.
 *
 * @param doubts what is already known to be missing
 * @throws VerifyArgumentError for what is neither, BudgetExhausted for too many
 */
export function readEvidence(
  { crls = [], ocspResponses = [] }: RevocationSources,
  budget: Budget,
  doubts: readonly RevocationDoubt[] = [],
): Evidence {
  const unreadable = [...doubts];
  const complete: NumberedList[] = [];
  const deltas: NumberedList[] = [];
  const responses: NumberedResponse[] = [];
  for (const [index, item] of items(crls, "revocation.crls", budget)) {
    const read = attempt("crl", index, unreadable, () => {
      const list = item instanceof Uint8Array ? CertificateRevocationList.fromDer(item) : genuineList(item);
      if (list === undefined) throw notOne("crls", index, "a CRL or its DER", item);
      return { list, isDelta: list.deltaCrlIndicator !== undefined };
    });
    if (read !== undefined) (read.isDelta ? deltas : complete).push({ index, list: read.list });
  }
  for (const [index, item] of items(ocspResponses, "revocation.ocspResponses", budget)) {
    // Responses come from peers; CRLs, which may be large, from whoever was asked for them.
    budget.spend("bytes", item instanceof Uint8Array ? item.length : 0);
    const response = attempt("ocsp", index, unreadable, () => {
      const one = item instanceof Uint8Array ? OcspResponse.fromDer(item) : genuineResponse(item);
      if (one === undefined) throw notOne("ocspResponses", index, "an OcspResponse or its DER", item);
      return one;
    });
    if (response !== undefined) responses.push({ index, response });
  }
  complete.sort(latestFirst);
  return { complete: Map.groupBy(complete, ({ list }) => list.issuer.key), deltas, responses, unreadable };
}

// By their times, and those of one time by their numbers.
function latestFirst({ list: a }: NumberedList, { list: b }: NumberedList): number {
  const [one, other] = [numberOf(a), numberOf(b)];
  return b.thisUpdate.getTime() - a.thisUpdate.getTime() || Number(other > one) - Number(other < one);
}

/** The number of a CRL; one that has none, or none that can be read, has the lowest. */
export function numberOf(list: CertificateRevocationList): bigint {
  try {
    return list.crlNumber ?? -1n;
  } catch (error) {
    if (TlsKitError.is(error)) return -1n;
    throw error;
  }
}

function* items<T>(list: Iterable<T>, argument: string, budget: Budget): Generator<readonly [number, T], void> {
  if (typeof list !== "object" || list === null || !(Symbol.iterator in list)) throw invalid(argument, "a list", list);
  let index = 0;
  for (const item of list) {
    if (index >= budget.limits.revocationSources) {
      throw new BudgetExhausted("revocationSources", budget.limits.revocationSources);
    }
    yield [index++, item];
  }
}

function attempt<T>(
  source: "crl" | "ocsp",
  index: number,
  unreadable: RevocationDoubt[],
  read: () => T,
): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!TlsKitError.is(error) || error.code === "VERIFY_ARGUMENT_INVALID") throw error;
    unreadable.push(doubt(source, index, "UNREADABLE", `It cannot be read: ${error.message}`));
    return undefined;
  }
}

function notOne(list: string, index: number, expected: string, item: unknown): ReturnType<typeof invalid> {
  const isPem = typeof item === "string" && item.includes("-----BEGIN ");
  const advice = isPem ? "CertificateRevocationList.fromPem(text) reads a CRL." : undefined;
  return invalid(`revocation.${list}[${index}]`, expected, item, advice);
}
