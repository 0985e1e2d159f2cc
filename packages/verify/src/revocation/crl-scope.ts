/**
 * Which certificates a CRL is about, and for which reasons.
 *
 * @see RFC 5280, sections 5.2.5 and 6.3.3 (b, d)
 */
import {
  type Certificate,
  type CertificateRevocationList,
  DerReader,
  DistinguishedName,
  type DistributionPoint,
  type GeneralName,
  type IssuingDistributionPoint,
  type RevocationReasonFlag,
} from "@tlskit/x509";
import type { Budget } from "../search/budget.ts";
import { element } from "../search/tlv.ts";

/** A place where the status of a certificate is to be had: from its extension, or the one that RFC 5280 implies. */
export interface Point extends DistributionPoint {
  /** Whether a CRL found through this point says, by not listing a certificate, that it is good. */
  readonly clears: boolean;
  /** Whether the certificate itself names the point. */
  readonly isExplicit: boolean;
}

/** The reasons a certificate can be revoked for; RFC 5280 calls them all-reasons. */
export const ALL_REASONS: readonly RevocationReasonFlag[] = [
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
];

/**
 * The points of a certificate, and last the implied one: whatever its issuer signs. That one revokes, but does not clear
 * a certificate whose own points all send us to another CRL issuer, because there its issuer need not list it.
 *
 * @throws X509Error EXTENSION_INVALID
 */
export function pointsOf(certificate: Certificate): readonly Point[] {
  const own = certificate.crlDistributionPoints ?? [];
  const isDelegated = own.length > 0 && own.every((point) => isElsewhere(point, certificate));
  return [
    ...own.map((point) => ({ ...point, clears: true, isExplicit: true })),
    { fullName: [{ type: "directory", value: certificate.issuer }], clears: !isDelegated, isExplicit: false },
  ];
}

// A point that names the issuer of the certificate says what goes without saying (section 4.2.1.13), and sends nobody away.
function isElsewhere({ crlIssuer }: DistributionPoint, { issuer }: Certificate): boolean {
  return crlIssuer !== undefined && !crlIssuer.some((name) => name.type === "directory" && name.value.equals(issuer));
}

/** RFC 5280, section 6.3.3 (b) (1): the CRL is by the issuer of the certificate, or by one that the point names. */
export function issuersAt(point: Point, certificate: Certificate): readonly DistinguishedName[] {
  if (point.crlIssuer === undefined) return [certificate.issuer];
  return point.crlIssuer.flatMap((name) => (name.type === "directory" ? [name.value] : []));
}

/** Undefined if the certificate is within the scope of the CRL (section 6.3.3 (b)); otherwise why not. */
export function outOfScope(
  list: CertificateRevocationList,
  point: Point,
  certificate: Certificate,
  budget: Budget,
): string | undefined {
  const scope = list.issuingDistributionPoint;
  if (point.crlIssuer !== undefined && !scope?.indirectCRL) return "It is by the right issuer, but no indirect CRL.";
  if (scope === undefined) return undefined;
  if (scope.onlyContainsAttributeCerts) return "It is about attribute certificates.";
  const kinds = scope.onlyContainsUserCerts || scope.onlyContainsCACerts;
  // Section 5.2.5: such CRLs are not about certificates that cannot say which they are.
  if (kinds && certificate.version !== 3) return "It is about certificates of version 3.";
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope.onlyContainsUserCerts && isCa) return "It is about certificates that are no CA's.";
  if (scope.onlyContainsCACerts && !isCa) return "It is about certificates of CAs.";
  return isPointRight(scope, point, list.issuer, certificate, budget)
    ? undefined
    : "It is of another distribution point.";
}

/** Section 6.3.3 (d): the reasons that the CRL covers at this point. */
export function coveredReasons(list: CertificateRevocationList, point: Point): ReadonlySet<RevocationReasonFlag> {
  const some = list.issuingDistributionPoint?.onlySomeReasons;
  const covers = (reason: RevocationReasonFlag): boolean =>
    (some?.has(reason) ?? true) && (point.reasons?.has(reason) ?? true);
  return new Set(ALL_REASONS.filter(covers));
}

// Section 6.3.3 (b) (2) (i). Names are the same only if they are written the same (section 5.2.5), but for directories.
function isPointRight(
  scope: IssuingDistributionPoint,
  point: Point,
  crlIssuer: DistinguishedName,
  { issuer }: Certificate,
  budget: Budget,
): boolean {
  const ofList = pointNames(scope, crlIssuer);
  if (ofList === undefined) return true;
  // Relative names are relative to who signs the CRL.
  const wanted = pointNames(point, point.crlIssuer === undefined ? issuer : crlIssuer) ?? point.crlIssuer ?? [];
  budget.spend("nameComparisons", ofList.length * wanted.length);
  return wanted.some((name) => ofList.some((other) => isSameName(name, other)));
}

function pointNames(
  { fullName, relativeName }: Pick<DistributionPoint, "fullName" | "relativeName">,
  base: DistinguishedName,
): readonly GeneralName[] | undefined {
  if (relativeName === undefined) return fullName;
  return [{ type: "directory", value: below(base, relativeName) }];
}

function isSameName(a: GeneralName, b: GeneralName): boolean {
  // By their keys, which are made once: long names take long to compare, and each is compared with all of the others.
  if (a.type === "directory") return b.type === "directory" && a.value.key === b.value.key;
  if (a.type === "other" && b.type === "other" && a.oid !== b.oid) return false;
  if (a.type !== b.type) return false;
  return a.value instanceof Uint8Array
    ? b.value instanceof Uint8Array && isSameBytes(a.value, b.value)
    : a.value === b.value;
}

/** Whether two CRLs have the same extension of this type, or both have none. */
export function isSameExtension(a: CertificateRevocationList, b: CertificateRevocationList, oid: string): boolean {
  const [one, other] = [a.extension(oid)?.value, b.extension(oid)?.value];
  return one === undefined || other === undefined ? one === other : isSameBytes(one, other);
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

// The name of `base` with one more RelativeDistinguishedName (a SET in DER) at its end.
function below(base: DistinguishedName, rdn: Uint8Array): DistinguishedName {
  const name = new DerReader(base.der);
  name.expect(0x30, "a name");
  return DistinguishedName.fromDer(element(0x30, name.value(), rdn));
}
