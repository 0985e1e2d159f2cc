// Every name that the page gives for ours is really exported, and every row that it cites has a test.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as options from "@tlskit/options";
import * as optionsCompat from "@tlskit/options/compat";
import * as tls from "@tlskit/tls";
import * as trust from "@tlskit/trust";
import * as verify from "@tlskit/verify";
import * as x509 from "@tlskit/x509";
import * as x509Compat from "@tlskit/x509/compat";
import { describe, expect, test } from "vitest";
import { CATALOGUE, TWISTED_ARGUMENTS, TWISTED_NAMES } from "../src/twisted-names.ts";
import { provenRows } from "../src/twisted-page.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const MODULES: Readonly<Record<string, object>> = {
  "@tlskit/options": options,
  "@tlskit/options/compat": optionsCompat,
  "@tlskit/tls": tls,
  "@tlskit/trust": trust,
  "@tlskit/verify": verify,
  "@tlskit/x509": x509,
  "@tlskit/x509/compat": x509Compat,
};

/** Interfaces leave nothing at run time: their names are in the source of the entry. */
function isExportedType(packageName: string, name: string): boolean {
  const source = readFileSync(`${root}/packages/${packageName.split("/")[1]}/src/index.ts`, "utf8");
  return new RegExp(`\\btype (?:\\{[^}]*)?\\b${name}\\b`).test(source);
}

describe("docs/twisted-map.md", () => {
  const places = TWISTED_NAMES.flatMap(({ name, ours }) => ours.map((place) => [name, place] as const));

  test.each(places)("%s: %s exists", (_name, place) => {
    const [packageName = "", path = ""] = place.split("#");
    const [name = "", member] = path.split(".");
    const value = (MODULES[packageName] as Record<string, unknown> | undefined)?.[name];
    if (value === undefined) return expect(isExportedType(packageName, name), place).toBe(true);
    if (member === undefined) return;
    const { prototype } = value as { readonly prototype: object };
    expect(member in (value as object) || member in prototype, place).toBe(true);
  });

  test("what is not in a compat entry is in @tlskit/tls, too", () => {
    const names = places
      .filter(([, place]) => !place.includes("/compat#"))
      .map(([, place]) => /#(\w+)/.exec(place)?.[1] ?? "");
    const missing = new Set(names.filter((name) => !(name in tls) && !isExportedType("@tlskit/tls", name)));
    expect([...missing]).toEqual([]);
  });

  test("every name of the module is there", () => {
    const text = TWISTED_NAMES.map(({ name }) => name).join(", ");
    for (const name of NAMES) expect(text.split(/, | /), name).toContain(name);
  });

  test("every option that is named exists, or is known by name", () => {
    for (const name of new Set(TWISTED_ARGUMENTS.flatMap(({ ours }) => ours))) {
      let error: unknown;
      try {
        new options.CertificateOptions({ [name]: Symbol("wrong") } as options.CertificateOptionsInit);
      } catch (thrown) {
        error = thrown;
      }
      expect(options.OptionsError.is(error) && error.code, name).not.toBe("OPTION_UNKNOWN");
    }
  });

  test("every row that is cited is in the catalogue, and has a test", () => {
    const cited = new Set([...TWISTED_NAMES, ...TWISTED_ARGUMENTS].flatMap(({ rows }) => rows));
    const proven = provenRows(root);
    const unproven = [...cited].filter((id) => !proven.has(id));
    expect(unproven).toEqual([]);
    for (const id of cited) {
      const [prefix = "", number] = id.split("-");
      expect(Number(number), id).toBeLessThanOrEqual(CATALOGUE[prefix]?.rows ?? 0);
    }
  });
});

/** What `twisted.internet.ssl` exports, and what else its page describes. */
const NAMES = [
  "supported",
  "ContextFactory",
  "DefaultOpenSSLContextFactory",
  "ClientContextFactory",
  "Client",
  "Server",
  "Port",
  "Connector",
  "KeyPair",
  "DistinguishedName",
  "DN",
  "Certificate",
  "CertificateRequest",
  "PrivateCertificate",
  "AcceptableCiphers",
  "CertificateOptions",
  "DiffieHellmanParameters",
  "platformTrust",
  "OpenSSLDefaultPaths",
  "VerificationError",
  "optionsForClientTLS",
  "ProtocolNegotiationSupport",
  "protocolNegotiationMechanisms",
  "trustRootFromCertificates",
  "TLSVersion",
  "startTLS",
  "connectSSL",
  "listenSSL",
];
