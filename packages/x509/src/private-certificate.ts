// A certificate with its private key and chain: what a server shows, and what a CA signs with.

import { assertInstance, assertList, fromArgument, takeOwn } from "./argument.ts";
import { Certificate } from "./certificate.ts";
import { CertificateRequest, type RequestVerifyOptions } from "./certificate-request.ts";
import type { Passphrase } from "./encryption/passphrase.ts";
import { X509Error } from "./error.ts";
import { ExtensionOid } from "./extensions/oids.ts";
import { encodeSubjectKeyIdentifier } from "./extensions/subject-key-identifier.ts";
import { buildCertificate } from "./issue/build-certificate.ts";
import { isOwnIssuer, orderChain } from "./issue/chain-order.ts";
import { takeOptions } from "./issue/check-new-certificate-options.ts";
import { wrongOption } from "./issue/check-options.ts";
import type {
  IssueCommonOptions,
  IssueOptions,
  IssuePrivateOptions,
  SelfSignedOptions,
} from "./issue/issue-options.ts";
import { profileByName } from "./issue/profile.ts";
import { type Approve, approvedOptions, assertApprove } from "./issue/request-approval.ts";
import { KeyPair } from "./key-pair.ts";
import { takeExportOptions } from "./keys/export-options.ts";
import { type KeyLoadOptions, onePrivateKey } from "./keys/open-private-key.ts";
import { quote } from "./text/text.ts";

// The loaders of Certificate make certificates without a key: they are not inherited.
const CertificateBase: new (source: Certificate) => Certificate = Certificate as never;

/** Options of {@link PrivateCertificate.crossSign}: what does not come from the other CA. */
export type CrossSignOptions = Omit<IssueCommonOptions, "profile" | "subject">;

/** Options of {@link PrivateCertificate.sign}. */
export interface SignRequestOptions extends IssueCommonOptions, RequestVerifyOptions {
  /** Decides; see {@link Approve}. */
  readonly approve: Approve;
}

/**
 * A certificate whose private key we have. Printing, JSON and structured cloning never carry the key.
 *
 * @example
 * const ca = await PrivateCertificate.selfSigned({ subject: { CN: "Example CA" }, profile: "ca" });
 * const server = await ca.issuePrivate({ subjectAltName: ["localhost", "127.0.0.1"] });
 * await writeFile("server.pem", server.fullChainPem());
 */
export class PrivateCertificate extends CertificateBase {
  readonly #keyPair: KeyPair;
  readonly #chain: readonly Certificate[];

  private constructor(
    certificate: Certificate,
    keyPair: KeyPair,
    chain: readonly Certificate[] = [],
    isMade: boolean = false,
  ) {
    if (!isMade) assertPair(certificate, keyPair, chain);
    super(certificate);
    this.#keyPair = keyPair;
    this.#chain = Object.freeze([...chain]);
  }

  /**
   * Joins a certificate and its key. Row KEY-18.
   *
   * @throws X509Error KEY_MISMATCH
   * @example
   * PrivateCertificate.from(certificate, keyPair, { chain: [intermediate] });
   */
  static from(
    certificate: Certificate,
    keyPair: KeyPair,
    options: { readonly chain?: readonly Certificate[] | undefined } = {},
  ): PrivateCertificate {
    const { chain } = takeOwn(options, CHAIN, "options");
    return new PrivateCertificate(certificate, keyPair, chain);
  }

  /**
   * Reads one text with a private key, its certificate and the chain, in any order. The chain comes out leaf first.
   * Row KEY-19.
   *
   * @throws X509Error KEY_MISMATCH if no certificate belongs to the key, and as `KeyPair.fromPem` and
   *   `Certificate.allFromPem`: what is missing is named by PEM_WRONG_LABEL or PEM_NO_BLOCK
   */
  static async fromPem(text: string | Uint8Array, options: KeyLoadOptions = {}): Promise<PrivateCertificate> {
    const block = onePrivateKey(text);
    const certificates = Certificate.allFromPem(text);
    const keyPair = await KeyPair.fromPemBlock(block, options);
    const [first] = certificates;
    const own = certificates.find(({ publicKey }) => publicKey.equals(keyPair.publicKey)) ?? first;
    if (own === undefined) throw new X509Error("PEM_NO_BLOCK", "no certificate in the text", { label: "CERTIFICATE" });
    return PrivateCertificate.from(own, keyPair, { chain: orderChain(own, certificates) });
  }

  /**
   * Makes a certificate that is signed with its own key: a root (`profile: "ca"`) or a stand-alone server or client.
   * Row REQ-15.
   *
   * @throws X509Error ARGUMENT_INVALID, NAME_INVALID, UNKNOWN_ATTRIBUTE, SERIAL_INVALID, VALIDITY_INVALID, KEY_WEAK,
   *   UNSUPPORTED_ALGORITHM
   * @example
   * await PrivateCertificate.selfSigned({ subjectAltName: ["localhost", "127.0.0.1"], days: 30 });
   */
  static async selfSigned(options: SelfSignedOptions): Promise<PrivateCertificate> {
    const taken = takeOptions(options, ["key", "keyPair"]);
    const profile = profileByName(taken.profile ?? "server", ["server", "client", "peer", "ca"]);
    const keyPair = await givenOrNewKey(taken);
    const certificate = await buildCertificate({ keyPair }, profile, keyPair.publicKey, taken);
    return new PrivateCertificate(certificate, keyPair, [], true);
  }

