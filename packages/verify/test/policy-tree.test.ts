/**
 * The graph of policies against the tree of RFC 5280, section 6.1, written down step by step as it stands there: which
 * paths are good, and which policies hold for them.
 */
import type { Certificate } from "@tlskit/x509";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PolicyInput } from "../src/input/input.ts";
import { processPolicies } from "../src/rules/policy-graph.ts";
import { Budget } from "../src/search/budget.ts";

const ANY = "2.5.29.32.0";
const POLICIES = ["1.1", "1.2", "1.3"] as const;

/** What of a certificate has to do with policies. */
interface Part {
  readonly isSelfIssued: boolean;
  readonly certificatePolicies?: readonly { readonly oid: string }[];
  readonly policyMappings?: readonly { readonly issuerDomainPolicy: string; readonly subjectDomainPolicy: string }[];
  readonly policyConstraints?: { readonly requireExplicitPolicy?: number; readonly inhibitPolicyMapping?: number };
  readonly inhibitAnyPolicy?: number;
}

interface Node {
  readonly policy: string;
  readonly parent: Node | undefined;
  expected: ReadonlySet<string>;
  children: Node[];
}

/** The tree of section 6.1.2 (a), and what is done with it. */
class Tree {
  root: Node | undefined = { policy: ANY, parent: undefined, expected: new Set([ANY]), children: [] };

  at(depth: number): Node[] {
    let level = this.root === undefined ? [] : [this.root];
    for (let down = 0; down < depth; down++) level = level.flatMap(({ children }) => children);
    return level;
  }

  grow(parent: Node, policy: string, expected: Iterable<string> = [policy]): void {
    parent.children.push({ policy, parent, expected: new Set(expected), children: [] });
  }

  remove(node: Node): void {
    if (node.parent === undefined) this.root = undefined;
    else node.parent.children = node.parent.children.filter((other) => other !== node);
  }

  /** Nodes above this depth without a child go, upwards until none is left. */
  prune(depth: number): void {
    for (let level = depth - 1; level >= 0; level--) {
      for (const node of this.at(level)) if (node.children.length === 0) this.remove(node);
    }
  }
}

interface Outcome {
  readonly isGood: boolean;
  readonly policies: readonly string[];
  /** Where it became certain that it is not good, counted from the leaf. */
  readonly refusedAt?: number;
}

/** Section 6.1; `path` begins below the anchor. */
function byTheText(path: readonly Part[], input: PolicyInput): Outcome {
  const last = path.length;
  const tree = new Tree();
  let explicit = input.requireExplicit ? 0 : last + 1;
  let inhibitAny = input.inhibitAny ? 0 : last + 1;
  let mapping = input.inhibitMapping ? 0 : last + 1;
  for (const [index, part] of path.entries()) {
    const depth = index + 1;
    addPolicies(tree, part, depth, inhibitAny > 0 || (depth < last && part.isSelfIssued));
    // 6.1.3 (f)
    const refused = { isGood: false, policies: [], refusedAt: last - depth };
    if (explicit === 0 && tree.root === undefined) return refused;
    if (depth === last) break;
    // 6.1.4 (a), (b)
    const mappings = part.policyMappings ?? [];
    if (mappings.some((one) => [one.issuerDomainPolicy, one.subjectDomainPolicy].includes(ANY))) return refused;
    map(tree, mappings, depth, mapping > 0);
    // 6.1.4 (h), (i), (j)
    const step = part.isSelfIssued ? 0 : 1;
    explicit = Math.min(Math.max(0, explicit - step), part.policyConstraints?.requireExplicitPolicy ?? last + 1);
    mapping = Math.min(Math.max(0, mapping - step), part.policyConstraints?.inhibitPolicyMapping ?? last + 1);
    inhibitAny = Math.min(Math.max(0, inhibitAny - step), part.inhibitAnyPolicy ?? last + 1);
  }
  // 6.1.5 (a), (b)
  explicit = Math.max(0, explicit - 1);
  if (path.at(-1)?.policyConstraints?.requireExplicitPolicy === 0) explicit = 0;
  const policies = intersect(tree, input.initial, last);
  return explicit > 0 || tree.root !== undefined
    ? { isGood: true, policies }
    : { isGood: false, policies, refusedAt: 0 };
}

