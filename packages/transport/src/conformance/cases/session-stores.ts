// Stores of sessions that fail, lie or do not answer.

import type { ClientTLSExtra, ClientTLSOptions, SessionStore } from "@tlskit/options";
import type { PrivateCertificate } from "@tlskit/x509";
import type { Connection } from "../../contract.ts";
import { equal, ok } from "../assert.ts";
import type { ConformanceCase } from "../case.ts";
import { goodClient, issued, rootCa } from "../pki.ts";
import { resumedWith, resumes, sessionClient, sessionServer } from "../resumption.ts";
import { clientTls, withServer } from "../talk.ts";

const both = ["client-sessions", "server-sessions"] as const;

export const sessionStoreCases: readonly ConformanceCase[] = [
  {
    id: "session-store-is-hostile",
    name: "a store that fails, or gives back something else, costs a full handshake",
    needs: both,
    async run(context) {
      let given: Uint8Array | undefined = new Uint8Array([1, 0, 0, 0, 200, 1]);
      const store = {
        take: () => {
          if (given === undefined) throw new Error("the store is away");
          return given;
        },
        put: () => Promise.reject(new Error("the store is full")),
      };
      const tls = await clientTls("localhost", { sessions: { store } } as ClientTLSExtra);
      ok(!(await resumedWith(context, tls, tls)), "full");
      given = undefined;
      ok(!(await resumedWith(context, tls, tls)), "full");
    },
  },
  {
    id: "session-store-confuses-keys",
    name: "a store that gives the entry of another key back costs a full handshake",
    needs: both,
    async run(context) {
      const store = new ConfusedStore();
      const server = await sessionServer(await issued({ names: ["a.example", "b.example"] }));
      const [a, b] = [await sessionClient(store, "a.example"), await sessionClient(store, "b.example")];
      ok(await resumedWith(context, a, a, server), "resumed by its own key");
      store.forget();
      ok(!(await resumedWith(context, a, b, server)), "full for another host, even of the same certificate");
    },
  },
  {
    id: "session-store-confuses-clients",
    name: "nor does anyone go in as the client of another entry",
    needs: [...both, "server-client-auth-require", "client-identity"],
    async run(context) {
      const store = new ConfusedStore();
      const one = await goodClient();
      const other = await issued({ names: ["other@example.org"], profile: "client" });
      const tls = async (identity: PrivateCertificate): Promise<ClientTLSOptions> =>
        sessionClient(store, "localhost", { identity });
      const server = await sessionServer(undefined, { trustRoot: (await rootCa()).certificate });
      await withServer(context, server, async ({ listener, port }) => {
        const accept = (): Promise<Connection> => listener.accept();
        await resumes(context, port, accept, await tls(one));
        const second = await resumes(context, port, accept, await tls(other));
        equal([second.resumed, second.server.peerCertificate?.id], [false, other.id], "who came in");
      });
    },
  },
  {
    id: "session-store-does-not-answer",
    name: "nor does a store that never answers hold a connection up until its limit",
    needs: both,
    async run(context) {
      const never = (): Promise<never> => new Promise(() => {});
      const store = { take: never, put: never };
      const tls = await clientTls("localhost", { sessions: { store } } as ClientTLSExtra);
      ok(!(await resumedWith(context, tls, tls)), "full");
    },
  },
];

/** Gives back whatever was put last, whichever key is asked for. */
class ConfusedStore implements SessionStore {
  #last: Uint8Array | undefined;

  take(): Uint8Array | undefined {
    return this.#last;
  }

  put(_key: string, entry: Uint8Array): void {
    this.#last = entry;
  }

  forget(): void {
    this.#last = undefined;
  }
}
