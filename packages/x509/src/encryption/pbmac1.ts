// PBMAC1 (RFC 8018 section 7.1), as PKCS #12 files carry it (RFC 9579).
//
// PBMAC1-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, messageAuthScheme AlgorithmIdentifier }

import { bufferSource, subtle } from "../crypto/subtle.ts";
import { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { assertDer } from "../der/walk.ts";
import { X509Error } from "../error.ts";
import { readAlgorithmIdentifier } from "./algorithm-identifier.ts";
import type { DerivationBudget } from "./derivation-budget.ts";
import { unsupportedEncryption } from "./encryption-names.ts";
import type { Passphrase } from "./passphrase.ts";
import { convertHint, derivePbkdf2, hmacHashes, readPbkdf2 } from "./pbkdf2.ts";

/** Whether `mac` is the PBMAC1 of `data` under these parameters. */
export async function verifyPbmac1(
  parameters: Uint8Array,
  passphrase: Passphrase,
  mac: Uint8Array,
  data: Uint8Array,
  budget: DerivationBudget,
): Promise<boolean> {
  assertDer(parameters);
  const fields = new DerReader(parameters).only(Tag.sequence, "PBMAC1-params");
  const derive = readAlgorithmIdentifier(fields);
  const { algorithm } = readAlgorithmIdentifier(fields);
  fields.done("PBMAC1-params");
  const hash = hmacHashes.get(algorithm);
  // RFC 9579 section 4 has SHA-2 only.
  if (hash === undefined || hash === "SHA-1") throw unsupportedEncryption(algorithm, "the MAC of PBMAC1", convertHint);
  const derivation = readPbkdf2(derive, budget);
  const length = derivation.keyLength;
  // RFC 9579 section 5: present, and at least 20.
  if (length === undefined || !(length >= 20 && length <= 64)) {
    const expected = "a key length of 20 to 64 bytes in the parameters of PBMAC1";
    throw new X509Error("KEY_INVALID", `a MAC that makes no sense: expected ${expected}`, { expected });
  }
  const bits = await derivePbkdf2(passphrase, derivation, length);
  const key = await subtle().importKey("raw", bits, { name: "HMAC", hash }, false, ["verify"]);
  return subtle().verify("HMAC", key, bufferSource(mac), bufferSource(data));
}
