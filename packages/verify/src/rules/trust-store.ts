/** What a trust store says about whole paths: block lists and pins. */
import type { Certificate } from "@tlskit/x509";
import { readDistrust } from "../anchors/trust-limits.ts";
import { show } from "../reasons/show.ts";
import type { Findings, RuleContext } from "./rule.ts";

/** A certificate on a block list of the trust store is refused wherever it stands. */
export function distrusted({ certificate, settings: { limits } }: RuleContext): Findings {
  const listed = readDistrust(limits.distrusts?.(certificate));
  if (listed === undefined) return undefined;
  const { by, source } = listed;
  const where = source === undefined ? "" : ` (${source})`;
  return {
    code: "CERTIFICATE_DISTRUSTED",
    message: `${show(certificate)} is distrusted: ${LISTED[by]} is on a block list${where}.`,
    remedy: "Do not trust it: have a new certificate issued, for a new key, by a CA that is trusted.",
    details: { by, ...(source === undefined ? {} : { source }) },
  };
}

/** RFC 7469, section 2.6: one of the keys of the path must be pinned. */
export function pins({ certificate, anchor, below, settings }: RuleContext): Findings {
  const pinned = settings.limits.pins;
  if (pinned === undefined || anchor === undefined) return undefined;
  const leaf = below[0] ?? certificate;
  const keys = [...below, certificate].map(keyHash);
  if (keys.some((key) => pinned.has(key))) return undefined;
  const of = pinned.size === 1 ? "The pinned key is not" : `None of the ${pinned.size} pinned keys is`;
  const where = keys.length === 1 ? "that" : "on the path";
  return {
    code: "PIN_MISMATCH",
    message: `${of} ${where} of ${show(leaf).replace("The", "the")}.`,
    remedy:
      "If the peer has changed its key or its CA on purpose, pin the new one; else somebody may stand between you and it.",
    details: { pins: [...pinned].map(toPin), seen: keys.map(toPin) },
    about: { certificate: leaf, depth: 0 },
  };
}

function keyHash({ publicKey }: Certificate): string {
  return publicKey.spkiHash();
}

// As RFC 7469 and `spkiHash("sha-256", { format: "pin" })` write it.
function toPin(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return `sha256/${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}`;
}

const LISTED = {
  certificate: "the certificate itself",
  key: "its key",
  "serial-number": "its serial number",
} as const;
