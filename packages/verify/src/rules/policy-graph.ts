/**
 * Certificate policies: which of them hold for a whole path.
 *
 * A directed graph instead of RFC 5280's tree, so that hostile mappings cannot make it grow exponentially: one level
 * per certificate, one node per policy and level.
 *
 * @see RFC 5280, section 6.1, as updated by RFC 9618
 */
import type { Certificate, PolicyMapping } from "@tlskit/x509";
import type { PolicyInput } from "../input/input.ts";
import type { Budget } from "../search/budget.ts";

/** What came of the policies of a path. */
export interface PolicyOutcome {
  /** The user-constrained-policy-set; `anyPolicy` stands for all. */
  readonly policies: readonly string[];
  /** Set if a policy was demanded and none held: the depth of the certificate where that became certain, and why. */
  readonly fault?: { readonly depth: number; readonly problem: "none-left" | "maps-any-policy" };
}

/** "Every policy" (RFC 5280, section 4.2.1.4). */
const ANY_POLICY = "2.5.29.32.0";

/**
 * Computes the policies of a path.
 *
 * @param below the path without its anchor, leaf first
 */
export function processPolicies(below: readonly Certificate[], input: PolicyInput, budget: Budget): PolicyOutcome {
  const state = new PolicyState(below.length, input, budget);
  for (let depth = below.length - 1; depth >= 0; depth--) {
    const certificate = below[depth];
    if (certificate === undefined) continue;
    state.addCertificate(certificate, depth === 0);
    if (state.isExhausted) return { policies: [], fault: { depth, problem: "none-left" } };
    if (depth > 0 && mapsAnyPolicy(certificate)) return { policies: [], fault: { depth, problem: "maps-any-policy" } };
    if (depth > 0) state.prepareForNext(certificate);
  }
  const policies = state.constrainedByUser(input.initial ?? [ANY_POLICY]);
  return state.finish(below[0]) && policies.length === 0
    ? { policies, fault: { depth: 0, problem: "none-left" } }
    : { policies };
}

interface Node {
  readonly policy: string;
  readonly parents: readonly Node[];
  expected: ReadonlySet<string>;
}

type Level = Map<string, Node>;

// The state variables of RFC 5280, section 6.1.2. `levels` is the graph, undefined when it is NULL.
class PolicyState {
  #levels: Level[] | undefined;
  #explicit: number;
  #inhibitAny: number;
  #mapping: number;
  readonly #budget: Budget;

  constructor(length: number, input: PolicyInput, budget: Budget) {
    const root: Node = { policy: ANY_POLICY, parents: [], expected: new Set([ANY_POLICY]) };
    this.#levels = [new Map([[ANY_POLICY, root]])];
    this.#budget = budget;
    this.#explicit = input.requireExplicit ? 0 : length + 1;
    this.#inhibitAny = input.inhibitAny ? 0 : length + 1;
    this.#mapping = input.inhibitMapping ? 0 : length + 1;
  }

  /** Section 6.1.3 (f): a policy is demanded and none is left. */
  get isExhausted(): boolean {
    return this.#explicit === 0 && this.#levels === undefined;
  }

