/**
 * The revocation check of paths: each certificate of the scope, from the anchor downwards, by OCSP responses and CRLs.
 *
 * @see RFC 5280, section 6.1.3 (a)(3)
 */
import { type Certificate, type DistinguishedName, TlsKitError } from "@tlskit/x509";
import type { TrustAnchor, TrustAnchors } from "../anchors/trust-anchors.ts";
import type { Settings } from "../input/settings.ts";
import { Judge } from "../judge.ts";
import { show } from "../reasons/show.ts";
import type { Rule } from "../rules/rule.ts";
import type { Budget } from "../search/budget.ts";
import { AnchorIndex } from "../search/certificate-set.ts";
import { type Candidate, IssuerIndex } from "../search/issuer-index.ts";
import { type LinkMemo, readKey } from "../search/link-memo.ts";
import { searchPath } from "../search/path-search.ts";
import type { Checking } from "../search/signature-check.ts";
import type { Fault } from "./crl-form.ts";
import { statusByLists } from "./crl-status.ts";
import { doubt, type RevocationDoubt } from "./doubt.ts";
import type { Evidence } from "./evidence.ts";
import { statusByResponses } from "./ocsp-status.ts";
import { responderPathFault } from "./responder-path.ts";
import type { RevocationState, Target } from "./state.ts";
import { StatementMemo } from "./statement-memo.ts";
import { type CertificateRevocationStatus, gravest, type RevocationStatus } from "./status.ts";

/** What the check is made of; the same for all paths of a verification. */
export interface RevocationWorld {
  readonly settings: Settings;
  readonly evidence: Evidence;
  readonly rules: readonly Rule[];
  /** The intermediates, among whom CRL issuers are found. */
  readonly pool: readonly Certificate[];
  readonly links: LinkMemo;
  readonly budget: Budget;
}

/** Checks paths; what it found out once it does not ask again. */
export class RevocationChecker implements RevocationState {
  readonly settings: Settings;
  readonly maxAge: number | undefined;
  readonly budget: Budget;
  readonly evidence: Evidence;
  readonly statements: StatementMemo;
  readonly #world: RevocationWorld;
  readonly #inProgress = new Set<string>();
  readonly #known = new Map<string, RevocationStatus>();
  readonly #signers = new Map<string, Fault | undefined>();

  constructor(world: RevocationWorld, statements: StatementMemo = new StatementMemo()) {
    this.#world = world;
    this.settings = world.settings;
    this.maxAge = world.settings.revocation.maxAge;
    this.budget = world.budget;
    this.evidence = world.evidence;
    this.statements = statements;
  }

