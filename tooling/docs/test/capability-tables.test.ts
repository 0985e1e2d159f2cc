// The tables decide what is refused: whoever has one in hand must not be able to change it.
import { CAPABILITIES } from "@tlskit/options";
import { capabilities as bun } from "@tlskit/transport-bun";
import { capabilities as deno } from "@tlskit/transport-deno";
import { capabilities as node } from "@tlskit/transport-node";
import { expect, test } from "vitest";

test.each(Object.entries({ node, bun, deno }))(
  "the table of %s is complete, and nobody can write to it",
  (_name, table) => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(CAPABILITIES).sort());
    expect(() => Object.assign(table, { alpn: { reason: "x", alternative: "y" } })).toThrow(TypeError);
    for (const row of Object.values(table)) {
      if (row !== true) expect(() => Object.assign(row, { reason: "x", probe: () => true })).toThrow(TypeError);
    }
  },
);
