import type { TLSSocket } from "node:tls";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { trustRootFromCertificates } from "@tlskit/trust";
import type { Certificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test } from "vitest";
import type { NodeTlsRuntime } from "../runtime.ts";
import { readPresentedChain } from "./peer-chain.ts";

let root: TestCa;
let chain: readonly Certificate[];

beforeAll(async () => {
  root = await createTestCa();
  const leaf = await (await root.createIntermediate()).issue("localhost");
  chain = [leaf, ...leaf.chain];
});

interface Details {
  raw?: Uint8Array;
  issuerCertificate?: Details;
}

/** Links as `getPeerCertificate(true)` makes them. */
function linked(ders: readonly (Uint8Array | undefined)[], loop: "self" | "none" | "first" = "none"): Details {
  const all = ders.map((raw): Details => (raw === undefined ? {} : { raw }));
  all.forEach((details, index) => {
    const next = all[index + 1];
    if (next !== undefined) details.issuerCertificate = next;
  });
  const last = all.at(-1);
  if (last !== undefined && loop === "self") last.issuerCertificate = last;
  if (last !== undefined && loop === "first" && all[0] !== undefined) last.issuerCertificate = all[0];
  return all[0] ?? {};
}

function read(
  details: Details,
  x509?: Details,
  anchors: readonly Certificate[] = [],
): ReturnType<typeof readPresentedChain> {
  const socket = { getPeerCertificate: () => details, getPeerX509Certificate: () => x509 };
  const runtime = x509 === undefined ? {} : { chainAsSent: "getPeerX509Certificate" };
  const trust = trustRootFromCertificates(anchors, { allowEmpty: true });
  return readPresentedChain(socket as unknown as TLSSocket, runtime as NodeTlsRuntime, trust);
}

const ders = (certificates: readonly Certificate[]): Uint8Array[] => certificates.map(({ der }) => der);

describe("the presented chain", () => {
  test("no certificate", () => {
    expect(read({})).toMatchObject({ der: [], certificates: [], leaf: undefined });
  });

  test("in order, ending at a root that links to itself", () => {
    const all = [...chain, root.certificate];
    expect(read(linked(ders(all), "self")).certificates.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  test("a cycle ends the walk", () => {
    expect(read(linked(ders(chain), "first")).der).toHaveLength(2);
  });

  test("endless links end the walk", () => {
    const raw = chain[0]?.der ?? new Uint8Array();
    const endless: Details = {
      raw,
      get issuerCertificate(): Details {
        return Object.create(endless, { raw: { value: raw } }) as Details;
      },
    };
    expect(read(endless).der.length).toBeLessThanOrEqual(128);
  });

  test("a CA at the end that issued nothing before it was not sent by the peer", async () => {
    const stranger = (await createTestCa({ name: "stranger" })).certificate;
    const { certificates } = read(linked(ders([...chain, stranger])));
    expect(certificates.map(({ id }) => id)).toEqual(chain.map(({ id }) => id));
  });

  test("a root of ours at the end was added by the runtime; what was sent is shown as it was", () => {
    const all = [...chain, root.certificate];
    const anchors = [root.certificate];
    expect(read(linked(ders(all), "self"), undefined, anchors).certificates.map(({ id }) => id)).toEqual(
      chain.map(({ id }) => id),
    );
    expect(read(linked([]), linked(ders(all)), anchors).certificates).toHaveLength(all.length);
    expect(read(linked(ders(anchors), "self"), undefined, anchors).certificates).toHaveLength(1);
    // An intermediate that is trusted may well have been sent.
    expect(read(linked(ders(chain)), undefined, chain).certificates).toHaveLength(chain.length);
  });

  test("as sent wins over as linked, where the runtime shows it", async () => {
    const stranger = (await createTestCa({ name: "stranger" })).certificate;
    const [leaf, intermediate] = ders(chain);
    const { certificates } = read(linked([leaf]), linked([leaf, stranger.der, intermediate]));
    expect(certificates).toHaveLength(3);
    expect(read(linked([leaf, intermediate]), linked([leaf])).certificates).toHaveLength(1);
  });

  test("what does not parse stays visible as DER, and is no certificate", () => {
    const { der, certificates, leaf } = read(linked([new Uint8Array([1, 2, 3]), chain[1]?.der]), linked([]));
    expect(der).toHaveLength(1);
    expect(certificates).toHaveLength(0);
    expect(leaf).toBeUndefined();
  });
});
