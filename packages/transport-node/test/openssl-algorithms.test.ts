// The algorithms that options choose, as OpenSSL sees them.

import {
  CertificateOptions,
  type CertificateOptionsInit,
  DiffieHellmanParameters,
  optionsForClientTLS,
} from "@tlskit/options";
import { createTestCa, type TestCa } from "@tlskit/testing";
import { KeyPair, type PrivateCertificate } from "@tlskit/x509";
import { beforeAll, describe, expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";
import { openssl, withFiles, withServer } from "./openssl.ts";

let ca: TestCa;
let rsa: PrivateCertificate;

beforeAll(async () => {
  ca = await createTestCa();
  const keyPair = await KeyPair.generate({ type: "rsa", bits: 2048 });
  rsa = await ca.issueWith({ names: ["localhost", "127.0.0.1"], keyPair });
});

/** What s_client says of our server. */
async function asSeen(options: Partial<CertificateOptionsInit>, ...args: readonly string[]): Promise<string> {
  const tls = new CertificateOptions({ ...options, identity: rsa } as CertificateOptionsInit);
  await using listener = await listen({ host: "127.0.0.1", port: 0, tls, onError: () => {} });
  const client = openssl("s_client", "-connect", `127.0.0.1:${listener.address.port}`, ...args);
  const said = client.output(/Verify return code|handshake failure/).catch(() => client.ended);
  const output = await said;
  client.process.kill();
  await client.ended;
  return output;
}

describe("our server, s_client", () => {
  const acceptableCiphers = "DHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256";

  test("OPT-33: DHE with our parameters, and with a group of RFC 7919", async () => {
    const own = DiffieHellmanParameters.fromPem(DiffieHellmanParameters.named("ffdhe3072").toPem());
    for (const [dhParameters, bits] of [
      [own, 3072],
      ["ffdhe2048", 2048],
    ] as const) {
      const output = await asSeen({ acceptableCiphers, dhParameters }, "-tls1_2");
      expect(output).toMatch(new RegExp(`Server Temp Key: DH, ${bits} bits`));
      expect(output).toContain("Cipher    : DHE-RSA-AES256-GCM-SHA384");
    }
  });

  test("OPT-33: no DHE without parameters", async () => {
    expect(await asSeen({ acceptableCiphers }, "-tls1_2")).toContain("ECDHE-RSA-AES128-GCM-SHA256");
    expect(await asSeen({ acceptableCiphers }, "-tls1_2", "-cipher", "DHE")).toMatch(/handshake failure/);
  });

  test("OPT-34, OPT-35: the group that both have, and none", async () => {
    expect(await asSeen({ groups: ["P-384", "X25519"] }, "-groups", "P-384")).toMatch(
      /Server Temp Key: ECDH, (P-384|secp384r1), 384 bits/,
    );
    expect(await asSeen({ groups: ["X25519"] }, "-groups", "P-384")).toMatch(/handshake failure/);
  });

  test("signatures: our schemes decide", async () => {
    const output = await asSeen({ signatureAlgorithms: ["rsa_pss_rsae_sha384", "ecdsa_secp256r1_sha256"] });
    expect(output).toMatch(/Peer signing digest: SHA384[\s\S]*Peer signature type: RSA-PSS/);
  });

  test("OPT-26: nothing without forward secrecy, and nothing with CBC", async () => {
    for (const cipher of ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256"]) {
      expect(await asSeen({}, "-tls1_2", "-cipher", cipher)).toMatch(/handshake failure/);
    }
  });

  test("OPT-20: TLS 1.0 only where it is asked for by name", async () => {
    const old = ["-tls1", "-cipher", "ALL:@SECLEVEL=0"];
    const asked = await asSeen({ insecurelyLowerMinimumTo: "TLSv1.0" }, ...old);
    expect(asked).toMatch(/Cipher is ECDHE-RSA-AES\d+-SHA\n[\s\S]*Protocol {2}: TLSv1\n/);
    expect(await asSeen({}, ...old)).toContain("alert protocol version");
  });
});

describe("our client, s_server", () => {
  test.each([
    ["-cipher", "ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
    ["-cipher", "DHE-RSA-AES128-GCM-SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"],
  ])("a server with %s %s", async (option, cipher, name) => {
    await withFiles(rsa, ca.caPem, async ({ cert, key }) => {
      await withServer(["-cert", cert, "-key", key, "-tls1_2", option, cipher], async (port) => {
        const tls = optionsForClientTLS("localhost", {
          trustRoot: ca.certificate,
          acceptableCiphers: "ECDHE+CHACHA20:DHE+AESGCM:!aNULL:!DSS",
        });
        await using connection = await connect({ host: "127.0.0.1", port }, { tls });
        expect(connection.negotiated.cipher).toBe(name);
      });
    });
  });

  test("a server that knows no hybrid group", async () => {
    await withFiles(rsa, ca.caPem, async ({ cert, key }) => {
      await withServer(["-cert", cert, "-key", key, "-groups", "P-384"], async (port) => {
        const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
        await using connection = await connect({ host: "127.0.0.1", port }, { tls });
        expect(connection.negotiated.group).toBe("P-384");
      });
    });
  });
});
