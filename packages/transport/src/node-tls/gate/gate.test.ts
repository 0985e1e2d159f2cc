import { createTestCa } from "@tlskit/testing";
import { VerificationError, type VerifiedPath, verifyPathSync } from "@tlskit/verify";
import { beforeAll, describe, expect, test } from "vitest";
import { TransportError } from "../../error.ts";
import { type GatePolicy, type PeerAtGate, passGate } from "./gate.ts";

let path: VerifiedPath;
let refusal: unknown;

beforeAll(async () => {
  const ca = await createTestCa();
  const leaf = await ca.issue("localhost");
  path = verifyPathSync({ leaf, trust: [ca.certificate], purpose: "server", name: "localhost" });
  try {
    verifyPathSync({ leaf, trust: [ca.certificate], purpose: "server", name: "elsewhere.example" });
  } catch (error) {
    refusal = error;
  }
});

/** A peer that both verifiers accept, except for what the test says. */
function peer(changes: Partial<PeerAtGate> = {}): PeerAtGate & { destroyed: number } {
  const made = {
    policy: "verify" as GatePolicy,
    presented: true,
    authorized: true as unknown,
    nativeCode: "",
    verify: (): VerifiedPath | Promise<VerifiedPath> => path,
    destroyed: 0,
    destroy(): void {
      made.destroyed++;
    },
    ...changes,
  };
  return made;
}

function outcome(at: PeerAtGate): unknown {
  try {
    return passGate(at);
  } catch (error) {
    return error;
  }
}

// crypto/x509/x509_txt.c of OpenSSL, as Node and Bun name them.
const nativeCodes = [
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REJECTED",
  "CERT_UNTRUSTED",
  "CA_KEY_TOO_SMALL",
  "CA_MD_TOO_WEAK",
  "CRL_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "EE_KEY_TOO_SMALL",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "PERMITTED_VIOLATION",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_CRL",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNHANDLED_CRITICAL_EXTENSION",
  "UNSPECIFIED",
  "UNKNOWN",
];

describe.each<GatePolicy>(["verify", "verify-if-presented"])("policy %s", (policy) => {
  test("both verifiers accept: let in, with the proof", () => {
    const at = peer({ policy });
    expect(outcome(at)).toBe(path);
    expect(at.destroyed).toBe(0);
  });

  test.each(nativeCodes)("only the runtime refuses (%s): out, with our path", (nativeCode) => {
    const at = peer({ policy, authorized: false, nativeCode });
    const error = outcome(at);
    expect(TransportError.is(error) && error.code).toBe("RUNTIME_REFUSED");
    expect(error).toMatchObject({ details: { nativeCode, path } });
    expect(at.destroyed).toBe(1);
  });

  test.each([undefined, null, 1, "true", {}, NaN])("authorized is %s, which is not true: out", (authorized) => {
    const at = peer({ policy, authorized });
    expect(outcome(at)).toMatchObject({ code: "RUNTIME_REFUSED" });
    expect(at.destroyed).toBe(1);
  });

  test("only ours refuses: out, with the reasons", () => {
    const at = peer({
      policy,
      verify: () => {
        throw refusal;
      },
    });
    expect(VerificationError.is(refusal)).toBe(true);
    expect(outcome(at)).toBe(refusal);
    expect(at.destroyed).toBe(1);
  });

  test.each([undefined, {}, true])("our verdict is %s, which is no proof: out", (verdict) => {
    const at = peer({ policy, verify: () => verdict as unknown as VerifiedPath });
    expect(outcome(at)).toMatchObject({ code: "RUNTIME_REFUSED" });
    expect(at.destroyed).toBe(1);
  });

  test("a bug in our verifier: out", () => {
    const at = peer({
      policy,
      verify: () => {
        throw new RangeError("bug");
      },
    });
    expect(outcome(at)).toBeInstanceOf(RangeError);
    expect(at.destroyed).toBe(1);
  });

  test("asynchronous: let in later, or out later", async () => {
    const good = peer({ policy, verify: async () => path });
    await expect(passGate(good)).resolves.toBe(path);
    const refused = peer({ policy, authorized: false, verify: async () => path });
    await expect(passGate(refused)).rejects.toMatchObject({ code: "RUNTIME_REFUSED" });
    const ours = peer({ policy, verify: () => Promise.reject(refusal) });
    await expect(passGate(ours)).rejects.toBe(refusal);
    expect([good.destroyed, refused.destroyed, ours.destroyed]).toEqual([0, 1, 1]);
  });
});

test("no certificate where one is needed: out, whatever the runtime says", () => {
  const at = peer({ presented: false, authorized: true });
  expect(outcome(at)).toMatchObject({ code: "CLIENT_CERTIFICATE_REQUIRED" });
  expect(at.destroyed).toBe(1);
});

test("no certificate where one is only requested: let in, without proof", () => {
  const at = peer({ policy: "verify-if-presented", presented: false, authorized: false });
  expect(outcome(at)).toBeUndefined();
  expect(at.destroyed).toBe(0);
});

test("nothing to verify: let in, without proof, and nothing is looked at", () => {
  const at = peer({
    policy: "let-in",
    authorized: false,
    verify: () => {
      throw new RangeError("not to be called");
    },
  });
  expect(outcome(at)).toBeUndefined();
  expect(at.destroyed).toBe(0);
});
