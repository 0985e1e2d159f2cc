/**
 * What no compiler would let through: every public function, class and method with every kind of nonsense in place of each
 * argument succeeds, or throws an error of ours. What becomes of nonsense in place of options is in `src/any-input.test.ts`.
 */
import { exportedConstructors, exportedFunctions, methodsOf, nonsenseMistakes } from "@tlskit/cases";
import { PrivateCertificate } from "@tlskit/x509";
import { TlsKitError } from "@tlskit/x509/error";
import { expect, test } from "vitest";
import * as compat from "../src/compat/index.ts";
import * as options from "../src/index.ts";
import { capabilitiesExcept } from "./capabilities.ts";
import { ca, identity } from "./identities.ts";

const capabilities = capabilitiesExcept();
const made = new options.CertificateOptions({ identity });
const modern = options.AcceptableCiphers.mozilla("modern");
const group = options.DiffieHellmanParameters.named("ffdhe2048");

const nonsense: readonly unknown[] = [
  ...[undefined, null, 1, -1, Number.NaN, true, "nonsense", "", Symbol("s"), 1n, () => 1],
  ...[{}, [], [null], [undefined], [1], ["x"], [{}], new Map(), new Set([5]), new Date(Number.NaN), new Uint8Array(3)],
  ...[{ length: 3 }, { constructor: null }, Object.create(null), Object.create(PrivateCertificate.prototype)],
  ...[new Proxy({}, {}), new Proxy(identity, {}), new Proxy(made, {}), identity, ca.certificate, made],
  ...[Object.create(options.CertificateOptions.prototype), Object.create(options.AcceptableCiphers.prototype)],
];

/** Arguments that are right, so that the one after them is looked at. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  capabilityState: [capabilities, "alpn"],
  cipherByName: ["AES128-SHA"],
  compareTLSVersions: ["TLSv1.2", "TLSv1.3"],
  compile: [made, capabilities, "server"],
  fromFile: ["dh.pem", async () => "nothing"],
  fromNames: [["AES128-SHA"], {}],
  fromOpenSSLCipherString: ["AES", {}],
  fromSelector: [() => []],
  frozenCapabilities: [capabilities],
  mozilla: ["modern"],
  named: ["ffdhe2048"],
  nearestName: ["a", ["b"]],
  optionsForClientTLS: ["a.example", {}],
  protocolNegotiationMechanisms: [capabilities],
  put: ["a", new Uint8Array(3)],
  shownText: ["a"],
  take: ["a"],
  DefaultOpenSSLContextFactory: ["key.pem", "certificate.pem", undefined, async () => ""],
};

const callables = [
  ...exportedFunctions({ options, compat }),
  ...exportedConstructors({ options, compat }),
  ...methodsOf({
    made,
    modern,
    group,
    cache: new options.SessionCache(),
    client: options.optionsForClientTLS("a.example"),
  }),
];

test.each(callables)("nonsense for $label is refused by an error of ours", async (callable) => {
  expect(await nonsenseMistakes(callable, { nonsense, right, isOurs: TlsKitError.is })).toEqual([]);
});