  /** Section 6.1.3 (d, e). */
  addCertificate(certificate: Certificate, isLeaf: boolean): void {
    const policies = certificate.certificatePolicies?.map(({ oid }) => oid);
    const previous = this.#levels?.at(-1);
    if (this.#levels === undefined || previous === undefined || policies === undefined) {
      this.#levels = undefined;
      return;
    }
    this.#budget.spend("policyNodes", policies.length);
    const level: Level = new Map();
    const expecting = expectations(previous);
    for (const policy of policies) {
      if (policy === ANY_POLICY) continue;
      const any = previous.get(ANY_POLICY);
      const parents = expecting.get(policy) ?? (any === undefined ? [] : [any]);
      if (parents.length > 0) this.#add(level, policy, parents);
    }
    if (policies.includes(ANY_POLICY) && (this.#inhibitAny > 0 || (!isLeaf && certificate.isSelfIssued))) {
      for (const [policy, parents] of expecting) if (!level.has(policy)) this.#add(level, policy, parents);
    }
    this.#levels.push(level);
    this.#prune();
  }

  /** Section 6.1.4 (b, h, i, j). */
  prepareForNext(certificate: Certificate): void {
    const mappings = certificate.policyMappings;
    if (mappings !== undefined) this.#map(mappings);
    if (!certificate.isSelfIssued) {
      this.#explicit = Math.max(0, this.#explicit - 1);
      this.#mapping = Math.max(0, this.#mapping - 1);
      this.#inhibitAny = Math.max(0, this.#inhibitAny - 1);
    }
    this.#constrain(certificate);
  }

  /** Section 6.1.5 (a, b): whether a policy is demanded in the end. */
  finish(leaf: Certificate | undefined): boolean {
    return this.#explicit <= 1 || leaf?.policyConstraints?.requireExplicitPolicy === 0;
  }

  /** Section 6.1.5 (g): the policies, in the terms of the anchor, that the user accepts. */
  constrainedByUser(initial: readonly string[]): readonly string[] {
    if (this.#levels === undefined) return [];
    const policies = new Set<string>();
    const isAnyLeft = this.#levels.at(-1)?.has(ANY_POLICY) ?? false;
    for (const level of this.#levels) {
      for (const { policy, parents } of level.values()) {
        if (policy !== ANY_POLICY && parents.some((parent) => parent.policy === ANY_POLICY)) policies.add(policy);
      }
    }
    if (initial.includes(ANY_POLICY)) return isAnyLeft ? [ANY_POLICY] : [...policies];
    return initial.filter((policy) => isAnyLeft || policies.has(policy));
  }

  #constrain(certificate: Certificate): void {
    const { requireExplicitPolicy, inhibitPolicyMapping } = certificate.policyConstraints ?? {};
    this.#explicit = Math.min(this.#explicit, requireExplicitPolicy ?? this.#explicit);
    this.#mapping = Math.min(this.#mapping, inhibitPolicyMapping ?? this.#mapping);
    this.#inhibitAny = Math.min(this.#inhibitAny, certificate.inhibitAnyPolicy ?? this.#inhibitAny);
  }

  #map(mappings: readonly PolicyMapping[]): void {
    const level = this.#levels?.at(-1);
    if (level === undefined) return;
    const targets = new Map<string, Set<string>>();
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      this.#budget.spend("policyNodes");
      const known = targets.get(issuerDomainPolicy);
      if (known === undefined) targets.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
      else known.add(subjectDomainPolicy);
    }
    for (const [policy, expected] of targets) {
      const node = level.get(policy);
      const any = level.get(ANY_POLICY);
      if (this.#mapping === 0) level.delete(policy);
      else if (node !== undefined) node.expected = expected;
      else if (any !== undefined) this.#add(level, policy, any.parents).expected = expected;
    }
    this.#prune();
  }

  #add(level: Level, policy: string, parents: readonly Node[]): Node {
    for (let edge = 0; edge < Math.max(1, parents.length); edge++) this.#budget.spend("policyNodes");
    const node: Node = { policy, parents, expected: new Set([policy]) };
    level.set(policy, node);
    return node;
  }

  // Section 6.1.3 (d) (3): nodes above the last level that lead nowhere go; without any node the graph is NULL.
  #prune(): void {
    const levels = this.#levels ?? [];
    for (let index = levels.length - 1; index > 0; index--) {
      const used = new Set([...(levels[index]?.values() ?? [])].flatMap(({ parents }) => parents));
      const above = levels[index - 1];
      for (const node of above?.values() ?? []) if (!used.has(node)) above?.delete(node.policy);
    }
    if (levels[0]?.size === 0 || levels.at(-1)?.size === 0) this.#levels = undefined;
  }
}

/** Section 6.1.4 (a). */
function mapsAnyPolicy({ policyMappings }: Certificate): boolean {
  return (policyMappings ?? []).some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === ANY_POLICY || subjectDomainPolicy === ANY_POLICY,
  );
}

function expectations(level: Level): Map<string, Node[]> {
  const expecting = new Map<string, Node[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy);
      if (nodes === undefined) expecting.set(policy, [node]);
      else nodes.push(node);
    }
  }
  return expecting;
}
