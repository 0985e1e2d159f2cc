/** What no compiler would let through: every function, class and method of the package, found by itself. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { Certificate, TlsKitError } from "@tlskit/x509";
import { expect, test } from "vitest";
import * as trust from "../src/index.ts";

const [one] = rootCertificates.map((pem) => Certificate.fromPem(pem)) as [Certificate];
const set = trust.trustRootFromCertificates([one]);

const nonsense: readonly unknown[] = [
  ...[undefined, null, 1, -1, Number.NaN, true, "nonsense", "", Symbol("s"), 1n, () => 1],
  ...[{}, [], [null], [1], ["x"], [{}], new Map(), new Date(Number.NaN), new Uint8Array(3), { length: 3 }],
  ...[
    Object.create(null),
    Object.create(Certificate.prototype),
    new Proxy({}, {}),
    new Proxy(one, {}),
    one,
    [one],
    set,
  ],
  ...[Object.create(trust.TrustRoot.prototype), new Proxy(set, {})],
];

const directory = new trust.DirectoryFirstUseStore(join(tmpdir(), "tlskit-nothing-here"));

/** Arguments that are right, so that the one after them is looked at. */
const right: Readonly<Record<string, readonly unknown[]>> = {
  add: ["a.test:443"],
  diff: [set],
  distrust: [[one]],
  distrustAfter: [new Date()],
  known: ["a.test"],
  trustRootFromCertificates: [[one]],
  trustRootFromDirectory: ["/nowhere"],
  trustRootFromFile: ["/nowhere"],
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

function inherited(label: string, owner: object): Callable[] {
  const list: Callable[] = [];
  for (let holder: object = owner; ; ) {
    holder = Object.getPrototypeOf(holder) as object;
    if (holder === Object.prototype || holder === EventTarget.prototype) return list;
    list.push(...methods(label, owner, holder));
  }
}

const statics = Object.entries(trust)
  .filter((pair): pair is [string, never] => isClass(pair[1]) && !/Error$/.test(pair[0]))
  .flatMap(([name, type]) => methods(name, type, type));
const objects = Object.entries({
  set,
  directory,
  memory: new trust.MemoryFirstUseStore(),
  known: new trust.TrustOnFirstUse(new trust.MemoryFirstUseStore()),
  paths: new trust.OpenSSLDefaultPaths("/nowhere", { environment: {} }),
}).flatMap(([label, owner]) => inherited(label, owner));

test.each([...methods("trust", trust, trust), ...statics, ...objects])("nonsense for $label", async ({ name, run }) => {
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
