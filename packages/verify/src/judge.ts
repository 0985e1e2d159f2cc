/** Applies the rule table to one certificate of a path. */
import { type Certificate, TlsKitError } from "@tlskit/x509";
import { VerifyArgumentError } from "./error.ts";
import type { VerificationProfile } from "./input/input.ts";
import type { Settings } from "./input/settings.ts";
import { printable } from "./reasons/printable.ts";
import type { VerificationReason } from "./reasons/reason.ts";
import { malformedFinding } from "./rules/extensions.ts";
import type { Finding, Findings, Position, Rule, RuleContext } from "./rules/rule.ts";
import type { Budget } from "./search/budget.ts";
import type { Candidate } from "./search/issuer-index.ts";
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
  readonly #memo = new Map<Candidate, Judged>();

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
    const known = this.#memo.get(candidate);
    let alone = known?.position === position ? known.alone : undefined;
    if (alone === undefined) {
      alone = findingsAlone(rules, context);
      this.#memo.set(candidate, { position, alone });
    }
    const inPath = applyAll(rules.path, context);
    return inPath.length === 0 ? alone : [...alone, ...inPath];
  }

  /** The rules that a path was checked by, position by position. */
  checks(path: readonly Candidate[]): readonly VerificationCheck[] {
    return path.flatMap((candidate, depth) => {
      const below = path.slice(0, depth).map(({ certificate }) => certificate);
      const { alone, path: inPath } = this.#rules[positionOf(candidate, below)];
      const rules = depth === path.length - 1 ? [...alone, ...inPath] : [...BUILT_IN, ...alone, ...inPath];
      return rules.map(({ id, section }) => ({ rule: id, section, depth }));
    });
  }
}

// What the path builder itself checks of every link.
const BUILT_IN = [
  { id: "issuer-name", section: "RFC 5280 6.1.3 (a)(4)" },
  { id: "signature", section: "RFC 5280 6.1.3 (a)(1)" },
];

interface Judged {
  readonly position: Position;
  readonly alone: readonly Found[];
}

/** The rules of one position under one profile. */
interface RulesHere {
  /** Those about a certificate alone. */
  readonly alone: readonly Rule[];
  /** Of them, those that see more than its octets. */
  readonly varying: readonly Rule[];
  /** In which the others have found nothing: they would find nothing again, the bytes of a certificate never change. */
  readonly sound: WeakSet<Certificate>;
  readonly path: readonly Rule[];
}

type RulesInForce = Readonly<Record<Position, RulesHere>>;

// A table is immutable, and the same one decides about nearly everything.
function rulesInForce(rules: readonly Rule[], profile: VerificationProfile): RulesInForce {
  let byProfile = inForce.get(rules);
  if (byProfile === undefined) {
    byProfile = new Map<VerificationProfile, RulesInForce>();
    inForce.set(rules, byProfile);
  }
  let found = byProfile.get(profile);
  if (found === undefined) {
    const at = (position: Position): RulesHere => {
      const here = rules.filter((rule) => rule.profiles.includes(profile) && rule.positions.includes(position));
      return {
        alone: here.filter(({ scope }) => scope !== "path"),
        varying: here.filter(({ scope }) => scope === "certificate"),
        sound: new WeakSet(),
        path: here.filter(({ scope }) => scope === "path"),
      };
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

function findingsAlone({ alone, varying, sound }: RulesHere, context: RuleContext): readonly Found[] {
  if (sound.has(context.certificate)) return applyAll(varying, context);
  const found = applyAll(alone, context);
  if (found.length === 0) sound.add(context.certificate);
  return found;
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
