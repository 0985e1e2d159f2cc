// AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }

import type { DerReader } from "../der/reader.ts";
import { Tag } from "../der/tag.ts";
import { derOid, derSequence } from "../der/writer.ts";

/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2) of a key derivation, cipher or MAC. */
export interface AlgorithmIdentifier {
  /** Its OID in dotted form. */
  readonly algorithm: string;
  /** Its parameters in DER; empty if there are none. A view. */
  readonly parameters: Uint8Array;
}

/**
 * Reads the AlgorithmIdentifier that comes next.
 *
 * @throws X509Error DER_*
 */
export function readAlgorithmIdentifier(reader: DerReader): AlgorithmIdentifier {
  const fields = reader.enter(Tag.sequence, "an AlgorithmIdentifier");
  const algorithm = fields.oid("the algorithm of an AlgorithmIdentifier");
  const parameters = fields.peek() === -1 ? new Uint8Array() : fields.raw("the parameters of an AlgorithmIdentifier");
  fields.done("the AlgorithmIdentifier");
  return { algorithm, parameters };
}

/** An AlgorithmIdentifier in DER. */
export function writeAlgorithmIdentifier(algorithm: string, parameters: Uint8Array): Uint8Array {
  return derSequence(derOid(algorithm), parameters);
}
