import type { Certificate } from "@tlskit/x509";
import { show } from "../reasons/show.ts";
import { processPolicies } from "./policy-graph.ts";
import type { Findings, RuleContext } from "./rule.ts";

/** RFC 5280, sections 6.1.3 (d) to (f), 6.1.4 (a, b) and 6.1.5 (g), as updated by RFC 9618: the policies of the whole path. */
export function policies({ below, settings: { policies: input }, budget }: RuleContext): Findings {
  // Unless somebody demands a policy, or maps one, no outcome could refuse the path.
  const decides = input.requireExplicit || below.some(hasPolicyRules);
  const { fault } = decides ? processPolicies(below, input, budget) : {};
  const about = fault && below[fault.depth];
  if (fault === undefined || about === undefined) return undefined;
  const accepted = input.initial ?? ["any"];
  return {
    code: "POLICY_VIOLATION",
    message:
      fault.problem === "maps-any-policy"
        ? `${show(about)} maps "any policy" to another one, which is forbidden.`
        : `A certificate policy is required, but none holds for the whole path down to ${show(about).replace("The", "the")}.`,
    remedy: "Use a certificate that was issued under an accepted policy, or accept the policy that it has.",
    details: { problem: fault.problem, accepted },
    about: { certificate: about, depth: fault.depth },
  };
}

// Asked for every path, and both are remembered by the certificate.
function hasPolicyRules({ policyMappings, policyConstraints }: Certificate): boolean {
  return policyMappings !== undefined || policyConstraints !== undefined;
}
