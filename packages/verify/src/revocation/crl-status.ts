/**
 * What CRLs say about one certificate: the algorithm of RFC 5280, section 6.3.3, over all CRLs at hand.
 *
 * A CRL is looked at under each distribution point of the certificate, and last under the implied one. The latest list
 * comes first, so that an older one for the same reasons decides nothing. Where an issuer's name has several keys, each
 * key has its own latest list, and one that revokes is enough: which of them is the issuer's own, names do not tell.
 */
import {
  type CertificateRevocationList,
  type CrlEntry,
  type PublicKey,
  type RevocationReasonFlag,
  TlsKitError,
} from "@tlskit/x509";
import type { Checking } from "../search/signature-check.ts";
import { deltaFor } from "./crl-delta.ts";
import { entriesFault, type Fault, listFault } from "./crl-form.ts";
import {
  ALL_REASONS,
  coveredReasons,
  isSameExtension,
  issuersAt,
  outOfScope,
  type Point,
  pointsOf,
} from "./crl-scope.ts";
import { findListSigner } from "./crl-signer.ts";
import { Doubts, doubt } from "./doubt.ts";
import { type NumberedList, numberOf } from "./evidence.ts";
import { staleness } from "./freshness.ts";
import type { RevocationState, Target } from "./state.ts";
import type { RevocationEvidence, RevocationStatus } from "./status.ts";

/** The status by CRLs; unknown with the doubts about every CRL that has to do with the certificate. */
export function* statusByLists(state: RevocationState, target: Target): Checking<RevocationStatus> {
  const doubts = new Doubts();
  const covered = new Set<RevocationReasonFlag>();
  const heard: Heard["heard"][number][] = [];
  const evidence: RevocationEvidence[] = [];
  for (const point of readPoints(target, doubts)) {
    for (const numbered of listsAt(state, point, target)) {
      state.budget.spend("steps");
      const answer = yield* guarded(numbered, doubts, () =>
        ask(state, numbered, point, target, { covered, heard }, doubts),
      );
      if (answer === undefined) continue;
      if (answer.entry !== undefined) return revoked(answer, answer.entry, doubts);
      if (!answer.clears) {
        doubts.add(doubt("crl", numbered.index, "OUT_OF_SCOPE", NOT_ITS_PLACE));
        continue;
      }
      for (const reason of answer.reasons) covered.add(reason);
      heard.push({ signer: answer.signer, list: numbered.list });
      evidence.push(answer.evidence);
    }
  }
  if (ALL_REASONS.every((reason) => covered.has(reason))) return { status: "good", evidence, doubts: doubts.list };
  if (covered.size > 0) {
    const missing = ALL_REASONS.filter((reason) => !covered.has(reason)).join(", ");
    doubts.addFirst(doubt("none", undefined, "REASONS_NOT_COVERED", `No CRL at hand covers the reasons ${missing}.`));
  }
  doubtDeltas(state, target, evidence, doubts);
  return { status: "unknown", doubts: doubts.list };
}

const ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

const NOT_ITS_PLACE = "It does not list the certificate, but by its distribution points it need not.";

/** What one CRL, with its delta, says under one point. */
interface Answer {
  readonly entry: CrlEntry | undefined;
  readonly clears: boolean;
  readonly reasons: ReadonlySet<RevocationReasonFlag>;
  readonly signer: PublicKey;
  readonly evidence: RevocationEvidence;
}

/** What later lists have said. */
interface Heard {
  readonly covered: ReadonlySet<RevocationReasonFlag>;
  /** Which they were, and the keys that signed them. */
  readonly heard: readonly { readonly list: CertificateRevocationList; readonly signer: PublicKey }[];
}

function* ask(
  state: RevocationState,
  numbered: NumberedList,
  point: Point,
  target: Target,
  { covered, heard }: Heard,
  doubts: Doubts,
): Checking<Answer | undefined> {
  const { list, index } = numbered;
  const { certificate } = target;
  const why = outOfScope(list, point, certificate, state.budget);
  if (why !== undefined) {
    // What was said about it at a point of the certificate is said.
    if (point.isExplicit || !doubts.isAbout("crl", index)) doubts.add(doubt("crl", index, "OUT_OF_SCOPE", why));
    return undefined;
  }
  const reasons = coveredReasons(list, point);
  const isCovered = [...reasons].every((reason) => covered.has(reason));
  if (isCovered && list.find(certificate.serialNumber, certificate.issuer) === undefined) return undefined;
  const signer = yield* usableSigner(state, numbered, point, target, doubts);
  if (signer === undefined) return undefined;
  if (isCovered && heard.some((one) => one.signer.equals(signer) && isLater(one.list, list))) return undefined;
  const delta = yield* deltaFor(state, numbered, signer, doubts);
  const latest = delta ?? numbered;
  const late = staleness(latest.list, state.settings.at, state.maxAge);
  if (late !== undefined) {
    doubts.add(doubt("crl", index, late.code, late.message));
    return undefined;
  }
  return {
    entry: entryOf(numbered, delta, target),
    clears: point.clears && !isUnannouncedIndirect(numbered, point),
    reasons,
    signer,
    evidence: evidenceOf(latest),
  };
}