// 6.1.3 (d), (e)
function addPolicies(tree: Tree, { certificatePolicies }: Part, depth: number, mayBeAny: boolean): void {
  if (certificatePolicies === undefined) tree.root = undefined;
  const above = tree.at(depth - 1);
  const stated = new Set(certificatePolicies?.map(({ oid }) => oid));
  for (const policy of stated) {
    if (policy === ANY) continue;
    const expecting = above.filter(({ expected }) => expected.has(policy));
    const parents = expecting.length > 0 ? expecting : above.filter((node) => node.policy === ANY);
    for (const parent of parents) tree.grow(parent, policy);
  }
  if (stated.has(ANY) && mayBeAny) {
    for (const parent of above) {
      for (const policy of parent.expected) {
        if (!parent.children.some((child) => child.policy === policy)) tree.grow(parent, policy);
      }
    }
  }
  tree.prune(depth);
}

// 6.1.4 (b)
function map(tree: Tree, mappings: NonNullable<Part["policyMappings"]>, depth: number, isAllowed: boolean): void {
  const groups = Map.groupBy(mappings, ({ issuerDomainPolicy }) => issuerDomainPolicy);
  for (const [policy, group] of groups) {
    const expected = group.map(({ subjectDomainPolicy }) => subjectDomainPolicy);
    const nodes = tree.at(depth).filter((node) => node.policy === policy);
    if (!isAllowed) for (const node of nodes) tree.remove(node);
    else if (nodes.length > 0) for (const node of nodes) node.expected = new Set(expected);
    else {
      for (const any of tree.at(depth).filter((node) => node.policy === ANY)) {
        if (any.parent !== undefined) tree.grow(any.parent, policy, expected);
      }
    }
    tree.prune(depth);
  }
}

// 6.1.5 (g), and the user-constrained-policy-set
function intersect(tree: Tree, initial: readonly string[] | undefined, last: number): readonly string[] {
  const named = (): Node[] => {
    const all = Array.from({ length: last }, (_, depth) => tree.at(depth + 1)).flat();
    return all.filter(({ policy, parent }) => parent?.policy === ANY && policy !== ANY);
  };
  const anyAtLast = tree.at(last).filter(({ policy }) => policy === ANY);
  if (initial !== undefined) {
    const valid = new Set(named().map(({ policy }) => policy));
    for (const node of named()) if (!initial.includes(node.policy)) tree.remove(node);
    for (const { parent } of anyAtLast) {
      for (const policy of initial) if (parent !== undefined && !valid.has(policy)) tree.grow(parent, policy);
    }
    for (const node of anyAtLast) tree.remove(node);
    tree.prune(last);
  } else if (anyAtLast.length > 0) return [ANY];
  return [...new Set(named().map(({ policy }) => policy))].sort();
}

const policy = fc.oneof({ weight: 30, arbitrary: fc.constantFrom<string>(...POLICIES) }, fc.constant(ANY));
const skip = fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 2 });
const stated = fc.uniqueArray(fc.constantFrom<string>(...POLICIES, ANY), { minLength: 1, maxLength: 4 });
const mapped = fc.record({ issuerDomainPolicy: policy, subjectDomainPolicy: policy });
const constraints = fc.record({ requireExplicitPolicy: skip, inhibitPolicyMapping: skip }).map(given);
const part: fc.Arbitrary<Part> = fc
  .record({
    isSelfIssued: fc.boolean(),
    certificatePolicies: fc.option(
      stated.map((oids) => oids.map((oid) => ({ oid }))),
      { nil: undefined, freq: 9 },
    ),
    policyMappings: fc.option(fc.array(mapped, { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 2 }),
    policyConstraints: fc.option(constraints, { nil: undefined, freq: 2 }),
    inhibitAnyPolicy: skip,
  })
  .map(given) as fc.Arbitrary<Part>;
const sometimes = fc.integer({ min: 0, max: 3 }).map((n) => n === 0);
const input: fc.Arbitrary<PolicyInput> = fc
  .record({
    initial: fc.option(fc.uniqueArray(fc.constantFrom<string>(...POLICIES), { minLength: 1 }), { nil: undefined }),
    requireExplicit: fc.boolean(),
    inhibitMapping: sometimes,
    inhibitAny: sometimes,
  })
  .map(given) as fc.Arbitrary<PolicyInput>;

// What is undefined is absent.
function given<T extends object>(value: T): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}

test("the graph says what the tree says", () => {
  const counts = { good: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), input, (path, wanted) => {
      const expected = byTheText(path, wanted);
      // Leaf first; nothing else of the certificates is looked at.
      const below = path.toReversed() as readonly unknown[] as readonly Certificate[];
      const { fault, policies } = processPolicies(below, wanted, new Budget());
      expect(fault?.depth).toBe(expected.refusedAt);
      counts[expected.isGood ? "good" : "refused"]++;
      if (expected.isGood) expect([...policies].sort()).toEqual(expected.policies);
    }),
    { numRuns: 5000 },
  );
  // Both answers are common, or nothing was compared.
  expect(Math.min(counts.good, counts.refused)).toBeGreaterThan(500);
});
