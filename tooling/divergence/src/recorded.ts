// What was found, kept in the repository: the documents are made from it, and the command compares with it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Verdicts } from "./child/protocol.ts";

/** The runtimes that are asked. */
export type AskedRuntime = "node" | "bun" | "deno";

/** One case. */
export type Verdict = { readonly id: string } & Readonly<Record<AskedRuntime, Verdicts>>;

/** Everything that is kept. */
export interface Recorded {
  readonly versions: Readonly<Record<AskedRuntime, string>>;
  readonly verdicts: readonly Verdict[];
}

/** A case in which a runtime alone decides otherwise than we do. */
export interface Divergence {
  readonly id: string;
  readonly runtime: AskedRuntime;
  /** Who refuses. */
  readonly refuses: "the runtime" | "we";
  /** The code of the refusal. */
  readonly code: string;
}

/** Where it is kept. */
export const RECORD: string = fileURLToPath(new URL("../data/verdicts.json", import.meta.url));

/** Reads it. */
export function recorded(): Recorded {
  return JSON.parse(readFileSync(RECORD, "utf8")) as Recorded;
}

/** What differs. Where both refuse, each for its own reasons, nothing does. */
export function divergences({ verdicts }: Pick<Recorded, "verdicts">): readonly Divergence[] {
  return verdicts.flatMap(({ id, ...said }) =>
    (Object.entries(said) as [AskedRuntime, Verdicts][]).flatMap(([runtime, { native, ours }]): Divergence[] => {
      if (native === "accepts" && ours !== "accepts") return [{ id, runtime, refuses: "we", code: ours }];
      // Ours accepted, and the connection was refused all the same: that is what the code says.
      if (ours === "RUNTIME_REFUSED") return [{ id, runtime, refuses: "the runtime", code: native }];
      return [];
    }),
  );
}
