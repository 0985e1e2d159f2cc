// AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }

import { AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from "@peculiar/asn1-schema";

/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2) for the schemas of this folder. */
export class AlgorithmIdentifier {
  algorithm: string = "";
  declare parameters?: ArrayBuffer | null;

  static of(algorithm: string, parameters: ArrayBuffer): AlgorithmIdentifier {
    const identifier = new AlgorithmIdentifier();
    identifier.algorithm = algorithm;
    identifier.parameters = parameters;
    return identifier;
  }
}

AsnType({ type: AsnTypeTypes.Sequence })(AlgorithmIdentifier);
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(AlgorithmIdentifier.prototype, "algorithm");
AsnProp({ type: AsnPropTypes.Any, optional: true })(AlgorithmIdentifier.prototype, "parameters");
