// What an approval of a request amounts to.

import type { CertificateRequest } from "../certificate-request.ts";
import { X509Error } from "../error.ts";
import { formatGeneralName, isDnsName } from "../general-name/general-name.ts";
import { takeOptions } from "./check-new-certificate-options.ts";
import type { IssueCommonOptions, IssueOptions } from "./issue-options.ts";

/**
 * Decides about a request whose signature is right.
 *
 * - `false` (or nothing): the request is rejected.
 * - `true`: subject and subjectAltName are copied from the request. No other extension is: a request may ask to be a CA.
 *   A request with a DNS name that is none (a NUL in it, a port) is rejected all the same.
 * - options: as `true`, with these options in place of what the request and the caller say. To copy further extensions,
 *   name them: `{ extensions: request.requestedExtensions.filter(...) }`.
 */
export type Approve = (request: CertificateRequest) => ApprovalAnswer | Promise<ApprovalAnswer>;

/** What {@link Approve} may answer. */
export type ApprovalAnswer = boolean | IssueCommonOptions | undefined | null;

/** @throws X509Error ARGUMENT_INVALID without a function */
export function assertApprove(approve: unknown): void {
  if (typeof approve === "function") return;
  const message = "nobody decides about the request: expected the option approve, as in { approve: (request) => ... }";
  throw new X509Error("ARGUMENT_INVALID", message, {
    argument: "approve",
    expected: "a function; to sign without a decision, use issue()",
  });
}

/**
 * What to issue for a request.
 *
 * @throws X509Error REQUEST_REJECTED, ARGUMENT_INVALID without a function, and whatever `approve` throws
 */
export async function approvedOptions(
  request: CertificateRequest,
  approve: Approve,
  common: IssueCommonOptions,
): Promise<IssueOptions> {
  assertApprove(approve);
  const answer = await approve(request);
  if (answer !== true && (typeof answer !== "object" || answer === null)) {
    const subject = request.subject.toString();
    throw new X509Error("REQUEST_REJECTED", `the request of ${subject} was not approved`, { subject });
  }
  const changes = answer === true ? {} : takeOptions(answer, []);
  const { subject, subjectAltName, publicKey } = request;
  if (changes.subjectAltName === undefined && common.subjectAltName === undefined) assertUsable(request);
  const asked = { subject, ...(subjectAltName && { subjectAltName }) };
  return { ...asked, ...common, ...changes, publicKey };
}

// What ends in ".example.org" may still begin with "evil.example" and a NUL.
function assertUsable(request: CertificateRequest): void {
  const odd = request.subjectAltName?.find((name) => name.type === "dns" && !isDnsName(name.value));
  if (odd === undefined) return;
  const subject = request.subject.toString();
  const reason = `${formatGeneralName(odd)} is no DNS name`;
  throw new X509Error("REQUEST_REJECTED", `the request of ${subject} cannot be signed: ${reason}`, { subject, reason });
}
