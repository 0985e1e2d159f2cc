// An OCSP response as lines for people, and as JSON.

import { toHex } from "../bytes.ts";
import type { DistinguishedName } from "../distinguished-name/distinguished-name.ts";
import { certIdJson, certIdText, type InspectableCertId, type OcspCertIdJson } from "./inspect-ocsp-request.ts";
import { isoTime } from "./iso-time.ts";
import { optionalLine } from "./optional-line.ts";

/** What the print-outs need of a response. */
export interface InspectableOcspResponse {
  readonly status: string;
  readonly basic: InspectableBasic | undefined;
}

interface InspectableBasic {
  readonly responderId:
    | { readonly type: "name"; readonly name: DistinguishedName }
    | { readonly type: "key"; readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly InspectableSingle[];
  readonly nonce: Uint8Array | undefined;
  readonly certificates: readonly { readonly subject: DistinguishedName }[];
  readonly signatureAlgorithm: { readonly name: string };
  readonly deviations: readonly { readonly code: string }[];
}

interface InspectableSingle {
  readonly certId: InspectableCertId;
  readonly status: string;
  readonly revocationDate: Date | undefined;
  readonly reason: string | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** What `JSON.stringify` makes of a response. Times are ISO 8601, UTC. */
export interface OcspResponseJson {
  readonly status: string;
  /** RFC 4514 text, or `key:` and lower-case hex. */
  readonly responder?: string;
  readonly producedAt?: string;
  readonly responses: readonly OcspSingleJson[];
}

/** What `JSON.stringify` makes of the status of one certificate. */
export interface OcspSingleJson {
  readonly certId: OcspCertIdJson;
  readonly status: string;
  readonly revocationDate?: string;
  readonly reason?: string;
  readonly thisUpdate: string;
  readonly nextUpdate?: string;
}

/** The lines. Whatever the response says is escaped; a part that cannot be read says so in its place. */
export function inspectOcspResponse({ status, basic }: InspectableOcspResponse): string {
  const first = `OCSP Response: ${status}`;
  if (basic === undefined) return first;
  return [
    first,
    `Responder: ${responderText(basic)}`,
    `Produced At: ${isoTime(basic.producedAt)}`,
    ...basic.responses.flatMap(singleLines),
    ...optionalLine("Nonce", () => basic.nonce && toHex(basic.nonce)),
    ...optionalLine("Certificates", () => basic.certificates.map(({ subject }) => subject).join("; ") || undefined),
    ...optionalLine("Deviations", () => basic.deviations.map(({ code }) => code).join(", ") || undefined),
    ...optionalLine("Signature Algorithm", () => basic.signatureAlgorithm.name),
  ].join("\n");
}

/** The JSON of a response. */
export function ocspResponseJson({ status, basic }: InspectableOcspResponse): OcspResponseJson {
  if (basic === undefined) return { status, responses: [] };
  return { status, ...basicOcspJson(basic) };
}

/** What `JSON.stringify` makes of the signed part of a response. */
export type BasicOcspJson = Required<Omit<OcspResponseJson, "status">>;

/** The JSON of the signed part of a response. */
export function basicOcspJson(basic: InspectableBasic): BasicOcspJson {
  return {
    responder: responderText(basic),
    producedAt: isoTime(basic.producedAt),
    responses: basic.responses.map(ocspSingleJson),
  };
}

/** Who signed, by name or hash of the key. */
export function responderText({ responderId }: Pick<InspectableBasic, "responderId">): string {
  return responderId.type === "name" ? responderId.name.toString() : `key:${toHex(responderId.keyHash)}`;
}

/** The JSON of the status of one certificate. */
export function ocspSingleJson(single: InspectableSingle): OcspSingleJson {
  const { certId, status, revocationDate, reason, thisUpdate, nextUpdate } = single;
  return {
    certId: certIdJson(certId),
    status,
    ...(revocationDate && { revocationDate: isoTime(revocationDate) }),
    ...(reason !== undefined && { reason }),
    thisUpdate: isoTime(thisUpdate),
    ...(nextUpdate && { nextUpdate: isoTime(nextUpdate) }),
  };
}

function singleLines(single: InspectableSingle): readonly string[] {
  const { certId, status, revocationDate, reason, thisUpdate, nextUpdate } = single;
  return [
    `Certificate: ${certIdText(certId)}`,
    `  Status: ${status}`,
    ...(revocationDate ? [`  Revoked: ${isoTime(revocationDate)}`] : []),
    ...(reason === undefined ? [] : [`  Reason: ${reason}`]),
    `  This Update: ${isoTime(thisUpdate)}`,
    ...(nextUpdate ? [`  Next Update: ${isoTime(nextUpdate)}`] : []),
  ];
}
