/** `distrustAfter` where logs say when a leaf was issued: timestamps made here, by RFC 6962 and not by the code under test. */
import { createHash, sign } from "node:crypto";
import { PublicKey } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { type TransparencyLog, VerificationError, verifyPath, verifyPathSync } from "../src/index.ts";
import { ecKey, extension, type Forged, type ForgeKey, forgeCa, forgeLeaf, forgeRoot, rsaKey, tlv } from "./forge.ts";
import { inputFor, store } from "./inputs.ts";

const root = forgeRoot();
const ca = forgeCa(root);
const logOf = ({ publicKey }: ForgeKey): TransparencyLog => ({
  key: PublicKey.fromSpki(publicKey.export({ type: "spki", format: "der" })),
});

const number = (value: number, size: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - size);
};
const vector = (bytes: Uint8Array, size = 2): Buffer => Buffer.concat([number(bytes.length, size), bytes]);
const spkiHash = (key: ForgeKey): Buffer =>
  createHash("sha256")
    .update(key.publicKey.export({ type: "spki", format: "der" }))
    .digest();

interface Stamp {
  readonly log: ForgeKey;
  readonly at: string;
  readonly isWrong?: boolean;
  readonly issuer?: ForgeKey;
  /** What the timestamp says it is signed with, instead of SHA-256 and the kind of the key. */
  readonly hash?: number;
  readonly kind?: number;
}

// The leaf without timestamps is what the log signs.
function stampedLeaf(stamps: readonly Stamp[], more: readonly Uint8Array[] = []): Forged {
  const options = { key: ecKey(), serial: 7_777, notBefore: "2025-01-01T00:00:00Z" };
  const tbs = forgeLeaf(ca, { ...options, extensions: more }).certificate.tbsCertificate;
  const list = stamps.map(({ log, at, isWrong, issuer = ca.key, ...said }) => {
    const time = number(Date.parse(at), 8);
    const entry = [Buffer.of(0, 0), time, Buffer.of(0, 1), spkiHash(issuer), vector(tbs, 3), Buffer.of(0, 0)];
    const signature = sign("sha256", Buffer.concat(entry), log.privateKey);
    if (isWrong) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const { hash = 4 } = said;
    const usual = log.publicKey.asymmetricKeyType === "rsa" ? 1 : 3;
    const algorithm = Buffer.of(0, 0, hash, said.kind ?? usual);
    return vector(Buffer.concat([Buffer.of(0), spkiHash(log), time, algorithm, vector(signature)]));
  });
  const embedded = extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, vector(Buffer.concat(list))));
  return forgeLeaf(ca, { ...options, extensions: [embedded, ...more] });
}

const log = ecKey();
const rsaLog = rsaKey(2048);
const stranger = ecKey();
const distrustAfter = { server: new Date("2025-03-01T00:00:00Z") };
const early = "2025-02-28T23:59:59Z";
const late = "2025-03-01T00:00:01Z";

