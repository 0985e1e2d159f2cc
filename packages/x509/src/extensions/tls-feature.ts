// Features ::= SEQUENCE OF INTEGER (0..65535), the TLS extensions that a server must support   (RFC 7633)

import { fromArgument } from "../argument.ts";
import { valueFail } from "../der/fail.ts";
import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derInteger, derSequence } from "../der/writer.ts";
import { X509Error } from "../error.ts";

const features = {
  statusRequest: 5,
  statusRequestV2: 17,
} as const;

/** The TLS extensions that certificates ask for; `statusRequest` is what is called "must-staple". */
export const TlsFeature: typeof features = /* @__PURE__ */ Object.freeze(features);

/** Reads the extension: numbers of TLS extensions, see {@link TlsFeature}. */
export function decodeTlsFeature(reader: DerReader): readonly number[] {
  const list = reader.enter(Tag.sequence, "Features");
  const features: number[] = [];
  while (list.peek() !== -1) {
    const feature = list.smallInteger("a TLS extension");
    if (feature > 0xffff) valueFail(list.valueStart, "a TLS extension of 0 to 65535");
    features.push(feature);
  }
  return Object.freeze(features);
}

/** The extension in DER. */
export function encodeTlsFeature(features: readonly number[]): Uint8Array {
  return fromArgument("tlsFeature", "a value of its type", () => {
    if (features.some((feature) => !(Number.isInteger(feature) && feature >= 0 && feature <= 0xffff))) {
      const expected = "numbers of TLS extensions, 0 to 65535";
      throw new X509Error("ARGUMENT_INVALID", `not TLS features: expected ${expected}`, {
        argument: "tlsFeature",
        expected,
      });
    }
    return derSequence(...features.map(derInteger));
  });
}
