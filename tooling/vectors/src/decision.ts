/** What came of one case. */
export interface Decision {
  /** What the file expects: SUCCESS or FAILURE, or the status of a certificate (good, revoked, unknown, …). */
  readonly expected: string;
  readonly actual: string;
  /** Whether the file expects that the certificate is accepted. */
  readonly accepts: boolean;
  /** The codes of the reasons for refusing, the most useful first. */
  readonly codes: readonly string[];
  /** The first reason as a sentence. */
  readonly message?: string;
}

/** A case that asks for something that has no equivalent here, so that no answer would mean anything. */
export interface Inapplicable {
  readonly inapplicable: string;
}

/** What a run is told from outside. */
export interface RunSettings {
  /** Instead of the one that the namespace of the id says. */
  readonly profile?: "compatible" | "rfc5280" | "webpki";
}

/** What every case has. */
export interface VectorCase {
  readonly id: string;
  readonly features?: readonly string[];
}
