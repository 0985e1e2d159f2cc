// What a person sees who prints a connection or a listener.

import { inspect } from "node:util";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { agree, withPlainPair } from "../plain-pair.ts";
import { serverTls, withPair, withServer } from "../talk.ts";

/** Printed in each of the usual ways: all show the same. */
function printed(value: object): string {
  const text = String(value);
  equal(inspect(value), text, "what console.log shows");
  ok(inspect({ value }).includes(text), "also inside of something");
  return text;
}

function shows(value: object, parts: readonly string[]): void {
  const text = printed(value);
  for (const part of parts) ok(text.includes(part), `${part} in ${text}`);
}

export const printingCases: readonly ConformanceCase[] = [
  {
    id: "printed-connection",
    name: "a connection prints its ends, what was negotiated, its peer and its state, and nothing of its inside",
    run: (context) =>
      withPair(context, async (client, server) => {
        const { port } = client.remoteAddress ?? {};
        const { version, cipher } = client.negotiated;
        const common = [`version="${version}"`, `cipher="${cipher}"`];
        shows(client, ['<Connection role="client"', `remote="127.0.0.1:${port}"`, ...common, "peer=<Certificate"]);
        shows(server, ['<Connection role="server"', `local="127.0.0.1:${port}"`, ...common]);
        ok(printed(client).endsWith('state="open">'), "it is open");
        await server.closeWrite();
        equal(await within(client.read(), "the end"), null, "the end");
        ok(printed(client).endsWith('state="open for writing">'), "the peer has ended");
        client.abort();
        ok(printed(client).endsWith('state="ended by ABORTED">'), "it was aborted");
        ok(!JSON.stringify(client).includes("channel"), "nor does JSON show its inside");
      }),
  },
  {
    id: "printed-plain-connection",
    name: "so does a connection in clear, which says that it is one",
    run: (context) =>
      withPlainPair(context, async (client) => {
        shows(client, ['<PlainConnection role="client"', 'remote="127.0.0.1:', 'state="open">']);
        await client.close({ timeoutMs: 0 });
        ok(printed(client).endsWith('state="closed">'), "it is closed");
      }),
  },
  {
    id: "printed-after-starttls",
    name: "a connection that has become TLS says so, when it is printed and when it is used",
    needs: ["client-start-tls", "server-start-tls"],
    run: (context) =>
      withPlainPair(context, async (client, server) => {
        await agree(client, server);
        const ends = await within(Promise.all([client.startTls(), server.startTls()]), "TLS");
        ok(printed(client).endsWith('state="became TLS">'), printed(client));
        const { message } = await rejects(client.startTls(), "INVALID_STATE", "TLS, a second time");
        ok(message.includes("has not become TLS"), message);
        for (const end of ends) end.abort();
      }),
  },
  {
    id: "printed-listener",
    name: "a listener prints where it listens, and whether it still does",
    run: async (context) =>
      withServer(context, await serverTls(), async ({ listener, port }) => {
        equal(printed(listener), `<Listener address="127.0.0.1:${port}" state="listening">`, "while it listens");
        await listener.close();
        equal(printed(listener), `<Listener address="127.0.0.1:${port}" state="closed">`, "afterwards");
      }),
  },
];
