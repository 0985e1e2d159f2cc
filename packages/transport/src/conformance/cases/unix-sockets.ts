// UNIX sockets, in place of addresses.

import { optionsForClientTLS } from "@tlskit/options";
import { equal, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { goodClient, goodServer, rootCa } from "../pki.ts";
import { withSocketPath } from "../socket-path.ts";
import { clientTls, readText, serverTls, talkToTheEnd, text } from "../talk.ts";

export const unixSocketCases: readonly ConformanceCase[] = [
  {
    id: "unix-socket",
    name: "connect and listen take the paths of UNIX sockets",
    async run({ transport }) {
      await withSocketPath(async (path) => {
        const tls = await serverTls(undefined, { trustRoot: (await rootCa()).certificate, clientAuth: "require" });
        const listener = await transport.listen({ path, tls });
        equal(listener.address, { path }, "where it listens");
        const client = { tls: await clientTls("localhost", { identity: await goodClient() }) };
        const pairs = Array.from({ length: 3 }, async () => {
          const accepted = listener.accept();
          const connection = await transport.connect({ path }, client);
          return [connection, await within(accepted, "accepting")] as const;
        });
        for (const [ours, theirs] of await Promise.all(pairs)) {
          equal([ours.remoteAddress, theirs.remoteAddress], [undefined, undefined], "there are no addresses");
          ok(theirs.verifiedPath !== undefined, "the proof");
          theirs.write(text("hello")).catch(() => {});
        }
        for (const [ours, theirs] of await Promise.all(pairs)) {
          equal(await readText(ours, 5), "hello", "what the server says");
          ours.abort();
          theirs.abort();
        }
        await listener.close();
        await rejects(transport.connect({ path }, client), "CONNECTION_REFUSED", "nobody listens any more");
      });
    },
  },
  {
    id: "unix-socket-starttls",
    name: "a connection in clear over a UNIX socket becomes TLS",
    needs: ["client-start-tls", "server-start-tls"],
    async run({ transport }) {
      await withSocketPath(async (path) => {
        const listener = await transport.listen({ path, tls: await serverTls(), secureTransport: "starttls" });
        const accepted = listener.accept();
        const plain = await transport.connect({ path }, { tls: await clientTls(), secureTransport: "starttls" });
        const [client, server] = await Promise.all([plain.startTls(), (await accepted).startTls()]);
        await talkToTheEnd(client, server);
        await listener.close();
      });
    },
  },
  {
    id: "unix-socket-mistakes",
    name: "a path that is taken or makes no sense, a name that is missing, and settings for TCP are refused",
    async run({ transport }) {
      await withSocketPath(async (path) => {
        const tls = await serverTls(await goodServer());
        const listener = await transport.listen({ path, tls });
        await rejects(transport.listen({ path, tls }), "ADDRESS_IN_USE", "a path that is taken");
        await rejects(transport.listen({ path, port: 0, tls } as never), "SETTING_INVALID", "a port beside a path");
        await rejects(transport.listen({ path: "", tls }), "SETTING_INVALID", "an empty path");
        await rejects(transport.connect({ path: "a\0b" }), "TARGET_INVALID", "a NUL");
        await rejects(transport.connect({ path, port: 1 } as never), "TARGET_INVALID", "a port beside a path");
        await rejects(transport.connect({ path }), "SETTING_INVALID", "no name to verify");
        const away = { tls: optionsForClientTLS("localhost"), localAddress: "127.0.0.1" };
        await rejects(transport.connect({ path }, away), "SETTING_INVALID", "an IP address to connect from");
        ok(listener.address.path === path, "the listener lives on");
        await listener.close();
      });
    },
  },
];