describe("distrustAfter, with logs", () => {
  const logs = [logOf(log), logOf(rsaLog)];

  const cases: readonly (readonly [string, readonly Stamp[], boolean])[] = [
    ["seen before", [{ log, at: early }], true],
    ["seen after: dated back", [{ log, at: late }], false],
    ["seen after, by a log with RSA", [{ log: rsaLog, at: late }], false],
    [
      "seen before by one of two",
      [
        { log, at: late },
        { log: rsaLog, at: early },
      ],
      true,
    ],
    [
      "seen before by one of two, and again after it",
      [
        { log, at: early },
        { log: rsaLog, at: late },
      ],
      true,
    ],
    [
      "seen before, but that timestamp is forged",
      [
        { log, at: early, isWrong: true },
        { log: rsaLog, at: late },
      ],
      false,
    ],
    [
      "seen before, under another issuer",
      [
        { log, at: early, issuer: root.key },
        { log, at: late },
      ],
      false,
    ],
    ["seen after, but that timestamp is forged: then notBefore counts", [{ log, at: late, isWrong: true }], true],
    ["seen after, signed with a hash of another name: then notBefore counts", [{ log, at: late, hash: 6 }], true],
    ["seen after, signed in a way that logs do not: then notBefore counts", [{ log: rsaLog, at: late, kind: 2 }], true],
    ["seen after by a log that is not believed: then notBefore counts", [{ log: stranger, at: late }], true],
    [
      "seen before by a log that is not believed",
      [
        { log: stranger, at: early },
        { log, at: late },
      ],
      false,
    ],
  ];

  test.each(cases)("%s", async (_, stamps, isAccepted) => {
    const trust = store([{ certificate: root.certificate, distrustAfter }], { logs });
    const input = inputFor([stampedLeaf(stamps), ca, root], { trust });
    if (isAccepted) {
      expect(verifyPathSync(input).chain).toHaveLength(3);
      expect((await verifyPath(input)).chain).toHaveLength(3);
      return;
    }
    const error: unknown = await verifyPath(input).catch((refused) => refused);
    if (!VerificationError.is(error)) throw error;
    const details = { distrustAfter: distrustAfter.server, issuedAt: new Date(late), evidence: "sct" };
    expect(error.reasons.map(({ code, rule, depth, ...rest }) => [code, rule, depth, rest.details])).toEqual([
      ["ANCHOR_DISTRUSTED", "anchor-distrust", 2, details],
    ]);
    expect(() => verifyPathSync(input)).toThrow(expect.objectContaining({ code: "ANCHOR_DISTRUSTED" }));
  });

  test("without logs, or for another purpose, or without a date, timestamps count for nothing", () => {
    const chain = [stampedLeaf([{ log, at: late }]), ca, root];
    const limited = { certificate: root.certificate, distrustAfter };
    const email = { certificate: root.certificate, distrustAfter: { email: distrustAfter.server } };
    for (const trust of [store([limited]), store([email], { logs }), store([root], { logs })]) {
      expect(verifyPathSync(inputFor(chain, { trust })).chain).toHaveLength(3);
    }
  });

  test("timestamps that cannot be read count for nothing", () => {
    const leaf = forgeLeaf(ca, { extensions: [extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, Buffer.of(9, 9)))] });
    const trust = store([{ certificate: root.certificate, distrustAfter }], { logs });
    expect(verifyPathSync(inputFor([leaf, ca, root], { trust })).chain).toHaveLength(3);
  });

  test("another path to an anchor without the date is found", () => {
    const other = forgeRoot({ subject: "Other Root" });
    const crossed = forgeCa(other, { key: ca.key });
    const trust = store([{ certificate: root.certificate, distrustAfter }, other], { logs });
    const input = inputFor([stampedLeaf([{ log, at: late }]), ca, root], { trust });
    const path = verifyPathSync({ ...input, intermediates: [ca.certificate, crossed.certificate] });
    expect(path.chain.at(-1)).toBe(other.certificate);
  });

  test("timestamps cost signatures, and so are bounded", () => {
    const stamps = Array.from({ length: 30 }, (_, index) => ({
      log,
      at: new Date(index).toISOString(),
      isWrong: true,
    }));
    const trust = store([{ certificate: root.certificate, distrustAfter }], { logs });
    const input = inputFor([stampedLeaf(stamps), ca, root], { trust });
    expect(verifyPathSync(input).work.signatures).toBe(32);
    expect(() => verifyPathSync({ ...input, budget: { signatures: 20 } })).toThrow(
      expect.objectContaining({ code: "BUDGET_EXCEEDED" }),
    );
  });

  test.each([[[{}]], [[{ key: 1 }]], ["log"], [[undefined]]])("logs that are none are an error: %j", (wrong) => {
    const trust = store([root], { logs: wrong as unknown as readonly TransparencyLog[] });
    expect(() => verifyPathSync(inputFor([forgeLeaf(root), root], { trust }))).toThrow(
      expect.objectContaining({ code: "VERIFY_ARGUMENT_INVALID" }),
    );
  });
});
