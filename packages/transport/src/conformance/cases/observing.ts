// What can be seen of connections from outside: key logs, exporters, diagnostics. And what cannot be changed in them.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientTLSExtra } from "@tlskit/options";
import { equal, hasCode, ok, rejects, within } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { daysFromNow, goodServer, issued } from "../pki.ts";
import { clientRefuses, clientTls, serverTls, withPair } from "../talk.ts";

const line = /^[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]+$/;

type Heard = [channel: string, message: unknown][];

/** What is published on these channels; waits for as much as must come. */
async function hears(
  channels: readonly string[],
  isAll: (heard: Heard) => boolean,
  during: () => Promise<void>,
): Promise<Heard> {
  const heard: Heard = [];
  const all = Promise.withResolvers<void>();
  const listeners = channels.map(
    (name) =>
      [
        name,
        (message: unknown) => {
          heard.push([name, message]);
          if (isAll(heard)) all.resolve();
        },
      ] as const,
  );
  for (const [name, listener] of listeners) subscribe(name, listener);
  try {
    await during();
    await within(all.promise, "what is published");
    // What would be too much comes at once as well.
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    for (const [name, listener] of listeners) unsubscribe(name, listener);
  }
  return heard;
}

function isRefusalByClient([channel, message]: Heard[number]): boolean {
  return channel === "tlskit:refusal" && (message as { readonly role: string }).role === "client";
}

export const observingCases: readonly ConformanceCase[] = [
  {
    id: "key-log-client",
    name: "a client can write its secrets down, by name",
    needs: ["client-key-log"],
    async run(context) {
      const lines: string[] = [];
      const dangerouslyLogKeys = (text: string): void => void lines.push(text);
      const client = await clientTls("localhost", { dangerouslyLogKeys } as ClientTLSExtra);
      await withPair(context, async () => {}, { client });
      ok(lines.length > 0 && lines.every((text) => line.test(text)), "lines in the format of SSLKEYLOGFILE");
    },
  },
  {
    id: "key-log-server",
    name: "and so can a server: into a file",
    needs: ["server-key-log"],
    async run(context) {
      const folder = await mkdtemp(join(tmpdir(), "tlskit-"));
      try {
        const path = join(folder, "keys");
        await withPair(context, async () => {}, { server: await serverTls(undefined, { dangerouslyLogKeys: path }) });
        const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
        ok(lines.length > 0 && lines.every((text) => line.test(text)), "lines in the format of SSLKEYLOGFILE");
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  {
    id: "exporter",
    name: "both ends derive the same key material, and other material for another label or context",
    async run(context) {
      await withPair(context, async (client, server) => {
        const refused = await exporterState(client);
        if (refused) return;
        const label = "EXPERIMENTAL tlskit";
        const ours = client.exportKeyingMaterial(32, label);
        equal(ours, server.exportKeyingMaterial(32, label), "the material");
        equal(ours.byteLength, 32, "its length");
        const bound = client.exportKeyingMaterial(32, label, new Uint8Array([1]));
        equal(bound, server.exportKeyingMaterial(32, label, new Uint8Array([1])), "the material with a context");
        ok(String(bound) !== String(ours), "a context makes a difference");
        ok(String(client.exportKeyingMaterial(32, `${label}2`)) !== String(ours), "a label makes a difference");
        for (const wrong of [
          [0, label],
          [9000, label],
          [1.5, label],
          [32, ""],
          [32, "ü"],
          [32, label, "x"],
        ]) {
          const attempt = Promise.resolve().then(() =>
            (client.exportKeyingMaterial as (...given: unknown[]) => unknown)(...wrong),
          );
          await rejects(attempt, "SETTING_INVALID", "a setting that makes no sense");
        }
      });

      async function exporterState({
        exportKeyingMaterial,
      }: {
        readonly exportKeyingMaterial: unknown;
      }): Promise<boolean> {
        const state = context.capabilities["key-exporter"];
        if (state === true) return false;
        ok(typeof exportKeyingMaterial === "function", "the method is there");
        await withPair(context, async (client) => {
          const attempt = Promise.resolve().then(() => client.exportKeyingMaterial(32, "EXPERIMENTAL tlskit"));
          await rejects(attempt, "RUNTIME_UNSUPPORTED", "what the runtime cannot do");
        });
        return true;
      }
    },
  },
  {
    id: "diagnostics",
    name: "listeners, handshakes and ends are published, without secrets (TRN-33)",
    async run(context) {
      const heard = await hears(
        ["tlskit:listen", "tlskit:handshake", "tlskit:close"],
        (heard) => heard.length === 5,
        async () => {
          await withPair(context, async (client, server) => {
            await within(Promise.all([client.close(), server.close()]), "closing");
          });
        },
      );
      const counts = (name: string): number => heard.filter(([channel]) => channel === name).length;
      equal([counts("tlskit:listen"), counts("tlskit:handshake"), counts("tlskit:close")], [1, 2, 2], "what was heard");
      const [, message] = heard.find(([, each]) => (each as { role?: string }).role === "client") ?? [];
      const { negotiated, peer } = message as { readonly negotiated: { version: string }; readonly peer: string };
      equal([negotiated.version, peer], ["TLSv1.3", (await goodServer()).id], "what a handshake says");
    },
  },
  {
    id: "diagnostics-refusal",
    name: "a refusal is published with its error",
    async run(context) {
      const heard = await hears(
        ["tlskit:refusal", "tlskit:handshake"],
        (heard) => heard.some(isRefusalByClient),
        async () => {
          const identity = await issued({ names: ["localhost"], notAfter: daysFromNow(-1) });
          await clientRefuses(context, identity, "CERTIFICATE_EXPIRED");
        },
      );
      const [, ofClient] = heard.find(isRefusalByClient) ?? [];
      hasCode((ofClient as { readonly error: unknown }).error, "CERTIFICATE_EXPIRED", "what the client's refusal says");
      const handshakes = heard.filter(
        ([channel, each]) => channel === "tlskit:handshake" && (each as { role: string }).role === "client",
      );
      equal(handshakes.length, 0, "no client passed the gate");
    },
  },
  {
    id: "connection-cannot-be-written-to",
    name: "nobody changes what a connection says of its peer",
    async run(context) {
      await withPair(context, async (client, server) => {
        for (const connection of [client, server]) {
          for (const field of ["peerCertificate", "verifiedPath", "negotiated", "peerChain", "role", "read"]) {
            const before = (connection as unknown as Record<string, unknown>)[field];
            ok(!Reflect.set(connection, field, "forged"), `${field} is not writable`);
            ok((connection as unknown as Record<string, unknown>)[field] === before, `${field} stays`);
          }
          ok(Object.isFrozen(connection.negotiated) && Object.isFrozen(connection.peerChain), "and what it holds");
        }
      });
    },
  },
];
