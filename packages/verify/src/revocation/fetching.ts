/** Decides, fetches what is missing about revocation, and decides again: the one place of the package that waits for others. */
import { type Certificate, CertificateRevocationList, OcspResponse } from "@tlskit/x509";
import { VerificationError } from "../error.ts";
import type { Complete } from "../input/complete.ts";
import type { VerifyPathInput } from "../input/input.ts";
import { readMoment } from "../input/moment.ts";
import { copyName } from "../input/settings.ts";
import { Budget } from "../search/budget.ts";
import type { VerifiedPath } from "../verified-path.ts";
import { doubt, type RevocationDoubt } from "./doubt.ts";
import type {
  RevocationFetcher,
  RevocationFetchRequest,
  RevocationInput,
  RevocationSources,
} from "./revocation-input.ts";

/** One decision; `doubts` are about what could not be fetched. */
export type Decide = (input: VerifyPathInput, doubts: readonly RevocationDoubt[]) => Promise<VerifiedPath>;

/**
 * Fetches only for a path that is good in every other respect, so that the addresses come from CAs that are trusted, and
 * only once.
 */
export async function decideWithFetching(
  input: VerifyPathInput,
  revocation: RevocationInput,
  fetch: RevocationFetcher,
  decide: Decide,
): Promise<VerifiedPath> {
  const fixed = fix(input, revocation);
  const first = await attempt(() => decide(fixed, []));
  const requests = unknownOf(first);
  if (requests.length === 0) return unwrap(first);
  const answers = await Promise.all(requests.map((request) => ask(fetch, request)));
  const more = {
    ...fixed.revocation,
    crls: [...fixed.revocation.crls, ...answers.flatMap(({ crls }) => crls)],
    ocspResponses: [...fixed.revocation.ocspResponses, ...answers.flatMap(({ ocspResponses }) => ocspResponses)],
  };
  return decide(
    { ...fixed, revocation: more },
    answers.flatMap(({ doubts }) => doubts),
  );
}

type Outcome = { readonly path: VerifiedPath } | { readonly error: unknown };

async function attempt(run: () => Promise<VerifiedPath>): Promise<Outcome> {
  try {
    return { path: await run() };
  } catch (error) {
    return { error };
  }
}

function unwrap(outcome: Outcome): VerifiedPath {
  if ("path" in outcome) return outcome.path;
  throw outcome.error;
}

function unknownOf(outcome: Outcome): readonly RevocationFetchRequest[] {
  if ("path" in outcome) {
    const { revocation, chain } = outcome.path;
    return revocation.flatMap(({ status, depth }) => (status === "unknown" ? requestAt(chain, depth) : []));
  }
  const { error } = outcome;
  if (!VerificationError.is(error)) return [];
  const isAll = error.reasons.every(({ code }) => code === "REVOCATION_STATUS_UNKNOWN");
  return isAll ? error.reasons.flatMap(({ depth }) => (depth === undefined ? [] : requestAt(error.chain, depth))) : [];
}

function requestAt(chain: readonly Certificate[], depth: number): readonly RevocationFetchRequest[] {
  const [certificate, issuer] = chain.slice(depth, depth + 2);
  return certificate === undefined || issuer === undefined ? [] : [{ certificate, issuer }];
}

interface Answer {
  readonly crls: readonly (CertificateRevocationList | Uint8Array)[];
  readonly ocspResponses: readonly (OcspResponse | Uint8Array)[];
  readonly doubts: readonly RevocationDoubt[];
}

// Whatever a fetcher does, the decision is ours: it can only fail to help.
async function ask(fetch: RevocationFetcher, request: RevocationFetchRequest): Promise<Answer> {
  try {
    const answer: RevocationSources = await fetch(request);
    const crls = [...take(answer.crls ?? [], MAX_ANSWERS)];
    const ocspResponses = [...take(answer.ocspResponses ?? [], MAX_ANSWERS)];
    const isRight =
      crls.every((one) => one instanceof Uint8Array || one instanceof CertificateRevocationList) &&
      ocspResponses.every((one) => one instanceof Uint8Array || one instanceof OcspResponse);
    if (isRight) return { crls, ocspResponses, doubts: [] };
    return failed("The fetcher gave something that is neither a CRL nor an OCSP response.");
  } catch (error) {
    return failed(`Nothing could be fetched: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failed(message: string): Answer {
  return { crls: [], ocspResponses: [], doubts: [doubt("none", undefined, "FETCH_FAILED", message)] };
}

// What is decided about twice must be the same both times: lists that can be read once, the time, and what can be written
// to meanwhile.
function fix(input: VerifyPathInput, revocation: RevocationInput): Fixed {
  const { poolSize, revocationSources } = new Budget(input.budget).limits;
  const { intermediates = [], at = new Date() } = input;
  const { crls = [], ocspResponses = [] } = revocation;
  return {
    ...input,
    ...(input.name === undefined ? {} : { name: copyName(input.name) }),
    at: readMoment(at) ?? at,
    leaf: copyBytes(input.leaf),
    intermediates: fixList(intermediates, poolSize),
    revocation: {
      ...revocation,
      crls: fixList(crls, revocationSources),
      ocspResponses: fixList(ocspResponses, revocationSources),
    },
  };
}

type Fixed = VerifyPathInput & { readonly revocation: RevocationInput & Complete<RevocationSources> };

// One more than is allowed, so that the budget sees it; what is no list is refused where lists are read.
function fixList<T>(list: Iterable<T>, limit: number): Iterable<T> {
  const isList = typeof list === "object" && list !== null && Symbol.iterator in list;
  return isList ? Array.from(take(list, limit + 1), copyBytes) : list;
}

function copyBytes<T>(value: T): T {
  return value instanceof Uint8Array ? (new Uint8Array(value) as Uint8Array & T) : value;
}

function* take<T>(list: Iterable<T>, limit: number): Generator<T, void> {
  let count = 0;
  for (const item of list) {
    if (count++ >= limit) return;
    yield item;
  }
}

const MAX_ANSWERS = 10;
