// What keeps a closed connection alive: nothing.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CertificateOptions, optionsForClientTLS } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";
import { connect, listen } from "../src/index.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("TRN-32: no reference keeps connections that have ended", async () => {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost");
  const listener = await listen({ host: "127.0.0.1", port: 0, tls: new CertificateOptions({ identity }) });
  const tls = optionsForClientTLS("localhost", { trustRoot: ca.certificate });
  const once = async (end: "close" | "abort"): Promise<WeakRef<object>[]> => {
    const accepting = listener.accept();
    const client = await connect({ host: "127.0.0.1", port: listener.address.port }, { tls });
    const server = await accepting;
    await server.write(new Uint8Array(10));
    await client.read();
    if (end === "close") await Promise.all([client.close(), server.close()]);
    else for (const connection of [client, server]) connection.abort();
    return [new WeakRef(client), new WeakRef(server)];
  };
  const connections: WeakRef<object>[] = [];
  for (let round = 0; round < 10; round++) {
    connections.push(...(await once("close")), ...(await once("abort")));
  }
  const alive = (): number => connections.filter((connection) => connection.deref() !== undefined).length;
  // The last ones may still be on some stack; a cycle through native memory would keep all.
  for (let attempt = 0; attempt < 1000 && alive() > 2; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  await listener.close();
  expect(alive()).toBeLessThanOrEqual(2);
});
