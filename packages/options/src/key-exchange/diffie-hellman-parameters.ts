import { DerReader, pemDecode, pemEncode } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { OptionsError } from "../error.ts";
import { describeValue, shownText } from "../input/describe-value.ts";
import { type FileReader, readFileWith } from "../input/read-file.ts";
import { inspectCustom } from "../inspect-symbol.ts";
import { FFDHE_GENERATOR, FFDHE_NAMES, type FfdheName, ffdheNameOf, ffdhePrime } from "./ffdhe.ts";
import { bitLength, isSafePrime, MAX_TESTED_BITS } from "./safe-prime.ts";

/** What can be wrong with Diffie-Hellman parameters. */
export type DiffieHellmanProblem = "syntax" | "small" | "large" | "not-safe-prime" | "generator";

/**
 * The group for finite-field Diffie-Hellman (DHE suites of TLS 1.2 and older), checked when it is made (OPT-33): a safe
 * prime of 2048 to 8192 bits. A value that never changes.
 *
 * @example
 * const dhParameters = DiffieHellmanParameters.named("ffdhe2048");
 */
export class DiffieHellmanParameters {
  /** The prime. */
  readonly prime: bigint;
  /** The generator. */
  readonly generator: bigint;
  /** The length of the prime in bits. */
  readonly bits: number;
  /** The name of the group, if it is one of RFC 7919. */
  readonly name: FfdheName | undefined;
  readonly #isGenuine = true;

  private constructor(prime: bigint, generator: bigint, name: FfdheName | undefined, secret: symbol) {
    // "private" ends with the types, and nobody is to pass parameters off as checked.
    if (secret !== SECRET) {
      throw new OptionsError("OPTION_TYPE_INVALID", `They are made by ${MAKERS}, which check them.`, {
        path: "dhParameters",
        expected: MAKERS,
        actual: "new DiffieHellmanParameters",
      });
    }
    this.prime = prime;
    this.generator = generator;
    this.bits = bitLength(prime);
    this.name = name;
    Object.freeze(this);
  }

  /**
   * A group of RFC 7919: `"ffdhe2048"`, `"ffdhe3072"`, `"ffdhe4096"`, `"ffdhe6144"` or `"ffdhe8192"`. Better than any of
   * one's own: peers know that it is good.
   *
   * @throws OptionsError OPTION_VALUE_INVALID
   */
  static named(name: FfdheName): DiffieHellmanParameters {
    if (!FFDHE_NAMES.includes(name)) {
      const details = {
        path: "dhParameters",
        expected: `one of ${FFDHE_NAMES.join(", ")}`,
        actual: describeValue(name),
      };
      throw new OptionsError(
        "OPTION_VALUE_INVALID",
        `dhParameters must be ${details.expected}, but is ${details.actual}.`,
        details,
      );
    }
    return new DiffieHellmanParameters(ffdhePrime(name), FFDHE_GENERATOR, name, SECRET);
  }

  /**
   * From PEM, as `openssl dhparam` writes it. What stands before and after, as in files with certificates, is ignored.
   * The check of a prime that is not of RFC 7919 takes about a tenth of a second for 2048 bits.
   *
   * @throws OptionsError DH_PARAMETERS_INVALID
   * @throws X509Error for what is no PEM
   */
  static fromPem(pem: string | Uint8Array): DiffieHellmanParameters {
    const blocks = pemDecode(pem);
    const found = blocks.filter(({ label }) => label === LABEL);
    const [first, ...others] = found;
    if (first !== undefined && others.length === 0) return DiffieHellmanParameters.fromDer(first.bytes);
    if (first !== undefined) throw invalid("syntax", `there are ${found.length} blocks of ${LABEL}; one is wanted`);
    const [other] = blocks;
    if (other === undefined) throw invalid("syntax", `there is no PEM block ${LABEL}`);
    const advice = other.label.startsWith("X9.42")
      ? ": X9.42 parameters need no safe prime; make them with openssl dhparam, without -dsaparam"
      : "";
    throw invalid("syntax", `a ${shownText(other.label)} is in the place of ${LABEL}${advice}`);
  }

