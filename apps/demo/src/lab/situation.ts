import type { Negotiated } from "@tlskit/transport";

/** What came of one situation. */
export interface Outcome {
  /** `"connected"`, or the code of the error that ended it. */
  readonly code: string;
  /** In plain words: every reason, or what else is worth a remark. */
  readonly reasons: readonly string[];
  readonly negotiated?: Negotiated;
}

/** One row of the lab. */
export interface Situation {
  readonly id: string;
  readonly title: string;
  /** `"connected"`, or the code that must end it. */
  readonly expected: string;
  run(): Promise<Outcome>;
}

/** A situation that has been run. */
export interface Result {
  readonly situation: Situation;
  readonly outcome: Outcome;
  readonly ok: boolean;
  readonly ms: number;
}
