import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { capabilitiesExcept, gap } from "../../test/capabilities.ts";
import { ca, chained, identity, otherCa } from "../../test/identities.ts";
import { refusal } from "../../test/refusal.ts";
import * as main from "../index.ts";
import { CertificateOptions, compile } from "../index.ts";
import * as compat from "./index.ts";
import {
  ClientContextFactory,
  ContextFactory,
  DefaultOpenSSLContextFactory,
  isSupported,
  privateCertificateOptions,
  toOptions,
} from "./index.ts";

const directory = await mkdtemp(join(tmpdir(), "tlskit-compat-"));
afterAll(() => rm(directory, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
}

test("LEG-01: ContextFactory leaves getContext to subclasses", () => {
  class Incomplete extends ContextFactory {}
  const error = refusal(() => new Incomplete().getContext());
  expect(error).toMatchObject({ code: "LEGACY_NOT_IMPLEMENTED", details: { name: "Incomplete.getContext" } });
  expect(new Incomplete().isClient).toBe(false);
});

describe("LEG-02: DefaultOpenSSLContextFactory", () => {
  test("loads a key and a certificate with its chain, and allows today's versions", async () => {
    const key = await write("key.pem", await chained.keyPair.toPem());
    const certificate = await write("cert.pem", chained.fullChainPem());
    const factory = await DefaultOpenSSLContextFactory.load(key, certificate, readFile);
    const options = factory.getContext();
    expect(options).toBeInstanceOf(CertificateOptions);
    expect(options.identity?.id).toBe(chained.id);
    expect(options.identity?.chain).toHaveLength(1);
    expect(options).toMatchObject({ minVersion: "TLSv1.2", maxVersion: "TLSv1.3" });
    expect(factory.getContext()).toBe(options);
    const both = await write("both.pem", (await chained.keyPair.toPem()) + chained.fullChainPem());
    expect((await DefaultOpenSSLContextFactory.load(both, both, readFile)).getContext().identity?.id).toBe(chained.id);
    const [first, second] = [pathToFileURL(both), pathToFileURL(both)];
    expect((await DefaultOpenSSLContextFactory.load(first, second, readFile)).getContext().identity?.id).toBe(
      chained.id,
    );
  });

  test("names the file that cannot be read, and refuses a key of another certificate", async () => {
    const certificate = await write("cert.pem", identity.toPem());
    const missing = join(directory, "missing.pem");
    await expect(DefaultOpenSSLContextFactory.load(missing, certificate, readFile)).rejects.toMatchObject({
      code: "OPTION_FILE_UNREADABLE",
      details: { file: missing },
      cause: { code: "ENOENT" },
    });
    const other = await write("other.pem", await (await otherCa.issue("localhost")).keyPair.toPem());
    await expect(DefaultOpenSSLContextFactory.load(other, certificate, readFile)).rejects.toMatchObject({
      code: "KEY_MISMATCH",
    });
  });

  test("file names given to the constructor get the way to migrate", () => {
    const Constructor = DefaultOpenSSLContextFactory as unknown as new (...files: string[]) => unknown;
    const error = refusal(() => new Constructor("key.pem", "cert.pem"));
    expect(error.code).toBe("LEGACY_API_REMOVED");
    expect(error.message).toContain("DefaultOpenSSLContextFactory.load");
  });
});

test("LEG-03: ClientContextFactory cannot be made, and says what to use", () => {
  const error = refusal(() => new ClientContextFactory());
  expect(error).toMatchObject({
    code: "LEGACY_API_REMOVED",
    details: { replacement: "optionsForClientTLS(hostname)" },
  });
});

test("OPT-41: privateCertificateOptions requires a peer certificate from the authorities named", () => {
  expect(privateCertificateOptions(identity)).toMatchObject({ identity, trustRoot: undefined });
  const server = (options: CertificateOptions) => compile(options, capabilitiesExcept(), "server");
  expect(server(privateCertificateOptions(identity))).toMatchObject({ clientAuth: "none", verifyPeer: false });
  const options = privateCertificateOptions(identity, ca.certificate, otherCa.certificate);
  expect(options.trustRoot).toMatchObject({ size: 2 });
  expect(server(options)).toMatchObject({ clientAuth: "require", verifyPeer: true, trust: options.trustRoot });
  const error = refusal(() =>
    privateCertificateOptions(identity, ca.certificate, "x" as unknown as typeof ca.certificate),
  );
  expect(error.details).toMatchObject({ path: "authorities[1]" });
});

describe("LEG-04: toOptions", () => {
  test("takes options as they are, and asks a factory at once", () => {
    const options = new CertificateOptions({ identity });
    expect(toOptions(options)).toBe(options);
    let asked = 0;
    class Factory extends ContextFactory {
      override getContext(): CertificateOptions {
        asked++;
        return options;
      }
    }
    expect(toOptions(new Factory())).toBe(options);
    expect(asked).toBe(1);
  });

  test("what is wrong with a factory shows now", () => {
    class Bad extends ContextFactory {}
    expect(refusal(() => toOptions(new Bad())).code).toBe("LEGACY_NOT_IMPLEMENTED");
    const wrong = { getContext: () => ({}) } as unknown as ContextFactory;
    expect(refusal(() => toOptions(wrong)).details).toMatchObject({ path: "contextFactory.getContext()" });
    for (const value of [null, undefined, 5, {}]) {
      expect(refusal(() => toOptions(value as unknown as ContextFactory)).code).toBe("OPTION_TYPE_INVALID");
    }
  });
});

test("LEG-06: what leaked from Twisted's module is not exported", () => {
  const exported = [...Object.keys(main), ...Object.keys(compat)];
  for (const name of ["Port", "Connector", "Client", "Server"]) expect(exported).not.toContain(name);
});

test("LEG-07: isSupported says whether an adapter makes TLS connections", () => {
  expect(isSupported(capabilitiesExcept())).toBe(true);
  expect(isSupported(capabilitiesExcept({ "tls1.2": gap("a"), "tls1.3": gap("b") }))).toBe(false);
});