  /**
   * From DER: `DHParameter ::= SEQUENCE { prime INTEGER, base INTEGER, privateValueLength INTEGER OPTIONAL }` (PKCS #3).
   *
   * @throws OptionsError DH_PARAMETERS_INVALID
   */
  static fromDer(der: Uint8Array): DiffieHellmanParameters {
    if (!(der instanceof Uint8Array)) throw invalid("syntax", `bytes are wanted, not ${describeValue(der)}`);
    const { prime, generator } = readParameters(der);
    const bits = prime > 0n ? bitLength(prime) : 0;
    if (bits < MINIMUM_BITS) throw invalid("small", `the prime has ${bits} bits, and ${MINIMUM_BITS} are the least`);
    if (bits > MAX_TESTED_BITS)
      throw invalid("large", `the prime has ${bits} bits, and ${MAX_TESTED_BITS} are the most`);
    const name = ffdheNameOf(prime);
    if (name === undefined && !isSafePrime(prime)) {
      throw invalid("not-safe-prime", "the modulus is no safe prime: it, or half of it, can be divided");
    }
    // In the group of a safe prime every other element generates at least half of it.
    if (generator <= 1n || generator >= prime - 1n)
      throw invalid("generator", "the generator is not between 1 and p - 1");
    return new DiffieHellmanParameters(prime, generator, name, SECRET);
  }

  /**
   * From a file: Twisted's `DiffieHellmanParameters.fromFile`, but read and checked now.
   *
   * @param file the path or `file:` URL of a file, as `readFile` takes it
   * @param readFile reads a file: `readFile` of `node:fs/promises` is one
   * @throws OptionsError OPTION_FILE_UNREADABLE with the file's name, DH_PARAMETERS_INVALID
   * @example
   * const dhParameters = await DiffieHellmanParameters.fromFile("dh2048.pem", readFile);
   */
  static async fromFile<File extends string | URL>(
    file: File,
    readFile: FileReader<File>,
  ): Promise<DiffieHellmanParameters> {
    return DiffieHellmanParameters.fromPem(await readFileWith(readFile, file));
  }

  /** @internal Whether it was checked here: anything else only looks like parameters. */
  static isGenuine(value: unknown): value is DiffieHellmanParameters {
    if (typeof value !== "object" || value === null || !(#isGenuine in value)) return false;
    return Object.getPrototypeOf(value) === DiffieHellmanParameters.prototype;
  }

  /** The parameters in DER. */
  toDer(): Uint8Array {
    return derElement(0x30, new Uint8Array([...derInteger(this.prime), ...derInteger(this.generator)]));
  }

  /** The parameters in PEM. */
  toPem(): string {
    return pemEncode(LABEL, this.toDer());
  }

  /** Whether both are the same group. */
  equals(other: DiffieHellmanParameters): boolean {
    if (!DiffieHellmanParameters.isGenuine(other)) return false;
    return this.prime === other.prime && this.generator === other.generator;
  }

  /** The name, or the size. */
  toString(): string {
    return this.name ?? `a group of ${this.bits} bits`;
  }

  /** The same as `toString`. */
  toJSON(): string {
    return this.toString();
  }

  /** @internal What `console.log` shows. */
  [inspectCustom](): string {
    return `<DiffieHellmanParameters ${this}>`;
  }
}

function readParameters(der: Uint8Array): { readonly prime: bigint; readonly generator: bigint } {
  try {
    const reader = new DerReader(der);
    const parameters = reader.enter(0x30, "DHParameter");
    reader.done("DHParameter");
    const prime = parameters.integer("the prime");
    const generator = parameters.integer("the generator");
    if (parameters.peek() === 0x02) parameters.integer("the length of private values");
    parameters.done("DHParameter");
    return { prime, generator };
  } catch (cause) {
    if (!TlsKitError.is(cause)) throw cause;
    throw invalid("syntax", cause.message, cause);
  }
}

function invalid(
  problem: DiffieHellmanProblem,
  because: string,
  cause?: unknown,
): OptionsError<"DH_PARAMETERS_INVALID"> {
  const advice = `DiffieHellmanParameters.named("ffdhe2048") is a good group.`;
  return new OptionsError(
    "DH_PARAMETERS_INVALID",
    `These Diffie-Hellman parameters cannot be used: ${because}. ${advice}`,
    { problem },
    cause === undefined ? undefined : { cause },
  );
}

function derInteger(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const octets = Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return derElement(0x02, (octets[0] ?? 0) >= 0x80 ? new Uint8Array([0, ...octets]) : octets);
}

function derElement(tag: number, contents: Uint8Array): Uint8Array {
  const { length } = contents;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return new Uint8Array([tag, ...size, ...contents]);
}

const SECRET: unique symbol = Symbol("checked here");

const MAKERS = "DiffieHellmanParameters.named, fromPem, fromDer and fromFile";

const LABEL = "DH PARAMETERS";

/** RFC 9325, section 4.1 and 4.4. */
const MINIMUM_BITS = 2048;
