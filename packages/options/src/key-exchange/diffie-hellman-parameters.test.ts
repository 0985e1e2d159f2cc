import { execFileSync } from "node:child_process";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusal } from "../../test/refusal.ts";
import { DiffieHellmanParameters, FFDHE_NAMES, type FfdheName } from "../index.ts";
import { ffdhePrime } from "./ffdhe.ts";
import { isSafePrime } from "./safe-prime.ts";

/** Parameters of openssl, PEM. */
function openssl(...options: string[]): string {
  return execFileSync("openssl", ["genpkey", "-genparam", "-algorithm", "DH", ...options], { encoding: "utf8" });
}

/** DER of parameters that nobody checked. */
function encode(prime: bigint, generator: bigint, ...more: bigint[]): Uint8Array {
  const element = (tag: number, contents: readonly number[]): number[] => {
    const { length } = contents;
    const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
    return [tag, ...size, ...contents];
  };
  const integer = (value: bigint): number[] => {
    const digits = value.toString(16);
    const octets = (digits.length % 2 === 0 ? digits : `0${digits}`).match(/../g) ?? [];
    const bytes = octets.map((octet) => Number.parseInt(octet, 16));
    return element(2, (bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes);
  };
  return Uint8Array.from(element(0x30, [prime, generator, ...more].flatMap(integer)));
}

/** A safe prime of 2048 bits that no standard names: `openssl dhparam 2048`. */
const OWN = `-----BEGIN DH PARAMETERS-----
MIIBCAKCAQEAi6XOAtZ1gT8RJrMMy2z7Emjq9nFr7mRWDT5SGA2PLXi+sJcGCgxg
b6Lf5DtO9AePjEE6RfQm9FF7oGRj0//myte7qZ9CfiFuhZB8CkWFdZLAGC2F815M
mKbiSvMWmPQX0YE3ZfOiLkmozcFPCKs9fo/3jjaSdRbIp23MVbZrj1IkSbYCCuH9
qq41z5XHx3LXTyH6j52JZA/rqPt7MRwiQnNA5EhrFSNuPprE5Egz1/tiquI/IMLC
g6rIpjs1+Tc2lodgL3CH5EMTIeHxY/Wd927/oJag2tsNxZhpUbOn1Ukyta2ZtWdg
tZA6/8xln5Xt4fUbxzHtj8mU8wnjYqjDpwIBAg==
-----END DH PARAMETERS-----
`;

const own = DiffieHellmanParameters.fromPem(OWN);

describe("OPT-33: DiffieHellmanParameters", () => {
  test.each(FFDHE_NAMES)("%s is the group that openssl has by this name", (name) => {
    const parameters = DiffieHellmanParameters.named(name);
    const theirs = DiffieHellmanParameters.fromPem(openssl("-pkeyopt", `group:${name}`));
    expect(theirs.equals(parameters)).toBe(true);
    expect(parameters).toMatchObject({ name, bits: Number(name.slice(5)), generator: 2n });
  });

  test("PEM and DER, with text around, go there and back", () => {
    expect(own).toMatchObject({ bits: 2048, generator: 2n, name: undefined });
    expect(own.toPem()).toBe(OWN);
    expect(DiffieHellmanParameters.fromDer(own.toDer()).equals(own)).toBe(true);
    expect(DiffieHellmanParameters.fromPem(`a certificate's file\r\n${OWN}`).equals(own)).toBe(true);
    expect(DiffieHellmanParameters.fromDer(encode(own.prime, 5n, 225n))).toMatchObject({ generator: 5n });
  });

  test("a file is read now, and named if it cannot be", async () => {
    const read = async (): Promise<string> => OWN;
    expect((await DiffieHellmanParameters.fromFile("dh.pem", read)).equals(own)).toBe(true);
    const missing = DiffieHellmanParameters.fromFile("dh.pem", () => Promise.reject(new Error("ENOENT")));
    await expect(missing).rejects.toMatchObject({ code: "OPTION_FILE_UNREADABLE", details: { file: "dh.pem" } });
  });

  test("a file: URL goes to the reader as it is; other URLs name no file", async () => {
    const url = new URL("file:///etc/dh.pem");
    const read = async (file: string | URL): Promise<string> => (file === url ? OWN : "");
    expect((await DiffieHellmanParameters.fromFile(url, read)).equals(own)).toBe(true);
    const missing = DiffieHellmanParameters.fromFile(url, () => Promise.reject(new Error("ENOENT")));
    await expect(missing).rejects.toMatchObject({ details: { file: "file:///etc/dh.pem" } });
    const elsewhere = DiffieHellmanParameters.fromFile(new URL("https://user:secret@example.org/dh.pem"), read);
    await expect(elsewhere).rejects.toMatchObject({
      code: "OPTION_TYPE_INVALID",
      message: "file must be the path or file: URL of a file, but is a URL of the scheme https:.",
    });
  });

  const composite = (own.prime - 1n) * (own.prime + 12n) - 1n;
  test.each<[string, string, () => unknown]>([
    ["1024 bits", "small", () => DiffieHellmanParameters.fromDer(encode(2n ** 1023n + 1155n, 2n))],
    ["zero", "small", () => DiffieHellmanParameters.fromDer(encode(0n, 2n))],
    ["16384 bits", "large", () => DiffieHellmanParameters.fromDer(encode(2n ** 16383n + 1n, 2n))],
    ["an even number", "not-safe-prime", () => DiffieHellmanParameters.fromDer(encode(own.prime + 1n, 2n))],
    ["a composite", "not-safe-prime", () => DiffieHellmanParameters.fromDer(encode(composite, 2n))],
    ["next to a safe prime", "not-safe-prime", () => DiffieHellmanParameters.fromDer(encode(own.prime + 12n, 2n))],
    ["generator 1", "generator", () => DiffieHellmanParameters.fromDer(encode(own.prime, 1n))],
    ["generator p - 1", "generator", () => DiffieHellmanParameters.fromDer(encode(own.prime, own.prime - 1n))],
    ["no DER", "syntax", () => DiffieHellmanParameters.fromDer(Uint8Array.of(1, 2, 3))],
    ["trailing bytes", "syntax", () => DiffieHellmanParameters.fromDer(Uint8Array.from([...own.toDer(), 0]))],
    ["a fourth number", "syntax", () => DiffieHellmanParameters.fromDer(encode(own.prime, 2n, 1n, 1n))],
    ["a text for DER", "syntax", () => DiffieHellmanParameters.fromDer("x" as unknown as Uint8Array)],
    ["no PEM", "syntax", () => DiffieHellmanParameters.fromPem("")],
    ["two blocks", "syntax", () => DiffieHellmanParameters.fromPem(OWN + OWN)],
    ["something else", "syntax", () => DiffieHellmanParameters.fromPem(OWN.replaceAll("DH PARAMETERS", "CERTIFICATE"))],
  ])("%s is refused (%s)", (_name, problem, run) => {
    expect(refusal(run)).toMatchObject({ code: "DH_PARAMETERS_INVALID", details: { problem } });
  });

  test("X9.42 parameters, which need no safe prime, get advice", () => {
    const error = refusal(() => DiffieHellmanParameters.fromPem(OWN.replaceAll("DH PARAM", "X9.42 DH PARAM")));
    expect(error.message).toContain("without -dsaparam");
  });

  test("a name that is none gets the names", () => {
    const error = refusal(() => DiffieHellmanParameters.named("modp2048" as FfdheName));
    expect(error).toMatchObject({ code: "OPTION_VALUE_INVALID", details: { actual: '"modp2048"' } });
  });

  test("a value: frozen and short when printed", () => {
    expect(Object.isFrozen(own)).toBe(true);
    expect(inspect(own)).toBe("<DiffieHellmanParameters a group of 2048 bits>");
    expect(JSON.stringify(DiffieHellmanParameters.named("ffdhe2048"))).toBe('"ffdhe2048"');
  });

  test("whatever bytes are given, the answer is a typed error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(refusal(() => DiffieHellmanParameters.fromDer(bytes)).code).toBe("DH_PARAMETERS_INVALID");
      }),
    );
  });
});

