/** What a server staples to its certificate (RFC 6066, section 8). */
import { OcspResponse } from "@tlskit/x509";
import { wrongType } from "../input/wrong-value.ts";
import type { ValueCheck } from "./option-values.ts";
import { parsedStatement } from "./revocation-option.ts";

/** An OCSP response, or a function that is asked for each handshake whose client wants one. */
export type OcspStaple = OcspResponse | Uint8Array | (() => OcspStapleAnswer | Promise<OcspStapleAnswer>);

/** `undefined`: nothing is stapled. */
export type OcspStapleAnswer = OcspResponse | Uint8Array | undefined;

/** The same, checked: gives DER. */
export type CheckedOcspStaple = () => Promise<Uint8Array | undefined>;

/** Checks `ocspStaple`. */
export const checkOcspStaple: ValueCheck<CheckedOcspStaple> = (value, path) => {
  if (typeof value === "function") {
    // What `with` of the options passes on was checked before.
    if (checkedOnes.has(value)) return value as CheckedOcspStaple;
    return checked(async () => {
      const answer: unknown = await value();
      return answer === undefined ? undefined : derOf(answer, `${path}()`);
    });
  }
  if (typeof value !== "object" || value === null) {
    throw wrongType(path, "an OcspResponse, its DER, or a function that gives one", value);
  }
  const der = derOf(value, path);
  // A copy each time: whoever writes to one must not change what is stapled.
  return checked(async () => der.slice());
};

const checkedOnes = new WeakSet<object>();

function checked(staple: CheckedOcspStaple): CheckedOcspStaple {
  checkedOnes.add(staple);
  return staple;
}

function derOf(value: unknown, path: string): Uint8Array {
  return parsedStatement(value, path, OcspResponse, "OcspResponse").der;
}
