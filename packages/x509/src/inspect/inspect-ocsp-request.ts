// An OCSP request as lines for people, and as JSON.

import { toHex } from "../bytes.ts";
import { formatGeneralName, type GeneralName } from "../general-name/general-name.ts";
import { optionalLine } from "./optional-line.ts";
import { serialText } from "./serial-text.ts";

/** What the print-outs need of the id of a certificate. */
export interface InspectableCertId {
  readonly hash: string | undefined;
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
}

/** What the print-outs need of a request. */
export interface InspectableOcspRequest {
  readonly requests: readonly { readonly certId: InspectableCertId }[];
  readonly requestorName: GeneralName | undefined;
  readonly nonce: Uint8Array | undefined;
  readonly signatureAlgorithm: { readonly name: string } | undefined;
}

/** What `JSON.stringify` makes of an id. */
export interface OcspCertIdJson {
  /** Such as `SHA-1`; the OID of a hash function that we do not have. */
  readonly hash: string;
  /** Lower-case hex, as the other hash and the serial number. */
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

/** What `JSON.stringify` makes of a request. */
export interface OcspRequestJson {
  readonly certIds: readonly OcspCertIdJson[];
}

/** The lines. Whatever the request says is escaped; a part that cannot be read says so in its place. */
export function inspectOcspRequest(request: InspectableOcspRequest): string {
  return [
    "OCSP Request For:",
    ...request.requests.map(({ certId }) => `  ${certIdText(certId)}`),
    ...optionalLine("Requestor", () => request.requestorName && formatGeneralName(request.requestorName)),
    ...optionalLine("Nonce", () => request.nonce && toHex(request.nonce)),
    `Signature Algorithm: ${request.signatureAlgorithm?.name ?? "(not signed)"}`,
  ].join("\n");
}

/** The JSON of a request. */
export function ocspRequestJson(request: InspectableOcspRequest): OcspRequestJson {
  return { certIds: request.requests.map(({ certId }) => certIdJson(certId)) };
}

/** The JSON of an id. */
export function certIdJson(id: InspectableCertId): OcspCertIdJson {
  return {
    hash: id.hash ?? id.hashOid,
    issuerNameHash: toHex(id.issuerNameHash),
    issuerKeyHash: toHex(id.issuerKeyHash),
    serialNumber: serialText(id.serialNumber),
  };
}

/** One line about an id. */
export function certIdText(certId: InspectableCertId): string {
  const { serialNumber, hash, issuerNameHash, issuerKeyHash } = certIdJson(certId);
  return `${serialNumber} (${hash} of the issuer's name ${issuerNameHash}, of its key ${issuerKeyHash})`;
}