// Of two of one moment, numbers tell if they are of one scope (section 5.2.3). Where nobody can tell, what revokes counts.
function isLater(list: CertificateRevocationList, than: CertificateRevocationList): boolean {
  const time = list.thisUpdate.getTime() - than.thisUpdate.getTime();
  if (time !== 0) return time > 0;
  return numberOf(list) > numberOf(than) && isSameExtension(list, than, ISSUING_DISTRIBUTION_POINT);
}

function* listsAt(
  { evidence, budget }: RevocationState,
  point: Point,
  { certificate }: Target,
): Generator<NumberedList, void> {
  const issuers = issuersAt(point, certificate);
  budget.spend("nameComparisons", issuers.length);
  for (const key of new Set(issuers.map((issuer) => issuer.key))) yield* evidence.complete.get(key) ?? [];
}

// The key that signed it, if nothing forbids to use the CRL.
function* usableSigner(
  state: RevocationState,
  numbered: NumberedList,
  point: Point,
  target: Target,
  doubts: Doubts,
): Checking<PublicKey | undefined> {
  const refuse = (fault: Fault | undefined): boolean => {
    if (fault !== undefined) doubts.add(doubt("crl", numbered.index, fault.code, fault.message));
    return fault !== undefined;
  };
  if (refuse(listFault(numbered.list, state.settings))) return undefined;
  const isNamed = point.crlIssuer !== undefined;
  const signer = yield* findListSigner(state, numbered, target, isNamed, doubts);
  if (signer === undefined || refuse(entriesFault(numbered.list, state.settings))) return undefined;
  return signer;
}

// Section 6.3.3 (i, j, k): what the delta says goes first.
function entryOf(
  { list }: NumberedList,
  delta: NumberedList | undefined,
  { certificate: { serialNumber, issuer } }: Target,
): CrlEntry | undefined {
  const entry = delta?.list.find(serialNumber, issuer) ?? list.find(serialNumber, issuer);
  return entry?.reason === "removeFromCRL" ? undefined : entry;
}

// RFC 5280, section 4.2.1.13: who relies on an indirect CRL names its issuer in the point. A point that does not promises
// a CRL of its own issuer alone, so that being absent from an indirect one proves nothing.
function isUnannouncedIndirect({ list }: NumberedList, point: Point): boolean {
  return point.isExplicit && point.crlIssuer === undefined && list.issuingDistributionPoint?.indirectCRL === true;
}

function evidenceOf({ index, list }: NumberedList): RevocationEvidence {
  const { thisUpdate, nextUpdate } = list;
  return { source: "crl", index, thisUpdate, ...(nextUpdate && { nextUpdate }) };
}

function revoked(answer: Answer, entry: CrlEntry, doubts: Doubts): RevocationStatus {
  const { reason, revocationDate } = entry;
  return {
    status: "revoked",
    revokedAt: revocationDate,
    ...(reason === undefined ? {} : { reason }),
    evidence: [answer.evidence],
    doubts: doubts.list,
  };
}

// Values of a CRL are read when they are needed; one that cannot be read makes the CRL useless, and nothing else.
function* guarded<T>(
  { index }: NumberedList,
  doubts: Doubts,
  run: () => Checking<T | undefined>,
): Checking<T | undefined> {
  try {
    return yield* run();
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    doubts.add(doubt("crl", index, "UNREADABLE", `It cannot be read: ${error.message}`));
    return undefined;
  }
}

function readPoints({ certificate }: Target, doubts: Doubts): readonly Point[] {
  try {
    return pointsOf(certificate);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    doubts.add(doubt("none", undefined, "UNREADABLE", `Its distribution points cannot be read: ${error.message}`));
    return [];
  }
}

function doubtDeltas(
  { evidence: { deltas } }: RevocationState,
  { certificate: { issuer } }: Target,
  found: readonly RevocationEvidence[],
  doubts: Doubts,
): void {
  if (found.length > 0) return;
  for (const { list, index } of deltas) {
    if (!list.issuer.equals(issuer)) continue;
    doubts.add(doubt("crl", index, "BASE_MISSING", "It only says what changed since a CRL that is not at hand."));
  }
}