describe("isSafePrime", () => {
  test("is right about every number below 100,000", () => {
    const composite = new Uint8Array(100_000);
    for (let n = 2; n * n < composite.length; n++) for (let m = n * n; m < composite.length; m += n) composite[m] = 1;
    for (let n = 11; n < composite.length; n++) {
      const safe = composite[n] === 0 && n % 2 === 1 && composite[(n - 1) / 2] === 0;
      if (isSafePrime(BigInt(n)) !== safe) throw new Error(`wrong about ${n}`);
    }
  });

  test.each(["ffdhe2048", "ffdhe3072"] as const)("finds that %s is one, and its neighbours are not", (name) => {
    expect(isSafePrime(ffdhePrime(name))).toBe(true);
    for (const delta of [-24n, -12n, 12n, 24n]) expect(isSafePrime(ffdhePrime(name) + delta)).toBe(false);
  });
});

test("OPT-33: nobody but this class makes parameters: the private constructor is private at run time, too", () => {
  const Anyone = DiffieHellmanParameters as unknown as new (...values: readonly unknown[]) => unknown;
  expect(refusal(() => new Anyone(23n, 5n, undefined, Symbol("checked here"))).code).toBe("OPTION_TYPE_INVALID");
  expect(refusal(() => new Anyone(23n, 5n)).code).toBe("OPTION_TYPE_INVALID");
});
