// What a set of roots says about itself, on real handshakes: limits decide there as they do in verifyPath, before a byte
// of the application passes.

import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { MemoryFirstUseStore, TrustOnFirstUse, type TrustRoot, trustRootFromCertificates } from "@tlskit/trust";
import { VerificationError } from "@tlskit/verify";
import { PrivateCertificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";

const day = 86_400_000;
const ca = await createTestCa({ name: "limited" });
const root = trustRootFromCertificates([ca.certificate]);
const older = await ca.issueWith({ names: ["localhost"], notBefore: new Date(Date.now() - 20 * day) });
const newer = await ca.issueWith({ names: ["localhost"], notBefore: new Date(Date.now() - day) });
const between = new Date(Date.now() - 10 * day);
const spare = `sha256/${"A".repeat(43)}=`;

/** A handshake with a server that has this identity: "accepted" and a byte each way, or the code of the refusal. */
async function handshake(identity: PrivateCertificate, trustRoot: TrustRoot): Promise<string> {
  const errors: unknown[] = [];
  const tls = new CertificateOptions({ identity });
  const listener = await listen({ host: "127.0.0.1", port: 0, tls, onError: (error) => errors.push(error) });
  const echo = (async () => {
    for await (const connection of listener) {
      const bytes = await connection.read().catch(() => null);
      if (bytes !== null) await connection.write(bytes).catch(() => {});
      connection.abort();
    }
  })();
  try {
    const client = await connect(`127.0.0.1:${listener.address.port}`, {
      tls: optionsForClientTLS("localhost", { trustRoot }),
    });
    await client.write(Uint8Array.of(42));
    expect(await client.read()).toEqual(Uint8Array.of(42));
    client.abort();
    return "accepted";
  } catch (error) {
    if (VerificationError.is(error)) return error.code;
    throw error;
  } finally {
    await listener.close({ timeoutMs: 0 });
    await echo;
  }
}

describe("TRU-10: limits of trust decide on the wire", () => {
  test("a root that is distrusted after a date rejects a newer leaf and accepts an older one", async () => {
    const limited = root.distrustAfter(between);
    expect(await handshake(older, limited)).toBe("accepted");
    expect(await handshake(newer, limited)).toBe("ANCHOR_DISTRUSTED");
    expect(await handshake(newer, root.distrustAfter(between, "email"))).toBe("accepted");
    expect(await handshake(newer, root.distrustAfter(between, "server"))).toBe("ANCHOR_DISTRUSTED");
  });

  test.each<[string, TrustRoot, string]>([
    ["without limits", root, "accepted"],
    ["a purpose that fits", root.forPurposes("server"), "accepted"],
    ["a purpose that does not", root.forPurposes("email"), "ANCHOR_RESTRICTED"],
    ["a name that fits", root.withNameConstraints({ permitted: ["localhost"] }), "accepted"],
    ["a name that does not", root.withNameConstraints({ excluded: ["localhost"] }), "NAME_CONSTRAINT_VIOLATION"],
    ["the leaf's key pinned", root.pin(newer, spare), "accepted"],
    ["the root's key pinned", root.pin(ca.certificate, spare), "accepted"],
    ["another leaf's key pinned", root.pin(older, spare), "PIN_MISMATCH"],
    ["the leaf on a block list", root.distrust([newer]), "CERTIFICATE_DISTRUSTED"],
    ["another leaf on a block list", root.distrust([older]), "accepted"],
  ])("%s", async (_what, trust, expected) => {
    expect(await handshake(newer, trust)).toBe(expected);
  });

  test("a peer that was met before is known by its key, and another one in its place is refused", async () => {
    const [mine, other] = await Promise.all(
      [1, 2].map(() =>
        PrivateCertificate.selfSigned({ subject: { CN: "nas" }, subjectAltName: ["localhost"], profile: "server" }),
      ),
    );
    if (mine === undefined || other === undefined) throw new Error("two certificates");
    const known = new TrustOnFirstUse(new MemoryFirstUseStore());
    const { trust } = await known.verify({ leaf: mine, host: "localhost", port: 443 });
    if (trust === undefined) throw new Error("a self-signed leaf gives trust");
    expect(await handshake(mine, trust)).toBe("accepted");
    expect(await handshake(other, trust)).not.toBe("accepted");
  });
});
