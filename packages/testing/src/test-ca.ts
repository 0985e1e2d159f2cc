// A certificate authority for tests: made in one line, thrown away afterwards.

import {
  type GeneralNameInput,
  type IssuePrivateOptions,
  type KeyGenerationOptions,
  PrivateCertificate,
  X509Error,
} from "@tlskit/x509";

/** How a test CA is made. */
export interface TestCaOptions {
  /** Its common name. */
  readonly name?: string | undefined;
  /** Its key; by default ECDSA on P-256, which takes far less than a millisecond to make. */
  readonly key?: KeyGenerationOptions | undefined;
  /** By default five minutes ago. */
  readonly notBefore?: Date | undefined;
  /** By default ten years from now. A date in the past makes an expired CA; it still issues. */
  readonly notAfter?: Date | undefined;
  /** How many intermediates may follow; by default any number. */
  readonly pathLength?: number | undefined;
}

/** What {@link TestCa.issueWith} takes: names, and whatever `PrivateCertificate.issuePrivate` takes. */
export interface TestIssueOptions extends Omit<IssuePrivateOptions, "subjectAltName"> {
  /** DNS names, IP addresses, e-mail addresses and URIs, told apart by their form; may be empty. */
  readonly names?: readonly GeneralNameInput[] | undefined;
}

/**
 * Makes a certificate authority for tests.
 *
 * @example
 * const ca = await createTestCa();
 * const server = await ca.issue("localhost", "127.0.0.1");
 * const expired = await ca.issueWith({ names: ["localhost"], notAfter: new Date("2020-01-01") });
 */
export async function createTestCa(given: TestCaOptions = {}): Promise<TestCa> {
  const options = takeCaOptions(given);
  const { name = "tlskit test CA", key, pathLength } = options;
  const certificate = await PrivateCertificate.selfSigned({
    subject: { O: "tlskit test", CN: name },
    profile: "ca",
    ...(key && { key }),
    ...(pathLength !== undefined && { pathLength }),
    ...validityAround(options),
  });
  return new TestCa(certificate);
}

/** A CA that tests issue from. Make one with {@link createTestCa}. */
export class TestCa {
  /** The CA itself, with its private key. What a client trusts, if this is the root. */
  readonly certificate: PrivateCertificate;

  /** Any CA certificate with its key can serve. */
  constructor(certificate: PrivateCertificate) {
    this.certificate = certificate;
  }

  /** The CA's certificate in PEM. */
  get caPem(): string {
    return this.certificate.toPem();
  }

  /**
   * An identity for these names, good for a server and for a client, with the intermediates that lead to the root.
   *
   * @example
   * const { keyPair, chain } = await ca.issue("example.com", "*.example.com", "::1", "a@example.com");
   */
  async issue(...names: string[]): Promise<PrivateCertificate> {
    for (const [index, name] of names.entries()) {
      if (typeof name === "string") continue;
      const details = { argument: `names[${index}]`, expected: "a name as text; options are for issueWith" };
      throw new X509Error(
        "ARGUMENT_INVALID",
        `${details.argument} makes no sense: expected ${details.expected}`,
        details,
      );
    }
    return this.issueWith({ names });
  }

  /**
   * An identity that is wrong in one way, or special in another.
   *
   * @example
   * await ca.issueWith({ names: ["localhost"], profile: "client" }); // not for servers
   * await ca.issueWith({ names: ["localhost"], notBefore: tomorrow });
   * await ca.issueWith({ names: ["10.0.0.1"], key: { type: "rsa", bits: 3072 } });
   */
  async issueWith(given: TestIssueOptions): Promise<PrivateCertificate> {
    const options = takeIssueOptions(given);
    const { names = [], ...rest } = options;
    return this.certificate.issuePrivate({
      profile: "peer",
      // Without any name there is still a subject, so that tests can look at a certificate without names.
      ...(names.length === 0 && { subject: { CN: "nameless" } }),
      ...rest,
      subjectAltName: names,
      ...this.#validity(options),
    });
  }

  /**
   * A CA below this one. What it issues carries it in the chain.
   *
   * @example
   * const intermediate = await ca.createIntermediate({ name: "Issuing CA" });
   * const { chain } = await intermediate.issue("localhost"); // [intermediate]
   */
  async createIntermediate(given: TestCaOptions = {}): Promise<TestCa> {
    const options = takeCaOptions(given);
    const { name = `${this.certificate.subject.CN ?? "CA"} (intermediate)`, key, pathLength } = options;
    const certificate = await this.certificate.issuePrivate({
      subject: { O: "tlskit test", CN: name.slice(0, 64) },
      profile: "intermediate",
      // Below a CA with a limit, "unlimited" is what the limit leaves.
      pathLength: pathLength ?? "unlimited",
      ...(key && { key }),
      ...this.#validity(options),
    });
    return new TestCa(certificate);
  }

  /** An expired CA issues all the same: that is what some tests are about. */
  #validity(options: Validity & Pick<TestIssueOptions, "days">): Validity {
    const { notBefore, notAfter } = this.certificate;
    const around = validityAround(options);
    if (around.notAfter !== undefined || options.days !== undefined || notAfter > new Date()) return around;
    return { notBefore, notAfter, ...around };
  }
}

type Validity = Pick<TestCaOptions, "notBefore" | "notAfter">;

/** What the names of an identity are called here; all else is checked where it is issued. */
function takeIssueOptions(given: TestIssueOptions): TestIssueOptions {
  const options = ownOf(given);
  for (const argument of ["subjectAltName", "name"]) {
    if (!(argument in options)) continue;
    const message = `there is no option ${argument}: the names of an identity are names, as in { names: ["localhost"] }`;
    throw new X509Error("ARGUMENT_INVALID", message, { argument, expected: "names" });
  }
  return options;
}

/** The options that are the object's own, and are set: what all objects inherit is nobody's wish. */
function ownOf<Options extends object>(options: Options): Options {
  if (typeof options === "object" && options !== null) {
    const own: Record<string, unknown> = Object.assign(Object.create(null), options);
    for (const name of Object.keys(own)) if (own[name] === undefined) delete own[name];
    return own as Options;
  }
  const details = { argument: "options", expected: "an object" };
  throw new X509Error("ARGUMENT_INVALID", "options makes no sense: expected an object", details);
}

/** A test that misspells an option would test something else than it says. */
function takeCaOptions(given: TestCaOptions): TestCaOptions {
  const options = ownOf(given);
  const expected = ["name", "key", "notBefore", "notAfter", "pathLength"];
  for (const argument of Object.keys(options)) {
    if (expected.includes(argument)) continue;
    const message = `a test CA has no option ${JSON.stringify(argument)}: expected one of ${expected.join(", ")}`;
    throw new X509Error("ARGUMENT_INVALID", message, { argument, expected: expected.join(", ") });
  }
  return options;
}

/** A start that fits before an end in the past. */
function validityAround(options: Validity): Validity {
  const { notBefore, notAfter } = options;
  if (notAfter === undefined) return notBefore === undefined ? {} : { notBefore };
  if (notBefore !== undefined) return { notBefore, notAfter };
  return notAfter.getTime() > Date.now() ? { notAfter } : { notBefore: new Date(notAfter.getTime() - year), notAfter };
}

const year = 365 * 86_400_000;