  /** The same check with another budget; which signatures are right is still known. */
  withBudget(budget: Budget): RevocationChecker {
    return new RevocationChecker({ ...this.#world, budget }, this.statements);
  }

  /** The status of each certificate of the scope, leaf first; stops above the first one that is revoked. */
  *check(path: readonly Candidate[]): Checking<readonly CertificateRevocationStatus[]> {
    const statuses: CertificateRevocationStatus[] = [];
    const highest = this.settings.revocation.scope === "leaf" ? 0 : path.length - 2;
    for (let depth = Math.min(highest, path.length - 2); depth >= 0; depth--) {
      const target = targetAt(path, depth);
      if (target === undefined) continue;
      const status = yield* this.#status(target, "any");
      statuses.unshift({ ...status, certificate: target.certificate, depth });
      // Who was revoked says nothing that counts about those below.
      if (status.status === "revoked") break;
    }
    return statuses;
  }

  bySubject(name: DistinguishedName): readonly Certificate[] {
    return this.#world.pool.filter(({ subject }) => subject.equals(name));
  }

  *signerFault(signer: Certificate, target: Target, isNamed: boolean): Checking<Fault | undefined> {
    const id = `${isNamed} ${idOf(signer, target.above)}`;
    if (this.#signers.has(id)) return this.#signers.get(id);
    const fault = yield* this.#findSignerFault(signer, target, isNamed);
    // What may depend on a status that is being found out is no lasting knowledge.
    if (fault?.code !== "SIGNER_STATUS_UNKNOWN") this.#signers.set(id, fault);
    return fault;
  }

  *responderFault(responder: Certificate, target: Target): Checking<Fault | undefined> {
    const fault = responderPathFault(responder, target, this.#sideSettings(), this.#world.rules, this.budget);
    if (fault !== undefined || responder.extension(OCSP_NO_CHECK) !== undefined) return fault;
    const path = { certificate: responder, above: target.above, anchor: target.anchor };
    const status = yield* this.#status(path, "crl");
    return this.#objection(responder, status, isCheckable(responder));
  }

  // Section 6.3.3 (f): the path of a CRL issuer is validated, too, and ends in the same anchor.
  *#findSignerFault(signer: Certificate, target: Target, isNamed: boolean): Checking<Fault | undefined> {
    const { rules, pool, links } = this.#world;
    const settings = this.#sideSettings();
    const judge = new Judge(settings, rules);
    const candidate: Candidate = { certificate: signer };
    if (judge.findings(candidate, [], this.budget).length > 0) return notAuthorised(signer);
    let found: Fault | undefined;
    const state = {
      index: new IssuerIndex(new AnchorIndex(onlyAnchor(target.anchor)), pool, settings.at),
      judge,
      links,
      budget: this.budget,
      unreadable: 0,
      accept: function* (this: void, path: readonly Candidate[]): Checking<boolean> {
        const fault = yield* checkSide(path);
        found ??= fault;
        return fault === undefined;
      },
    };
    const checkSide = (path: readonly Candidate[]): Checking<Fault | undefined> => {
      return this.#sideFault(path, target, isNamed);
    };
    const path = yield* searchPath(state, [candidate]);
    return path === undefined ? (found ?? notAuthorised(signer)) : undefined;
  }

  // The revocation of a CRL issuer and of those above it, but for those that the path of the target has anyway.
  *#sideFault(path: readonly Candidate[], target: Target, isNamed: boolean): Checking<Fault | undefined> {
    const [signer, issuer] = path;
    if (signer === undefined || issuer === undefined) return undefined;
    // Section 6.3.3 (f) takes anyone of the right name. But any CA below the anchor could make itself one: who signs in
    // the name of the issuer must be certified by it, or by who is above it.
    if (!isNamed && !target.above.some((one) => isSameIssuer(one, issuer.certificate))) {
      return notAuthorised(signer.certificate);
    }
    // Who would vouch for itself by way of those whom it has certified vouches for nobody.
    if (path.some(({ certificate }) => certificate.equals(target.certificate)))
      return unknownStatus(signer.certificate);
    for (let depth = path.length - 2; depth >= 0; depth--) {
      const side = targetAt(path, depth);
      if (side === undefined || target.above.some((other) => other.equals(side.certificate))) continue;
      if (depth > 0 && this.settings.revocation.scope === "leaf") continue;
      const status = yield* this.#status(side, "any");
      const fault = this.#objection(side.certificate, status, true);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #objection(certificate: Certificate, { status }: RevocationStatus, isNeeded: boolean): Fault | undefined {
    if (status === "good") return undefined;
    if (status === "revoked") {
      return { code: "SIGNER_REVOKED", message: `${show(certificate)}, which signed it, is revoked.` };
    }
    return isNeeded && this.settings.revocation.mode === "require" ? unknownStatus(certificate) : undefined;
  }

  *#status(target: Target, source: "crl" | "any"): Checking<RevocationStatus> {
    const id = `${source} ${idOf(target.certificate, target.above)}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (this.#inProgress.has(target.certificate.id)) return { status: "unknown", doubts: [CIRCULAR] };
    this.#inProgress.add(target.certificate.id);
    try {
      const status = yield* source === "crl" ? statusByLists(this, target) : statusByBoth(this, target);
      if (status.status !== "unknown" || this.#inProgress.size === 1) this.#known.set(id, status);
      return status;
    } finally {
      this.#inProgress.delete(target.certificate.id);
    }
  }

  // Signers of CRLs and responses are judged by what decides security and what RFC 5280 demands, not as TLS servers.
  #sideSettings(): Settings {
    const { settings } = this;
    const profile = settings.profile === "webpki" ? "rfc5280" : settings.profile;
    const limits = { ...settings.limits, pins: undefined };
    return { ...settings, profile, limits, purpose: "any", policies: {}, name: undefined, maxDepth: undefined };
  }
}

// Both are asked, even if one says "good": what revokes goes first.
function* statusByBoth(state: RevocationState, target: Target): Checking<RevocationStatus> {
  const byResponses = yield* statusByResponses(state, target);
  const byLists = yield* statusByLists(state, target);
  const doubts = [...byResponses.doubts, ...byLists.doubts];
  const status = gravest([byResponses, byLists]);
  return { ...status, doubts: status.status === "unknown" ? withUnreadable(doubts, state.evidence) : doubts };
}

function withUnreadable(doubts: readonly RevocationDoubt[], { unreadable }: Evidence): readonly RevocationDoubt[] {
  const all = [...doubts, ...unreadable];
  return all.length > 0 ? all : [doubt("none", undefined, "NO_SOURCE", "No CRL or OCSP response at hand is about it.")];
}

const CIRCULAR: RevocationDoubt = doubt(
  "none",
  undefined,
  "SIGNER_STATUS_UNKNOWN",
  "Its status depends on whom it vouches for itself.",
);

function idOf(certificate: Certificate, above: readonly Certificate[]): string {
  return [certificate, ...above].map(({ id }) => id).join(" ");
}

function targetAt(path: readonly Candidate[], depth: number): Target | undefined {
  const [target, issuer, ...rest] = path.slice(depth).map(({ certificate }) => certificate);
  const anchor = path.at(-1)?.anchor;
  if (target === undefined || issuer === undefined || anchor === undefined) return undefined;
  return { certificate: target, above: [issuer, ...rest], anchor };
}

// Limits to what an anchor is trusted for are about leaves; its name constraints are about everything below it.
function onlyAnchor({ certificate, nameConstraints }: TrustAnchor): TrustAnchors {
  const anchors: readonly TrustAnchor[] = [{ certificate, ...(nameConstraints && { nameConstraints }) }];
  return {
    generation: certificate.id,
    size: 1,
    bySubject: (name) => (name.equals(certificate.subject) ? anchors : []),
    find: (wanted) => anchors.find((anchor) => anchor.certificate.equals(wanted)),
    [Symbol.iterator]: () => anchors[Symbol.iterator](),
  };
}

function isSameIssuer(one: Certificate, other: Certificate): boolean {
  if (!one.subject.equals(other.subject)) return false;
  const [key, otherKey] = [readKey(one), readKey(other)];
  return !TlsKitError.is(key) && !TlsKitError.is(otherKey) && key.equals(otherKey);
}

function unknownStatus(signer: Certificate): Fault {
  const message = `Whether ${show(signer).replace("The", "the")}, which signed it, is revoked is not known.`;
  return { code: "SIGNER_STATUS_UNKNOWN", message };
}

function notAuthorised(signer: Certificate): Fault {
  return { code: "SIGNER_NOT_AUTHORISED", message: `${show(signer)} has no valid path to the same trust anchor.` };
}

// RFC 6960, section 4.2.2.2.1: a responder whose certificate names no way to check it is not checked.
function isCheckable(responder: Certificate): boolean {
  return CHECKABLE.some((oid) => responder.extension(oid) !== undefined);
}

const OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

// cRLDistributionPoints, authorityInfoAccess.
const CHECKABLE = ["2.5.29.31", "1.3.6.1.5.5.7.1.1"];
