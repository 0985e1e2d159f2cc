// Each class of errors recognises its own errors and no other's: also one that inherits its guard.

import { CertificateOptions, UnsupportedOptionError } from "@tlskit/options";
import { createTestCa } from "@tlskit/testing";
import { parseClientEndpoint } from "@tlskit/tls/endpoints";
import { parseTarget } from "@tlskit/transport";
import { ConformanceFailure } from "@tlskit/transport/conformance";
import { TrustRoot } from "@tlskit/trust";
import { httpRevocationFetcher, LinkCache, verifyPathSync } from "@tlskit/verify";
import { parseHost, parseSrvId } from "@tlskit/verify/identity";
import { Certificate } from "@tlskit/x509";
import { expect, test } from "vitest";
import { entryPoints } from "../src/entry-points.ts";

interface ErrorClass {
  readonly name: string;
  readonly prototype: object;
  is(value: unknown): boolean;
}

const modules = (await Promise.all(entryPoints().map((entry) => import(entry)))) as Readonly<Record<string, unknown>>[];
const classes = [
  ...new Set(modules.flatMap((exported) => Object.values(exported).filter((value) => isErrorClass(value)))),
];

const ca = await createTestCa();
const leaf = await ca.issue("localhost");
const fetch = async (): Promise<Response> => new Response();

/** What throws each. */
const throwing: Readonly<Record<string, () => unknown>> = {
  ConformanceFailure: () => Promise.reject(new ConformanceFailure("a case", 1, 2)),
  EndpointError: () => parseClientEndpoint("nothing"),
  InvalidHostnameError: () => parseHost("-"),
  InvalidIdentityError: () => parseSrvId("-"),
  OptionsError: () => new CertificateOptions({ requireProtocol: "h2" } as never),
  RevocationFetchError: () =>
    httpRevocationFetcher({ fetch, allowPrivateAddresses: true })({ certificate: leaf, issuer: ca.certificate }),
  TransportError: () => parseTarget("localhost"),
  TrustError: () => TrustRoot.none().pin(),
  UnsupportedOptionError: () => Promise.reject(new UnsupportedOptionError([])),
  VerificationError: () => verifyPathSync({ leaf, trust: TrustRoot.none(), purpose: "server" }),
  VerifyArgumentError: () => new LinkCache({ maxEntries: 0 }),
  X509Error: () => Certificate.fromPem(""),
};

test("every class is tried", () => {
  const names = classes.map(({ name }) => name).filter((name) => name !== "TlsKitError");
  expect(Object.keys(throwing)).toEqual(names.sort());
});

test.each(Object.entries(throwing))("%s", async (name, run) => {
  const error: unknown = await (async () => run())().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name });
  const recognised = classes.filter((type) => type.is(error)).map((type) => type.name);
  const inherited = classes.filter((type) => Object.prototype.isPrototypeOf.call(type.prototype, error as object));
  expect(recognised.sort()).toEqual(inherited.map((type) => type.name).sort());
});

function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === "function" && value.prototype instanceof Error && "is" in value;
}
