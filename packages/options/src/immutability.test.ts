/** Options are values: what was checked is what is used, whoever writes to what. */
import { describe, expect, test } from "vitest";
import { capabilitiesExcept } from "../test/capabilities.ts";
import { ca, identity, otherCa } from "../test/identities.ts";
import * as options from "./index.ts";

const { CertificateOptions, compile, optionsForClientTLS, AcceptableCiphers } = options;

const server = new CertificateOptions({
  identity,
  contextForServerName: { "a.example": identity },
  sessions: { ticketSecret: new Uint8Array(32), rotateAfter: 60 },
  acceptableProtocols: ["h2"],
  dangerouslyLogKeys: "/tmp/keys",
  acceptableCiphers: "ECDHE+AESGCM:DHE+AESGCM",
  dhParameters: "ffdhe2048",
  groups: ["X25519"],
  signatureAlgorithms: ["ecdsa_secp256r1_sha256"],
});
const client = optionsForClientTLS("a.example", {
  trustRoot: ca.certificate,
  revocation: { mode: "prefer", crls: [] },
});

/** The places of all objects that can be written to, below `value`; what belongs to other packages is theirs. */
function writable(value: unknown, path: string, seen: Set<unknown> = new Set()): string[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  if ([identity, client.options.trustRoot].includes(value as never)) return [];
  seen.add(value);
  const below = Reflect.ownKeys(value).flatMap((name) =>
    writable(Reflect.get(value, name), `${path}.${String(name)}`, seen),
  );
  const open = !Object.isFrozen(value) || value instanceof Map || value instanceof Set || value instanceof URL;
  return open ? [path, ...below] : below;
}

describe("nothing that can be reached from options can be written to", () => {
  test.each<[string, unknown]>([
    ["options of a server", server],
    ["options of a client", client],
    ["compiled options of a server", compile(server, capabilitiesExcept(), "server")],
    ["compiled options of a client", compile(client.options, capabilitiesExcept(), "client")],
    ["cipher suites", AcceptableCiphers.mozilla("old")],
    ...Object.entries(options).filter(([, value]) => typeof value !== "function"),
  ])("%s", (name, value) => {
    expect(writable(value, name)).toEqual([]);
  });

  test("nor a URL, which cannot be frozen", () => {
    const given = new URL("file:///tmp/keys");
    const made = new CertificateOptions({ dangerouslyLogKeys: given });
    given.pathname = "/tmp/elsewhere";
    (made.dangerouslyLogKeys as URL).pathname = "/tmp/elsewhere";
    expect(String(made.dangerouslyLogKeys)).toBe("file:///tmp/keys");
    const compiled = compile(made, capabilitiesExcept(), "client");
    (compiled.keyLog as URL).pathname = "/tmp/elsewhere";
    expect(String(compiled.keyLog)).toBe("file:///tmp/keys");
  });
});

test("one host's options are made of a checked name and checked options", () => {
  const { ClientTLSOptions } = options;
  for (const hostname of [undefined, "a.example", { type: "dns", value: "evil\0.example" }, { type: "ip" }]) {
    expect(() => new ClientTLSOptions(hostname as never, client.options), JSON.stringify(hostname)).toThrow(
      expect.objectContaining({ code: "HOSTNAME_INVALID" }),
    );
  }
  for (const wrong of [undefined, {}, Object.create(CertificateOptions.prototype), new Proxy(server, {})]) {
    expect(() => new ClientTLSOptions(client.hostname, wrong as never)).toThrow(
      expect.objectContaining({ code: "OPTION_TYPE_INVALID" }),
    );
  }
});

test("lists are read once: what is checked is what is used", () => {
  let reads = 0;
  const changing = new Proxy([ca.certificate], {
    get: (target, name, receiver) =>
      name === "0" && reads++ > 0 ? otherCa.certificate : Reflect.get(target, name, receiver),
  });
  const { trustRoot } = new CertificateOptions({ trustRoot: changing });
  expect(reads).toBe(1);
  expect(trustRoot).toMatchObject({ size: 1 });
});
