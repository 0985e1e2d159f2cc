// How often the expensive things happen.

import { createRequire, syncBuiltinESMExports } from "node:module";
import type tls from "node:tls";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { trustRootFromCertificates } from "@tlskit/trust";
import { expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";

const native = createRequire(import.meta.url)("node:tls") as typeof tls;

test("OPT-39: one native context serves all connections with the same trust, whatever their options objects", async () => {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost", "127.0.0.1");
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  const { createSecureContext } = native;
  let made = 0;
  native.createSecureContext = (options) => {
    made++;
    return createSecureContext(options);
  };
  syncBuiltinESMExports();
  try {
    const trustRoot = trustRootFromCertificates([ca.certificate]);
    for (const name of ["localhost", "127.0.0.1", "localhost"]) {
      const target = { host: "127.0.0.1", port: listener.address.port };
      const client = await connect(target, { tls: optionsForClientTLS(name, { trustRoot }) });
      (await listener.accept()).abort();
      client.abort();
    }
    expect(made).toBe(1);
  } finally {
    native.createSecureContext = createSecureContext;
    syncBuiltinESMExports();
    await listener.close();
  }
});
