/** Pinned keys: at least one of them must be on every path that is accepted (RFC 7469). */
import type { KeyPin } from "@tlskit/verify";
import { type Certificate, PublicKey } from "@tlskit/x509";
import { plainCertificate } from "./anchors/read-certificate.ts";
import { TrustError } from "./error.ts";
import { badArgument } from "./input/bad-argument.ts";
import { describeType } from "./input/describe-type.ts";

/** What names a key: the key, a certificate with it, or `sha256/` and the hash of its SubjectPublicKeyInfo in base64. */
export type PinInput = string | PublicKey | Certificate;

/**
 * The pins, each once, as `sha256/…`.
 *
 * @throws TrustError TRUST_ARGUMENT_INVALID with the place; TRUST_PINS_TOO_FEW for fewer than two keys
 */
export function readPins(pins: readonly PinInput[]): readonly string[] {
  const texts = [...new Set(pins.map(readPin))].sort();
  if (texts.length >= 2) return texts;
  const message = `pin() needs two different keys at least, but got ${texts.length}: the one in use, and one that is kept in a safe for the day when the first is lost (RFC 7469, section 4.3).`;
  throw new TrustError("TRUST_PINS_TOO_FEW", message, { pins: texts.length });
}

/** As `verifyPath` takes them; fresh bytes each time. */
export function toKeyPins(pins: readonly string[]): readonly KeyPin[] {
  return pins.map((pin) => ({ sha256: Uint8Array.from(atob(pin.slice(PREFIX.length)), (char) => char.charCodeAt(0)) }));
}

function readPin(pin: PinInput, index: number): string {
  const hash = hashOfKey(pin);
  if (hash !== undefined) return hash;
  if (typeof pin === "string" && isPin(pin)) return pin;
  const expected = "sha256/ and 32 bytes in base64, a PublicKey or a Certificate";
  if (typeof pin !== "string") throw badArgument(`pins[${index}]`, expected, pin);
  // A misspelt pin would refuse everybody, or count as the second one that nobody has.
  throw new TrustError("TRUST_ARGUMENT_INVALID", `pins[${index}] must be ${expected}, but is another text.`, {
    argument: "pins",
    index,
    expected,
    actual: describeType(pin),
  });
}

function hashOfKey(pin: unknown): string | undefined {
  const key = pin instanceof PublicKey ? pin : plainCertificate(pin)?.publicKey;
  try {
    return key?.spkiHash("sha-256", { format: "pin" });
  } catch (error) {
    // What only looks like a key has none.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Whether a text is `sha256/` and the hash of a key, written in the one way there is. */
export function isPin(text: string): boolean {
  if (!/^sha256\/[A-Za-z0-9+/]{43}=$/.test(text)) return false;
  const base64 = text.slice(PREFIX.length);
  // Bits beyond the 32 bytes would give two texts for one key.
  return btoa(atob(base64)) === base64;
}

const PREFIX = "sha256/";
