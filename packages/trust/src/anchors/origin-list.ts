import { type CertificateOrigin, formatOrigin } from "../trust-source.ts";

/** Places, each once, in the order in which they were found. Adding one costs the same however many there are. */
export class OriginList {
  readonly #byText = new Map<string, CertificateOrigin>();

  constructor(origins: Iterable<CertificateOrigin>) {
    this.add(origins);
  }

  /** Adds those that are not there yet. */
  add(origins: Iterable<CertificateOrigin>): void {
    for (const origin of origins) {
      const text = formatOrigin(origin);
      if (!this.#byText.has(text)) this.#byText.set(text, Object.freeze({ ...origin }));
    }
  }

  /** The places, frozen. */
  get list(): readonly CertificateOrigin[] {
    return Object.freeze([...this.#byText.values()]);
  }
}
