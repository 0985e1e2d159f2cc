// The names of the OIDs that we know.

import { ExtensionOid } from "./oids.ts";

/** The name of an OID that we know, as our properties and constants have it, else as the RFCs do; or undefined. */
export function oidName(oid: string): string | undefined {
  namesByOid ??= readTable();
  return namesByOid.get(oid);
}

let namesByOid: ReadonlyMap<string, string> | undefined;

function readTable(): ReadonlyMap<string, string> {
  const names = new Map<string, string>(Object.entries(ExtensionOid).map(([name, oid]) => [oid, name]));
  for (const [arc, list] of Object.entries(table)) {
    const words = list.split(" ");
    for (let index = 0; index < words.length; index += 2) names.set(arc + words[index], words[index + 1] ?? "");
  }
  return names;
}

// Beside the extensions that have a type: under each arc, the rest of an OID and its name in turn. Text is small, and is not
// made into anything before it is used.
const table: Readonly<Record<string, string>> = {
  "2.5.29.": "23 holdInstructionCode 32.0 anyPolicy 37.0 anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.":
    "3.1 serverAuth 3.2 clientAuth 3.3 codeSigning 3.4 emailProtection 3.8 timeStamping 3.9 ocspSigning 48.1 ocsp " +
    "48.1.1 ocspBasic 48.1.3 ocspCrl 48.1.4 ocspResponse 48.1.5 ocspNoCheck 48.1.6 ocspArchiveCutoff " +
    "48.1.7 ocspServiceLocator 48.1.8 ocspPreferredSignatureAlgorithms 48.1.9 ocspExtendedRevoke 48.2 caIssuers " +
    "48.3 timeStamping 48.5 caRepository",
  "1.3.6.1.4.1.11129.2.4.": "3 certificateTransparencyPoison",
  "2.16.840.1.113730.1.": "1 netscapeCertType 13 netscapeComment",
  "1.2.840.113549.1.9.": "2 unstructuredName 7 challengePassword 8 unstructuredAddress 14 extensionRequest",
};
