/** Certificates as callers and peers give them: objects or DER, counted before they are read. */
import { Certificate, TlsKitError } from "@tlskit/x509";
import { type SkippedCertificate, VerificationError, VerifyArgumentError } from "../error.ts";
import type { VerificationReason } from "../reasons/reason.ts";
import { malformedFinding } from "../rules/extensions.ts";
import { type Budget, BudgetExhausted } from "../search/budget.ts";
import { budgetExceeded } from "../search/budget-exceeded.ts";
import { adviceOnCertificate } from "./advice.ts";
import { genuineCertificate } from "./genuine.ts";
import { invalid } from "./invalid.ts";

/** The leaf. @throws VerificationError if it does not parse, or is too large */
export function readLeaf(input: Certificate | Uint8Array, at: Date, budget: Budget): Certificate {
  try {
    return readCertificate(input, "leaf", budget);
  } catch (error) {
    throw unreadLeaf(error, at, budget);
  }
}

function unreadLeaf(error: unknown, at: Date, budget: Budget): unknown {
  const rest = { chain: [], attempts: [], skipped: [], work: budget.work(), at };
  if (error instanceof BudgetExhausted) return new VerificationError({ reasons: [budgetExceeded(error)], ...rest });
  if (!TlsKitError.is(error) || error instanceof VerifyArgumentError) return error;
  const finding = malformedFinding(undefined, "certificate", error);
  const reason = { ...finding, rule: "readable", section: "RFC 5280 4.1", depth: 0 } as VerificationReason;
  return new VerificationError({ reasons: [reason], ...rest }, { cause: error });
}

// Counts the bytes before it reads them.
function readCertificate(input: Certificate | Uint8Array, argument: string, budget: Budget): Certificate {
  if (input instanceof Uint8Array) {
    budget.spend("bytes", input.length);
    return Certificate.fromDer(input);
  }
  const certificate = genuineCertificate(input);
  if (certificate === undefined) throw invalid(argument, "a Certificate or its DER", input, adviceOnCertificate(input));
  budget.spend("bytes", Certificate.byteLengthOf(certificate));
  return certificate;
}

/** The pool, each certificate once. @param skipped receives what does not parse */
export function readPool(
  input: Iterable<Certificate | Uint8Array>,
  budget: Budget,
  skipped: SkippedCertificate[],
): readonly Certificate[] {
  if (typeof input !== "object" || input === null || !(Symbol.iterator in input)) {
    const given: unknown = input;
    const advice = given instanceof Certificate ? "Put it into an array." : adviceOnCertificate(given);
    throw invalid("intermediates", "certificates", input, advice);
  }
  const pool: Certificate[] = [];
  let index = 0;
  for (const item of input) {
    if (index >= budget.limits.poolSize) throw new BudgetExhausted("poolSize", budget.limits.poolSize);
    const certificate = readPoolMember(item, index, skipped, budget);
    if (certificate !== undefined) pool.push(certificate);
    index++;
  }
  return pool.length < 2 ? pool : withoutRepeats(pool);
}

function withoutRepeats(pool: readonly Certificate[]): readonly Certificate[] {
  const ids = new Set<string>();
  return pool.filter(({ id }) => {
    const { size } = ids;
    return ids.add(id).size > size;
  });
}

function readPoolMember(
  item: Certificate | Uint8Array,
  index: number,
  skipped: SkippedCertificate[],
  budget: Budget,
): Certificate | undefined {
  try {
    return readCertificate(item, `intermediates[${index}]`, budget);
  } catch (error) {
    if (!TlsKitError.is(error) || error instanceof VerifyArgumentError) throw error;
    skipped.push({ index, error });
    return undefined;
  }
}