  /** The key pair. */
  get keyPair(): KeyPair {
    return this.#keyPair;
  }

  /** The certificates that lead to a root, issuer of this one first; by convention without the root. */
  get chain(): readonly Certificate[] {
    return this.#chain;
  }

  /**
   * The certificate in PEM. With `includeKey`, and only then, the private key follows, encrypted if there is a
   * passphrase (`undefined` is none, and refused); as everything that gives a key away, that is a promise. Row KEY-20.
   *
   * @example
   * await writeFile("server.pem", await identity.toPem({ includeKey: true, passphrase: "correct horse" }));
   */
  override toPem(options?: { readonly includeKey?: false | undefined }): string;
  override toPem(options: { readonly includeKey: true; readonly passphrase?: Passphrase }): Promise<string>;
  /** For an `includeKey` that is known at run time only. */
  override toPem(options: {
    readonly includeKey?: boolean | undefined;
    readonly passphrase?: Passphrase;
  }): string | Promise<string>;
  override toPem(
    options: { readonly includeKey?: boolean | undefined; readonly passphrase?: Passphrase } = {},
  ): string | Promise<string> {
    const { includeKey, passphrase } = takeExportOptions(options, PEM);
    const own = super.toPem();
    if (includeKey === true)
      return this.#keyPair.toPem(passphrase === undefined ? {} : { passphrase }).then((key) => own + key);
    if (passphrase === undefined) return own;
    const expected = "includeKey: true beside a passphrase";
    throw new X509Error("ARGUMENT_INVALID", `there is no key to encrypt: expected ${expected}`, {
      argument: "passphrase",
      expected,
    });
  }

