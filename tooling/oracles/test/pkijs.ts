// What pkijs reads.

import * as pkijs from "pkijs";
import { extensionFact, type Facts, hex } from "./facts.ts";

export function pkijsFacts(der: Uint8Array): Partial<Facts> {
  const certificate = pkijs.Certificate.fromBER(new Uint8Array(der));
  const parsed = <T>(oid: string): T | undefined =>
    certificate.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue as T | undefined;
  const constraints = parsed<pkijs.BasicConstraints>("2.5.29.19");
  return {
    serialNumber: BigInt(`0x${hex(certificate.serialNumber.valueBlock.valueHexView)}`).toString(16),
    notBefore: certificate.notBefore.value.toISOString(),
    notAfter: certificate.notAfter.value.toISOString(),
    issuer: nameFacts(certificate.issuer),
    subject: nameFacts(certificate.subject),
    publicKey: hex(certificate.subjectPublicKeyInfo.toSchema().toBER()),
    signatureAlgorithm: certificate.signatureAlgorithm.algorithmId,
    signature: hex(certificate.signatureValue.valueBlock.valueHexView),
    extensions: (certificate.extensions ?? []).map(({ extnID, critical, extnValue }) =>
      extensionFact(extnID, critical, extnValue.valueBlock.valueHexView),
    ),
    subjectAltName: parsed<pkijs.AltName>("2.5.29.17")?.altNames.map(generalNameFact),
    ca: constraints?.cA,
    pathLength: typeof constraints?.pathLenConstraint === "number" ? constraints.pathLenConstraint : undefined,
    extendedKeyUsage: parsed<pkijs.ExtKeyUsage>("2.5.29.37")?.keyPurposes,
    subjectKeyIdentifier: octets(parsed<Octets>("2.5.29.14")),
    authorityKeyIdentifier: octets(parsed<pkijs.AuthorityKeyIdentifier>("2.5.29.35")?.keyIdentifier),
  };
}

interface Octets {
  readonly valueBlock: { readonly valueHexView: Uint8Array };
}

function octets(value: Octets | undefined): string | undefined {
  return value && hex(value.valueBlock.valueHexView);
}

function nameFacts(name: pkijs.RelativeDistinguishedNames): readonly string[] {
  return name.typesAndValues.map(({ type, value }) => `${type}=${value.valueBlock.value}`);
}

function generalNameFact({ type, value }: pkijs.GeneralName): string {
  if (type === 7) return `ip:${octets(value)}`;
  const known: Readonly<Record<number, string>> = { 1: "email", 2: "dns", 6: "uri" };
  const other: Readonly<Record<number, string>> = {
    0: "other",
    3: "x400",
    4: "directory",
    5: "ediParty",
    8: "registeredId",
  };
  return known[type] === undefined ? (other[type] ?? "") : `${known[type]}:${value}`;
}
