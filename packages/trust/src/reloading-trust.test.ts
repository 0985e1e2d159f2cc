import { execFileSync } from "node:child_process";
import { rootCertificates } from "node:tls";
import { fileURLToPath } from "node:url";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import {
  ReloadingTrust,
  type ReloadingTrustOptions,
  type TrustChangeEvent,
  type TrustReloadErrorEvent,
  TrustRoot,
  trustRootFromCertificates,
} from "./index.ts";

const [one, two, three] = rootCertificates.slice(0, 3).map((pem) => Certificate.fromPem(pem)) as [
  Certificate,
  Certificate,
  Certificate,
];

/** A source that gives what the test says, and a clock that the test sets. */
class Source {
  next: TrustRoot | Error = trustRootFromCertificates([one]);
  reads = 0;
  time = 1_000_000;
  readonly events: (TrustChangeEvent | TrustReloadErrorEvent)[] = [];

  readonly load = async (): Promise<TrustRoot> => {
    this.reads++;
    if (this.next instanceof Error) throw this.next;
    return this.next;
  };

  async start(options: ReloadingTrustOptions = {}): Promise<ReloadingTrust> {
    const trust = await ReloadingTrust.start(this.load, {
      interval: Number.POSITIVE_INFINITY,
      now: () => this.time,
      ...options,
    });
    trust.addEventListener("change", (event) => this.events.push(event));
    trust.addEventListener("error", (event) => this.events.push(event));
    return trust;
  }
}

