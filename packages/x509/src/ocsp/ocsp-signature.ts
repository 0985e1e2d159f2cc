// The signature of an OCSP request or response, and the certificates that came with it. Decoded when they are read.

import { Certificate } from "../certificate.ts";
import { contentStart, elementEnd } from "../der/skip.ts";
import type { PublicKey } from "../public-key.ts";
import { readSignatureAlgorithm, type SignatureAlgorithm } from "../signature/signature-algorithm.ts";
import type { SignatureOutline } from "./ocsp-parts.ts";

/** Views of the bytes that are signed, and of what signs them. */
export class OcspSignature {
  readonly #bytes: Uint8Array;
  readonly #outline: SignatureOutline;
  readonly #signed: number;
  #algorithm: SignatureAlgorithm | undefined;
  #certificates: readonly Certificate[] | undefined;

  /** `signed` is the offset of the element that is signed. */
  constructor(bytes: Uint8Array, signed: number, outline: SignatureOutline) {
    this.#bytes = bytes;
    this.#signed = signed;
    this.#outline = outline;
  }

  get algorithm(): SignatureAlgorithm {
    const { algorithm } = this.#outline;
    this.#algorithm ??= readSignatureAlgorithm(this.#bytes.slice(algorithm, elementEnd(this.#bytes, algorithm)));
    return this.#algorithm;
  }

  /** A fresh copy. */
  get value(): Uint8Array {
    const bits = elementEnd(this.#bytes, this.#outline.algorithm);
    return this.#bytes.slice(contentStart(this.#bytes, bits) + 1, elementEnd(this.#bytes, bits));
  }

  /** @throws X509Error as Certificate.fromDer, with offsets within the certificate */
  get certificates(): readonly Certificate[] {
    this.#certificates ??= Object.freeze(
      this.#outline.certificates.map((at) =>
        Certificate.fromDer(this.#bytes.subarray(at, elementEnd(this.#bytes, at))),
      ),
    );
    return this.#certificates;
  }

  /** The element that is signed. A view. */
  get signed(): Uint8Array {
    return this.#bytes.subarray(this.#signed, elementEnd(this.#bytes, this.#signed));
  }

  verify(key: PublicKey): Promise<boolean> {
    return key.verify(this.algorithm, this.value, this.signed);
  }

  verifySync(key: PublicKey): boolean {
    return key.verifySync(this.algorithm, this.value, this.signed);
  }
}
