// What the stricter profiles refuse in clients, and no runtime does by itself.

import {
  ExtendedKeyUsage,
  ExtensionOid,
  encodeAuthorityKeyIdentifier,
  encodeBasicConstraints,
  encodeNameConstraints,
  generalSubtree,
} from "@tlskit/x509";
import type { ConformanceCase } from "../case.ts";
import { rootCa } from "../pki.ts";
import { clientOf, refusesClient } from "./client-refusals.ts";

const rfc5280 = { profile: "rfc5280" } as const;
const webpki = { profile: "webpki" } as const;
const nonconforming = "CERTIFICATE_NOT_CONFORMING";

export const clientProfileCases: readonly ConformanceCase[] = [
  refusesClient(
    "client-rfc5280-no-key-identifier",
    "rfc5280: authorityKeyIdentifier has a key identifier",
    nonconforming,
    async () => {
      const { subject, serialNumber } = (await rootCa()).certificate;
      const issuer = [{ type: "directory" as const, value: subject }];
      const value = encodeAuthorityKeyIdentifier({ issuer, serialNumber });
      return clientOf({ extensions: [{ oid: ExtensionOid.authorityKeyIdentifier, critical: false, value }] });
    },
    rfc5280,
  ),
  refusesClient(
    "client-rfc5280-basic-constraints-not-critical",
    "rfc5280: basicConstraints of a CA is critical",
    nonconforming,
    async () => {
      const value = encodeBasicConstraints({ ca: true });
      const lax = await (await rootCa()).certificate.issuePrivate({
        subject: { CN: "lax CA" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.basicConstraints, critical: false, value }],
      });
      return lax.issuePrivate({ subjectAltName: ["client@example.org"], profile: "client", force: true });
    },
    rfc5280,
    ["server-peer-chain"],
  ),
  refusesClient(
    "client-rfc5280-name-constraints-not-critical",
    "rfc5280: nameConstraints is critical",
    nonconforming,
    async () => {
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.org")] });
      const lax = await (await rootCa()).certificate.issuePrivate({
        subject: { CN: "lax constraints" },
        profile: "intermediate",
        extensions: [{ oid: ExtensionOid.nameConstraints, critical: false, value }],
      });
      return lax.issuePrivate({ subjectAltName: ["www.example.org"], profile: "client" });
    },
    rfc5280,
    ["server-peer-chain"],
  ),
  refusesClient(
    "client-rfc5280-key-cert-sign",
    "rfc5280: a leaf does not sign certificates",
    nonconforming,
    () => clientOf({ keyUsage: ["digitalSignature", "keyCertSign"] }),
    rfc5280,
  ),
  refusesClient(
    "client-rfc5280-name-constraints-in-leaf",
    "rfc5280: nameConstraints is for CAs",
    nonconforming,
    () => {
      const value = encodeNameConstraints({ permitted: [generalSubtree("example.org")] });
      return clientOf({ extensions: [{ oid: ExtensionOid.nameConstraints, critical: true, value }] });
    },
    rfc5280,
  ),
  refusesClient(
    "client-webpki-no-extended-key-usage",
    "webpki: extendedKeyUsage is there",
    nonconforming,
    () => clientOf({ extendedKeyUsage: [] }),
    webpki,
  ),
  refusesClient(
    "client-webpki-any-extended-key-usage",
    "webpki: extendedKeyUsage does not say any",
    nonconforming,
    () => clientOf({ extendedKeyUsage: [ExtendedKeyUsage.clientAuth, "2.5.29.37.0"] }),
    webpki,
  ),
  refusesClient(
    "client-webpki-common-name",
    "webpki: the common name is one of the names",
    nonconforming,
    () => clientOf({ names: ["www.example.org"], subject: { CN: "elsewhere.example" } }),
    webpki,
  ),
  refusesClient(
    "client-webpki-wildcard",
    "webpki: no wildcard for a whole top-level domain",
    nonconforming,
    () => clientOf({ names: ["*.example"], subject: { CN: "*.example" } }),
    webpki,
  ),
  refusesClient(
    "client-webpki-leaf-is-ca",
    "webpki: a leaf is no CA",
    nonconforming,
    () => {
      const value = encodeBasicConstraints({ ca: true });
      return clientOf({
        extensions: [{ oid: ExtensionOid.basicConstraints, critical: true, value }],
        keyUsage: ["digitalSignature", "keyCertSign"],
      });
    },
    webpki,
  ),
];