  /** What a server sends: this certificate and its chain, in PEM. Not the key. */
  fullChainPem(): string {
    return [this, ...this.#chain].map((certificate) => certificate.toPem()).join("");
  }

  /**
   * Signs a certificate for a key. Row REQ-09.
   *
   * @throws X509Error NOT_A_CA (row REQ-18), and as {@link PrivateCertificate.selfSigned}
   * @example
   * const leaf = await ca.issue({ publicKey, subjectAltName: ["example.com"], days: 30 });
   */
  async issue(options: IssueOptions): Promise<Certificate> {
    const taken = takeOptions(options, ["keyPair", "publicKey"]);
    const profile = profileByName(taken.profile ?? "server", ISSUED_PROFILES);
    const publicKey = taken.publicKey ?? taken.keyPair?.publicKey;
    if (publicKey === undefined || (taken.publicKey !== undefined && taken.keyPair !== undefined)) {
      const expected = "a publicKey or a keyPair";
      const problem = publicKey === undefined ? "nothing to certify" : "two keys to certify";
      throw new X509Error("ARGUMENT_INVALID", `${problem}: expected ${expected}`, { argument: "publicKey", expected });
    }
    return buildCertificate({ keyPair: this.#keyPair, certificate: this }, profile, publicKey, taken);
  }

  /**
   * As {@link PrivateCertificate.issue}, and joins the certificate with its key, which is made if none is given, and
   * with the chain: this CA and its chain, unless this CA is a root.
   *
   * @throws X509Error as {@link PrivateCertificate.issue}
   */
  async issuePrivate(options: IssuePrivateOptions): Promise<PrivateCertificate> {
    const { key, ...taken } = takeOptions(options, ["key", "keyPair"]);
    const keyPair = await givenOrNewKey({ ...taken, ...(key !== undefined && { key }) });
    const certificate = await this.issue({ ...taken, keyPair });
    const chain = isOwnIssuer(this) ? this.#chain : [this, ...this.#chain];
    return new PrivateCertificate(certificate, keyPair, chain, true);
  }

  /**
   * Certifies another CA: the same subject, key and key identifier under this issuer, so that whatever the other CA
   * issued also chains up to here. What that CA may do is limited as its own certificate says, and as the options say.
   *
   * @throws X509Error NOT_A_CA if the other is none, or as {@link PrivateCertificate.issue}
   * @example
   * const bridge = await oldRoot.crossSign(newRoot, { days: 365 });
   */
  async crossSign(certificate: Certificate, given: CrossSignOptions = {}): Promise<Certificate> {
    assertInstance(certificate, Certificate, "certificate", "a Certificate");
    const options: IssueCommonOptions = takeOptions(given, []);
    for (const name of ["profile", "subject"]) {
      if (name in options) throw wrongOption(name, "one of the options that do not come from the other CA");
    }
    const { subject, publicKey, subjectKeyIdentifier, basicConstraints } = fromArgument(
      "certificate",
      "a Certificate",
      () => Certificate.genuine(certificate),
    );
    if (basicConstraints?.ca !== true && options.force !== true) {
      const reason = "only a CA can be cross-signed";
      const name = subject.toString();
      throw new X509Error("NOT_A_CA", `${name} is not cross-signed: ${reason}`, { subject: name, reason });
    }
    const [own, limit] = [basicConstraints?.pathLength, this.basicConstraints?.pathLength];
    const pathLength = own === undefined || (limit !== undefined && own >= limit) ? "unlimited" : own;
    const extensions = [...(options.extensions ?? [])];
    // Certificates below name the key by this identifier, however the other CA computed it.
    if (
      subjectKeyIdentifier !== undefined &&
      !extensions.some(({ oid }) => oid === ExtensionOid.subjectKeyIdentifier)
    ) {
      const value = encodeSubjectKeyIdentifier(subjectKeyIdentifier);
      extensions.push({ oid: ExtensionOid.subjectKeyIdentifier, critical: false, value });
    }
    return this.issue({ pathLength, ...options, profile: "intermediate", subject, publicKey, extensions });
  }

  /**
   * Signs a request, if its signature is right and `approve` says so. Rows REQ-07, REQ-08, REQ-10.
   *
   * @throws X509Error REQUEST_REJECTED, REQUEST_SIGNATURE_INVALID, ALGORITHM_WEAK, ARGUMENT_INVALID without `approve`,
   *   whatever `approve` throws, and as {@link PrivateCertificate.issue}
   * @example
   * const certificate = await ca.sign(request, { approve: ({ subjectAltName }) => isOurs(subjectAltName) });
   */
  async sign(request: CertificateRequest | string | Uint8Array, options: SignRequestOptions): Promise<Certificate> {
    // Who leaves the options out has left out the decision.
    if (options === undefined) assertApprove(options);
    const { approve, allowWeakHash, ...common } = takeOptions(options, ["allowWeakHash", "approve"]);
    const parsed = request instanceof CertificateRequest ? request : CertificateRequest.parse(request);
    await parsed.assertVerified({ allowWeakHash: allowWeakHash === true });
    return this.issue(await approvedOptions(parsed, approve, common));
  }

  /**
   * A request for a new certificate with the same subject, names and key. Row REQ-16.
   *
   * @throws X509Error as `CertificateRequest.create`
   */
  async createRequest(): Promise<CertificateRequest> {
    const { subject, subjectAltName } = this;
    return CertificateRequest.create({ subject, keyPair: this.#keyPair, ...(subjectAltName && { subjectAltName }) });
  }

  /**
   * A new certificate with this key. Row KEY-21.
   *
   * @throws X509Error KEY_MISMATCH
   */
  renew(
    certificate: Certificate,
    options: { readonly chain?: readonly Certificate[] | undefined } = {},
  ): PrivateCertificate {
    const { chain = this.#chain } = takeOwn(options, CHAIN, "options");
    return PrivateCertificate.from(certificate, this.#keyPair, { chain });
  }

  /** As `Certificate.inspect`, and a line about the key; no secret. Row KEY-20. */
  override inspect(): string {
    return `${super.inspect()}\n${this.#keyPair.inspect()}`;
  }

  override toString(): string {
    const name = this.subject.CN ?? this.subject.toString();
    return `<PrivateCertificate subject=${quote(name)} key=${quote(this.#keyPair.publicKey.label)}>`;
  }
}

async function givenOrNewKey({ keyPair, key }: Pick<IssuePrivateOptions, "key" | "keyPair">): Promise<KeyPair> {
  if (keyPair === undefined) return KeyPair.generate(key);
  if (keyPair instanceof KeyPair && key === undefined) return keyPair;
  const expected = key === undefined ? "a KeyPair" : "either a keyPair, or the key to make";
  const details = { argument: "keyPair", expected };
  throw new X509Error("ARGUMENT_INVALID", `whose certificate: keyPair: expected ${expected}`, details);
}

function assertPair(certificate: Certificate, keyPair: KeyPair, chain: readonly Certificate[]): void {
  assertInstance(certificate, Certificate, "certificate", "a Certificate");
  assertInstance(keyPair, KeyPair, "keyPair", "a KeyPair");
  assertChain(chain);
  const isSame = fromArgument("certificate", "a Certificate", () => certificate.publicKey.equals(keyPair.publicKey));
  if (isSame) return;
  throw new X509Error("KEY_MISMATCH", `the private key is not the one of ${certificate}`, {
    certificateKey: certificate.publicKey.spkiHash(),
    privateKey: keyPair.publicKey.spkiHash(),
  });
}

function assertChain(chain: unknown): void {
  assertList(chain, "chain");
  for (const [index, one] of chain.entries()) {
    assertInstance(one, Certificate, `chain[${index}]`, "a Certificate");
  }
}

const CHAIN: ReadonlySet<string> = /* @__PURE__ */ new Set(["chain"]);
const PEM: ReadonlySet<string> = /* @__PURE__ */ new Set(["includeKey", "passphrase"]);
const ISSUED_PROFILES = ["server", "client", "peer", "intermediate"] as const;
