// The cases of x509-limbo's core whose leaf's key is in the file, so that a real server can show them.

import { readCases, vectorFile } from "@tlskit/vectors";
import type { ShownCase } from "./shown-case.ts";

/** A case, as far as it is needed here. */
interface LimboCase {
  readonly id: string;
  readonly validation_kind: "CLIENT" | "SERVER";
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly peer_certificate_key: string | null;
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
}

/** All of them; undefined where the vectors are not at hand. */
export function limboCases(): readonly ShownCase[] | undefined {
  const path = vectorFile("limbo-dev-core.json.gz");
  if (path === undefined) return undefined;
  return (readCases(path) as unknown as readonly LimboCase[]).flatMap(shown);
}

function shown(one: LimboCase): ShownCase[] {
  const { peer_certificate_key: key, expected_peer_name: name } = one;
  if (one.validation_kind !== "SERVER" || key === null || name === null) return [];
  const chain = [one.peer_certificate, ...one.untrusted_intermediates].join("\n");
  return [{ id: one.id, chain, key, name: name.value, trust: one.trusted_certs }];
}
