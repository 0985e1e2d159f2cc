/** Applies the rule table to one certificate of a path. */
import { type Certificate, TlsKitError } from "@tlskit/x509";
import type { Budget } from "./budget.ts";
import { VerifyArgumentError } from "./error.ts";
import type { VerificationProfile } from "./input.ts";
import type { Candidate } from "./issuer-index.ts";
import { printable } from "./printable.ts";
import type { VerificationReason } from "./reason.ts";
import { malformedFinding } from "./rules/extensions.ts";
import type { Finding, Findings, Position, Rule, RuleContext } from "./rules/rule.ts";
import type { Settings } from "./settings.ts";
import type { VerificationCheck } from "./verified-path.ts";

/** A finding and the rule that made it. */
export interface Found {
  readonly rule: string;
  readonly section: string;
  readonly finding: Finding;
}

/** Judges certificates by the rules of one profile. What depends on a certificate and its position alone is judged once. */
export class Judge {
  readonly #settings: Settings;
  readonly #rules: RulesInForce;
  readonly #memo: Readonly<Record<Position, Map<Candidate, readonly Found[]>>> = {
    leaf: new Map(),
    intermediate: new Map(),
    anchor: new Map(),
  };

  constructor(settings: Settings, rules: readonly Rule[]) {
    this.#settings = settings;
    this.#rules = rulesInForce(rules, settings.profile);
  }

  /** Everything wrong with `candidate` on top of the path `below` (leaf first). */
  findings(candidate: Candidate, below: readonly Certificate[], budget: Budget): readonly Found[] {
    const position = positionOf(candidate, below);
    const { certificate, anchor } = candidate;
    const settings = this.#settings;
    const context: RuleContext = { certificate, position, depth: below.length, below, anchor, settings, budget };
    const rules = this.#rules[position];
    let alone = this.#memo[position].get(candidate);
    if (alone === undefined) {
      alone = applyAll(rules.certificate, context);
      this.#memo[position].set(candidate, alone);
    }
    const inPath = applyAll(rules.path, context);
    return inPath.length === 0 ? alone : [...alone, ...inPath];
  }

  /** The rules that a path was checked by, position by position. */
  checks(path: readonly Candidate[]): readonly VerificationCheck[] {
    return path.flatMap((candidate, depth) => {
      const below = path.slice(0, depth).map(({ certificate }) => certificate);
      const { certificate, path: inPath } = this.#rules[positionOf(candidate, below)];
      const rules = depth === path.length - 1 ? [...certificate, ...inPath] : [...BUILT_IN, ...certificate, ...inPath];
      return rules.map(({ id, section }) => ({ rule: id, section, depth }));
    });
  }
}

// What the path builder itself checks of every link.
const BUILT_IN = [
  { id: "issuer-name", section: "RFC 5280 6.1.3 (a)(4)" },
  { id: "signature", section: "RFC 5280 6.1.3 (a)(1)" },
];

type RulesInForce = Readonly<Record<Position, Readonly<Record<Rule["scope"], readonly Rule[]>>>>;

// A table is immutable, and the same one decides about nearly everything.
function rulesInForce(rules: readonly Rule[], profile: VerificationProfile): RulesInForce {
  let byProfile = inForce.get(rules);
  if (byProfile === undefined) {
    byProfile = new Map<VerificationProfile, RulesInForce>();
    inForce.set(rules, byProfile);
  }
  let found = byProfile.get(profile);
  if (found === undefined) {
    const at = (position: Position): RulesInForce[Position] => {
      const here = rules.filter((rule) => rule.profiles.includes(profile) && rule.positions.includes(position));
      const of = (wanted: Rule["scope"]): readonly Rule[] => here.filter(({ scope }) => scope === wanted);
      return { certificate: of("certificate"), path: of("path") };
    };
    found = { leaf: at("leaf"), intermediate: at("intermediate"), anchor: at("anchor") };
    byProfile.set(profile, found);
  }
  return found;
}

const inForce = new WeakMap<readonly Rule[], Map<VerificationProfile, RulesInForce>>();

/** A finding as the caller sees it. */
export function toReason(
  { rule, section, finding }: Found,
  certificate: Certificate,
  depth: number,
): VerificationReason {
  const { about, ...said } = finding;
  const place = about ?? { certificate, depth };
  // The union of findings maps one to one to the union of reasons.
  return {
    ...said,
    message: printable(said.message),
    remedy: printable(said.remedy),
    rule,
    section,
    ...place,
  } as VerificationReason;
}

function positionOf(candidate: Candidate, below: readonly Certificate[]): Position {
  if (below.length === 0) return "leaf";
  return candidate.anchor === undefined ? "intermediate" : "anchor";
}

function applyAll(rules: readonly Rule[], context: RuleContext): readonly Found[] {
  let all: Found[] | undefined;
  for (const rule of rules) {
    const found = apply(rule, context);
    if (found === undefined) continue;
    all ??= [];
    const { id, section } = rule;
    const some = "code" in found ? [found] : found.slice(0, MAX_FINDINGS);
    for (const finding of some) all.push({ rule: id, section, finding });
  }
  return all ?? NOTHING;
}

// What nearly all certificates have wrong with them.
const NOTHING: readonly Found[] = [];

// Of one rule about one certificate: who has seen ten knows enough, and a peer can make thousands.
const MAX_FINDINGS = 10;

// A rule that trips over something unreadable has found it to be unreadable: nothing unread is ever good.
function apply({ id, check }: Rule, context: RuleContext): Findings {
  try {
    return check(context);
  } catch (error) {
    if (!TlsKitError.is(error) || error instanceof VerifyArgumentError) throw error;
    return malformedFinding(context.certificate, id, error);
  }
}
