/**
 * What no compiler would let through: every public function, class and method with every kind of nonsense in place of each
 * argument succeeds, or throws an error of ours. What becomes of nonsense in place of options is in `src/any-input.test.ts`.
 */
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

interface Callable {
  readonly label: string;
  readonly name: string;
  readonly run: (...values: readonly unknown[]) => unknown;
}

const isClass = (value: unknown): value is new (...values: readonly unknown[]) => object =>
  typeof value === "function" && /^class/.test(Function.prototype.toString.call(value));

function methods(label: string, owner: object, holder: object): Callable[] {
  return Object.getOwnPropertyNames(holder)
    .filter((name) => name !== "constructor" && name !== "prototype")
    .flatMap((name) => {
      const value: unknown = Object.getOwnPropertyDescriptor(holder, name)?.value;
      if (typeof value !== "function" || isClass(value)) return [];
      return [{ label: `${label}.${name}`, name, run: (...values) => Reflect.apply(value, owner, values) }];
    });
}

const callables = Object.entries({ options, compat }).flatMap(([label, entry]) => [
  ...methods(label, entry, entry),
  ...Object.entries(entry)
    .filter((pair): pair is [string, new (...values: readonly unknown[]) => object] => isClass(pair[1]))
    .filter(([name]) => !/Error$/.test(name))
    .flatMap(([name, type]) => [
      { label: `new ${name}`, name, run: (...values: readonly unknown[]) => Reflect.construct(type, values) },
      ...methods(name, type, type),
    ]),
]);
const objects = Object.entries({
  made,
  modern,
  group,
  cache: new options.SessionCache(),
  client: options.optionsForClientTLS("a.example"),
}).flatMap(([label, owner]) => methods(label, owner, Object.getPrototypeOf(owner) as object));

test.each([...callables, ...objects])("nonsense for $label is refused by an error of ours", async ({ name, run }) => {
  const before = Object.hasOwn(right, name) ? (right[name] ?? []) : [];
  const mistakes: string[] = [];
  for (const [index, value] of nonsense.entries()) {
    for (let place = 0; place <= before.length; place++) {
      try {
        await run(...(place === before.length ? [...before, value] : before.with(place, value)));
      } catch (error) {
        if (!TlsKitError.is(error)) mistakes.push(`${place} is ${index}: ${error}`);
      }
    }
  }
  expect(mistakes).toEqual([]);
});
