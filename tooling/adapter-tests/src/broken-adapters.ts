// For the programs that the tests start: what the conformance cases say of adapters that are broken on purpose.

import process from "node:process";
import { CertificateOptions } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import type { Listener, ListenOptions, Transport } from "@tlskit/transport";
import {
  type ConformanceCase,
  type ConformanceContext,
  conformanceCases,
  runConformanceCase,
} from "@tlskit/transport/conformance";

/** For what is expected to hang, and for what is not. */
const [hanging, holding] = [300, 3000];

/** Runs a few cases on each broken adapter, and cases that are broken themselves; one line of JSON for each. */
export async function reportBroken(context: ConformanceContext): Promise<void> {
  const cases = conformanceCases.filter(({ id }) => sample.includes(id));
  for (const [broken, breakIt] of Object.entries(breakages)) {
    const transport = { ...context.transport, ...breakIt(context.transport) } as Transport;
    for (const one of cases)
      say(broken, await runConformanceCase(one, { ...context, transport }, { limitMs: hanging }));
  }
  for (const one of brokenCases) say("nothing", await runConformanceCase(one, context, { limitMs: hanging }));
  for (const one of cases) say("nothing", await runConformanceCase(one, context, { limitMs: holding }));
  // What broken adapters leave behind must not keep the process.
  process.exit();
}

/** One of each kind: a connection that is used, a target that is none, TLS in TLS. */
export const sample: readonly string[] = ["good-name", "target-without-port", "wrap-tls-in-tls"];

const never = (): Promise<never> => new Promise(() => {});

type Breakage = (transport: Transport) => { readonly [Method in keyof Transport]?: unknown };

function withListener(change: (listener: Listener) => object): Breakage {
  return ({ listen }) => ({
    listen: async (options: ListenOptions) => {
      const listener = (await listen(options)) as Listener;
      const { address, closed } = listener;
      return {
        address,
        closed,
        accept: () => listener.accept(),
        close: (closing?: object) => listener.close(closing),
        ...change(listener),
      };
    },
  });
}

function besides(mishap: () => void): Breakage {
  return ({ connect }) => ({
    connect: (...values: Parameters<Transport["connect"]>) => {
      mishap();
      return connect(...values);
    },
  });
}

const breakages: Readonly<Record<string, Breakage>> = {
  "connect never answers": () => ({ connect: never }),
  "listen never answers": () => ({ listen: never }),
  "startTls and wrapTls never answer": () => ({ startTls: never, wrapTls: never }),
  "connect throws at once": () => ({
    connect: () => {
      throw new RangeError("at once");
    },
  }),
  "listen gives nothing": () => ({ listen: async () => undefined }),
  "listen is missing": () => ({ listen: undefined }),
  "accept never answers": withListener(() => ({ accept: never })),
  "close never answers": withListener(() => ({ close: never })),
  "connect throws where nobody catches": besides(() =>
    setTimeout(() => {
      throw new RangeError("where nobody catches");
    }, 0),
  ),
  "connect rejects where nobody waits": besides(() => {
    Promise.reject(new RangeError("where nobody waits"));
  }),
};

/** The names of what is broken. */
export const brokenNames: readonly string[] = Object.keys(breakages);

/** Cases that do what cases must not; the last one holds. */
const brokenCases: readonly ConformanceCase[] = [
  { id: "hangs", name: "waits for nothing", run: never },
  {
    id: "hangs-with-a-listener",
    name: "waits for nobody, and leaves a listener",
    run: async ({ transport }) => {
      const tls = new CertificateOptions({ identity: await (await createTestCa()).issue("localhost") });
      const listener = await transport.listen({ host: "127.0.0.1", port: 0, tls });
      await listener.accept();
    },
  },
  {
    id: "throws-at-once",
    name: "throws before it returns",
    run: () => {
      throw new RangeError("at once");
    },
  },
  {
    id: "throws-in-a-callback",
    name: "throws where nobody catches",
    run: async () => {
      setTimeout(() => {
        throw new RangeError("in a callback");
      }, 0);
      await never();
    },
  },
  {
    id: "rejects-unheard",
    name: "ends well, and leaves a rejection",
    run: async () => {
      Promise.reject(new RangeError("unheard"));
    },
  },
  { id: "holds", name: "does nothing", run: async () => {} },
];

/** What becomes of each of them. */
export const brokenCaseResults: Readonly<Record<string, boolean>> = Object.fromEntries(
  brokenCases.map(({ id }) => [id, id === "holds"]),
);

function say(broken: string, result: object): void {
  process.stdout.write(`${JSON.stringify({ broken, ...result })}\n`);
}
