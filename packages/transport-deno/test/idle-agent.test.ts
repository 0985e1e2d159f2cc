import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { runChild } from "@tlskit/cases";
import { createTestCa } from "@tlskit/testing";
import { expect, test } from "vitest";

test("a connection that an agent keeps for later does not keep the process", async () => {
  const ca = await createTestCa();
  const identity = await ca.issue("localhost");
  const options = { cert: identity.fullChainPem(), key: await identity.keyPair.toPem(), keepAliveTimeout: 600_000 };
  const server = createServer(options, (_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const child = new URL("./idle-agent-child.ts", import.meta.url);
  // Whoever waits for the server to end the connection meets the limit of the child.
  const { stdout, trouble } = await runChild("deno", child, String(port), ca.caPem);
  server.closeAllConnections();
  server.close();
  expect({ stdout, trouble }).toEqual({ stdout: "hello", trouble: "" });
});