describe("TRU-08: trust that follows its source", () => {
  test("is replaced as a whole, with an event that says what was added and removed", async () => {
    const source = new Source();
    using trust = await source.start();
    const before = await trust.snapshot();
    source.next = trustRootFromCertificates([two, three]);
    expect(await trust.refresh()).toBe(source.next);
    expect(await trust.snapshot()).toBe(source.next);
    expect(before.certificates).toEqual([one]);
    expect(source.events).toMatchObject([
      { type: "change", previous: before, current: source.next, diff: { added: [two, three], removed: [one] } },
    ]);
  });

  test("the same contents stay the same object, whatever their order, and are no event", async () => {
    const source = new Source();
    source.next = trustRootFromCertificates([one, two]);
    using trust = await source.start();
    const before = trust.current;
    source.next = trustRootFromCertificates([two, one]);
    expect(await trust.refresh()).toBe(before);
    expect(source.events).toEqual([]);
  });

  test("other intermediates are taken over, and are no change of trust", async () => {
    const source = new Source();
    const withIntermediate = (certificate: Certificate): TrustRoot =>
      new TrustRoot({
        entries: [{ anchor: { certificate: one }, origins: [] }],
        source: { kind: "system", locations: [], description: "a test" },
        intermediates: [certificate],
      });
    source.next = withIntermediate(two);
    using trust = await source.start();
    source.next = withIntermediate(three);
    await trust.refresh();
    expect(trust.current.intermediates).toEqual([three]);
    expect(source.events).toEqual([]);
  });

  test("a source that fails leaves the last good set, with an event, and is asked again", async () => {
    const source = new Source();
    using trust = await source.start();
    const before = trust.current;
    source.next = new Error("gone");
    await expect(trust.refresh()).rejects.toBe(source.next);
    expect(await trust.snapshot()).toBe(before);
    expect(source.events).toMatchObject([{ type: "error", error: source.next, readAt: new Date(1_000_000) }]);
    source.next = trustRootFromCertificates([two]);
    await trust.refresh();
    expect((await trust.snapshot()).certificates).toEqual([two]);
  });

  test("a source that has become empty is a failure; one that was meant to be is none", async () => {
    const source = new Source();
    using trust = await source.start();
    source.next = TrustRoot.none();
    await expect(trust.refresh()).rejects.toMatchObject({ code: "TRUST_ROOT_EMPTY" });
    expect(trust.current.size).toBe(1);
    const empty = new Source();
    empty.next = TrustRoot.none();
    using meant = await empty.start();
    await meant.refresh();
    expect(meant.current.size).toBe(0);
  });

  test("after maxStale, 24 hours by default, there is only an error, with the last failure as its cause", async () => {
    const source = new Source();
    using trust = await source.start();
    source.next = new Error("still gone");
    source.time += 24 * 60 * 60 * 1000;
    expect((await trust.snapshot()).size).toBe(1);
    source.time += 1;
    await expect(trust.snapshot()).rejects.toMatchObject({
      code: "TRUST_STALE",
      details: { readAt: new Date(1_000_000), maxStale: 86_400_000 },
      cause: source.next,
    });
    source.next = trustRootFromCertificates([two]);
    expect((await trust.snapshot()).certificates).toEqual([two]);
  });

  test("an overdue source is read when somebody asks: timers stand still while a machine sleeps", async () => {
    const source = new Source();
    using trust = await source.start({ interval: 1_000_000_000 });
    source.next = trustRootFromCertificates([two]);
    source.time += 1_000_000_001;
    await expect(trust.snapshot()).resolves.toBeInstanceOf(TrustRoot);
    expect(source.reads).toBe(2);
  });

  test("readings at the same time are one", async () => {
    const source = new Source();
    using trust = await source.start();
    await Promise.all([trust.refresh(), trust.refresh(), trust.refresh()]);
    expect(source.reads).toBe(2);
  });

  test("a timer reads it, until it is closed", async () => {
    const source = new Source();
    const trust = await source.start({ interval: 1 });
    const changed = new Promise((resolve) => trust.addEventListener("change", resolve, { once: true }));
    source.next = trustRootFromCertificates([two]);
    await changed;
    trust.close();
    await trust.refresh();
    const { reads } = source;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(source.reads).toBe(reads);
    expect(trust.closed).toBe(true);
    source.time += 86_400_001;
    await expect(trust.snapshot()).rejects.toMatchObject({ code: "TRUST_STALE" });
  });

  test("the first failure is the caller's, and so are arguments that make no sense", async () => {
    const source = new Source();
    source.next = new Error("never there");
    await expect(source.start()).rejects.toBe(source.next);
    const good = async () => TrustRoot.none();
    const wrong = [
      ["load", () => ReloadingTrust.start("/etc/ssl" as never)],
      ["load()", () => ReloadingTrust.start(async () => [] as never)],
      ["options", () => ReloadingTrust.start(good, null as never)],
      ["interval", () => ReloadingTrust.start(good, { interval: 0 })],
      ["interval", () => ReloadingTrust.start(good, { interval: Number.NaN })],
      ["interval", () => ReloadingTrust.start(good, { interval: 2 ** 31 })],
      ["maxStale", () => ReloadingTrust.start(good, { maxStale: -1 })],
      ["now", () => ReloadingTrust.start(good, { now: 3 as never })],
    ] as const;
    for (const [argument, start] of wrong) {
      await expect(start(), argument).rejects.toMatchObject({ code: "TRUST_ARGUMENT_INVALID", details: { argument } });
    }
  });

  test.each(["node", "bun", "deno"])("on %s it does not keep the process alive", (runtime) => {
    const url = JSON.stringify(new URL("./index.ts", import.meta.url).href);
    const script = `import { ReloadingTrust, TrustRoot } from ${url};
await ReloadingTrust.start(async () => TrustRoot.none(), { interval: 600_000 });
console.log("started");`;
    const binary = fileURLToPath(new URL(`../../../node_modules/.bin/${runtime}`, import.meta.url));
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    const args = {
      node: ["--conditions=@tlskit/source", "--input-type=module-typescript", "--eval", script],
      bun: ["--conditions=@tlskit/source", "--eval", script],
      deno: ["eval", "--ext=ts", "--conditions=@tlskit/source", script],
    }[runtime];
    expect(execFileSync(binary, args, { cwd, encoding: "utf8", timeout: 280_000 })).toBe("started\n");
  });
});
