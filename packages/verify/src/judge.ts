/** Applies the rule table to one certificate of a path. */
import { type Certificate, TlsKitError } from "@tlskit/x509";
import type { Budget } from "./budget.ts";
import type { Candidate } from "./issuer-index.ts";
import { printable } from "./printable.ts";
import type { VerificationReason } from "./reason.ts";
import { malformedFinding } from "./rules/extensions.ts";
import type { Finding, Position, Rule, RuleContext } from "./rules/rule.ts";
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
  readonly #rules: Readonly<Record<Position, Readonly<Record<Rule["scope"], readonly Rule[]>>>>;
  readonly #memo: Readonly<Record<Position, Map<Candidate, readonly Found[]>>> = {
    leaf: new Map(),
    intermediate: new Map(),
    anchor: new Map(),
  };

  constructor(settings: Settings, rules: readonly Rule[]) {
    this.#settings = settings;
    const applying = rules.filter(({ profiles }) => profiles.includes(settings.profile));
    const at = (position: Position): Record<Rule["scope"], readonly Rule[]> => {
      const here = applying.filter(({ positions }) => positions.includes(position));
      return {
        certificate: here.filter(({ scope }) => scope === "certificate"),
        path: here.filter(({ scope }) => scope === "path"),
      };
    };
    this.#rules = { leaf: at("leaf"), intermediate: at("intermediate"), anchor: at("anchor") };
  }

  /** Everything wrong with `candidate` on top of the path `below` (leaf first). */
  findings(candidate: Candidate, below: readonly Certificate[], budget: Budget): readonly Found[] {
    const position = positionOf(candidate, below);
    const context: RuleContext = {
      certificate: candidate.certificate,
      position,
      depth: below.length,
      below,
      settings: this.#settings,
      budget,
      ...(candidate.anchor === undefined ? {} : { anchor: candidate.anchor }),
    };
    let alone = this.#memo[position].get(candidate);
    if (alone === undefined) {
      alone = this.#rules[position].certificate.flatMap((rule) => apply(rule, context));
      this.#memo[position].set(candidate, alone);
    }
    const inPath = this.#rules[position].path.flatMap((rule) => apply(rule, context));
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

// A rule that trips over something unreadable has found it to be unreadable: nothing unread is ever good.
function apply(rule: Rule, context: RuleContext): readonly Found[] {
  const { id, section, check } = rule;
  let found: ReturnType<typeof check>;
  try {
    found = check(context);
  } catch (error) {
    if (!TlsKitError.is(error)) throw error;
    found = malformedFinding(context.certificate, id, error);
  }
  if (found === undefined) return [];
  const findings: readonly Finding[] = "code" in found ? [found] : found;
  return findings.map((finding) => ({ rule: id, section, finding }));
}
