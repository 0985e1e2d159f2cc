import { CAPABILITIES, type Capabilities, optionsForClientTLS } from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import type { VerifiedPath } from "@tlskit/verify";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { clientPlan } from "../plan.ts";
import type { NodeTlsRuntime } from "../runtime.ts";
import { certificateOf, keepCertificates } from "./known-certificates.ts";
import { ourVerdict } from "./our-verdict.ts";
import { chainOf } from "./peer-chain.ts";

let root: TestCa;

beforeAll(async () => {
  root = await createTestCa();
});

afterEach(() => {
  vi.useRealTimers();
});

async function der(name = "localhost"): Promise<Uint8Array> {
  return (await root.issue(name)).der;
}

describe("a certificate of a peer", () => {
  test("is the same object for the same octets, once a peer that showed it was let in", async () => {
    const octets = await der();
    const first = certificateOf(octets);
    expect(certificateOf(octets)).not.toBe(first);
    keepCertificates([first]);
    expect(certificateOf(octets)).toBe(first);
    expect(certificateOf(octets.slice())).toBe(first);
  });

  test("is another one if any octet differs", async () => {
    const octets = await der();
    const kept = certificateOf(octets);
    keepCertificates([kept]);
    for (let place = 0; place < octets.byteLength; place++) {
      const changed = octets.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      const other = parsedOrNot(changed);
      expect(other, `octet ${place}`).not.toBe(kept);
      if (other !== undefined) expect(other.der).toEqual(changed);
    }
    expect(certificateOf(octets)).toBe(kept);
  });

  test("does not change with the bytes that it was read from", async () => {
    const octets = await der();
    const kept = certificateOf(octets);
    keepCertificates([kept]);
    const { id } = kept;
    const original = octets.slice();
    octets.fill(0);
    expect(certificateOf(original)).toBe(kept);
    expect(kept.der).toEqual(original);
    expect(kept.id).toBe(id);
  });

  test("that cannot be read is told anew each time", () => {
    const error = expect.objectContaining({ code: "CERTIFICATE_INVALID" });
    for (let round = 0; round < 2; round++) expect(() => certificateOf(Uint8Array.of(0x30, 0))).toThrow(error);
  });

  test("is forgotten when hundreds of others came since", async () => {
    const octets = await der("first");
    const first = certificateOf(octets);
    keepCertificates([first]);
    for (let count = 0; count < 520; count++) {
      // What comes in between is looked up, too: the few that were seen last are remembered by themselves.
      const other = certificateOf(numbered(octets, count));
      keepCertificates([other]);
      certificateOf(other.der);
    }
    expect(certificateOf(octets)).not.toBe(first);
  });
});

describe("a peer that shows the same certificates again", () => {
  test("is verified again: who is trusted, whom it must name, what the time is", async () => {
    const leaf = await (await root.createIntermediate()).issue("localhost");
    const presented = chainOf([leaf.der, ...leaf.chain.map((one) => one.der)]);
    const trust = trustRootFromCertificates([root.certificate]);
    expect(verdict(presented, "localhost", trust).leaf).toBe(presented.leaf);
    keepCertificates(presented.certificates);

    const again = chainOf(presented.der.map((one) => one.slice()));
    expect(again.certificates.every((one, index) => one === presented.certificates[index])).toBe(true);
    expect(verdict(again, "localhost", trust).leaf).toBe(presented.leaf);
    expect(codeOf(() => verdict(again, "elsewhere", trust))).toBe("NAME_MISMATCH");
    expect(codeOf(() => verdict(again, "localhost", TrustRoot.none()))).toBe("TRUST_EMPTY");
    const stranger = trustRootFromCertificates([(await createTestCa({ name: "a stranger" })).certificate]);
    expect(codeOf(() => verdict(again, "localhost", stranger))).toBe("UNKNOWN_ISSUER");
    vi.useFakeTimers({ now: leaf.notAfter.getTime() + 1_000, toFake: ["Date"] });
    expect(codeOf(() => verdict(again, "localhost", trust))).toBe("CERTIFICATE_EXPIRED");
  });
});

const capabilities = Object.fromEntries(Object.keys(CAPABILITIES).map((name) => [name, true]));
const runtime = { name: "node", capabilities: capabilities as unknown as Capabilities } as NodeTlsRuntime;

function verdict(presented: ReturnType<typeof chainOf>, name: string, trust: TrustRoot): VerifiedPath {
  const plan = clientPlan(runtime, optionsForClientTLS(name), undefined);
  const path = ourVerdict(presented, plan, trust);
  if (path instanceof Promise) throw new Error("cryptography is synchronous here");
  return path;
}

function codeOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
  return undefined;
}

function parsedOrNot(octets: Uint8Array): ReturnType<typeof certificateOf> | undefined {
  try {
    return certificateOf(octets);
  } catch {
    return undefined;
  }
}

/** Another certificate, with a signature that is wrong. */
function numbered(octets: Uint8Array, count: number): Uint8Array {
  const other = octets.slice();
  new DataView(other.buffer, other.byteOffset).setUint16(other.byteLength - 2, count);
  return other;
}
