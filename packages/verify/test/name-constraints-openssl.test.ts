/**
 * Every kind of name against every kind of constraint, by us and by `openssl verify`: a difference must be one of those
 * that are known, where the text is on our side.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { VerificationError, verifyPathSync } from "../src/index.ts";
import * as f from "./forge.ts";
import { inputFor } from "./inputs.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tlskit-names-"));
afterAll(() => rmSync(folder, { recursive: true }));

const root = f.forgeRoot();
const file = (name: string, { certificate }: f.Forged): string => {
  const path = join(folder, name);
  writeFileSync(path, certificate.toPem());
  return path;
};
const rootFile = file("root.pem", root);

function ours(leaf: f.Forged, ca: f.Forged): boolean {
  try {
    verifyPathSync({ ...inputFor([leaf, ca, root]), purpose: "any" });
    return true;
  } catch (error) {
    if (VerificationError.is(error) && error.code === "NAME_CONSTRAINT_VIOLATION") return false;
    throw error;
  }
}

function theirs(leaf: f.Forged, caFile: string): boolean {
  const at = String(f.NOW.getTime() / 1000);
  const args = ["-attime", at, "-CAfile", rootFile, "-untrusted", caFile, file("leaf.pem", leaf)];
  return spawnSync("openssl", ["verify", ...args]).status === 0;
}

interface Kind {
  readonly make: (text: string) => Uint8Array;
  readonly bases: readonly string[];
  readonly names: readonly string[];
  /** Names that OpenSSL reads otherwise, and what they have in common. */
  readonly known?: (base: string, name: string) => string | false;
}

const rdn = (type: string, value: string, tag = 0x0c): Uint8Array =>
  f.tlv(0x31, f.tlv(0x30, f.oid(type), f.text(tag, value)));
const country = (value: string): Uint8Array => rdn("2.5.4.6", value, 0x13);
const organisation = (value: string, tag?: number): Uint8Array => rdn("2.5.4.10", value, tag);

const DIRECTORIES: Readonly<Record<string, readonly Uint8Array[]>> = {
  nothing: [],
  US: [country("US")],
  "US, Acme": [country("US"), organisation("Acme")],
  "us, ACME": [country("us"), organisation("ACME", 0x13)],
  "US, Acme Corp, in other spaces": [country("US"), organisation("Acme  Corp ")],
  "US, acme corp": [country("US"), organisation("acme corp")],
  "Acme, US": [organisation("Acme"), country("US")],
};

const KINDS: Readonly<Record<string, Kind>> = {
  DNS: {
    make: f.dnsName,
    bases: ["example.com", ".example.com", "www.example.com", "com", "EXAMPLE.com", "", "ample.com"],
    names: ["example.com", "www.example.com", "a.b.example.com", "WWW.EXAMPLE.com", "xexample.com", "*.example.com"],
    known: (base, name) => name.startsWith("*.") && base.endsWith(name.slice(1)) && "what a wildcard may stand for",
  },
  "e-mail": {
    make: f.emailName,
    bases: ["a@example.com", "A@example.com", "example.com", ".example.com", "www.example.com", "EXAMPLE.com"],
    names: [
      "a@example.com",
      "A@example.com",
      "a@EXAMPLE.com",
      "a@www.example.com",
      "a@xexample.com",
      '"a"@example.com',
    ],
    known: (base, name) => name.startsWith('"') && base.includes("@") && "quotes are no part of a name",
  },
  URI: {
    make: f.uriName,
    bases: ["example.com", ".example.com", "www.example.com", "EXAMPLE.com"],
    names: [
      ...["http://example.com/", "http://www.example.com:80/x", "http://EXAMPLE.com", "ftp://a.b.example.com/"],
      ...["http://xexample.com/", "http://u@example.com/", "http://example.com?x", "http://example.com#x"],
    ],
    known: (_, name) => /[@?#]/.test(name) && "users, queries and fragments are no part of a host",
  },
  IP: {
    make: (text) => f.ipName(...text.split(".").map(Number)),
    bases: ["10.0.0.0.255.255.255.0", "10.0.0.0.255.0.0.0", "0.0.0.0.0.0.0.0", "10.0.0.1.255.255.255.255"],
    names: ["10.0.0.1", "10.0.1.1", "192.168.0.1", Array(16).fill(0).join(".")],
  },
  directory: {
    make: (text) => f.tlv(0xa4, f.tlv(0x30, ...(DIRECTORIES[text] ?? []))),
    bases: Object.keys(DIRECTORIES),
    names: Object.keys(DIRECTORIES).slice(1),
  },
};

describe.skipIf(!hasOpenssl).each(Object.entries(KINDS))("%s", (_, { make, bases, names, known }) => {
  test.each(["permitted", "excluded"] as const)("%s: the same verdicts", (way) => {
    const different: string[] = [];
    for (const base of bases) {
      const ca = f.forgeCa(root, { nameConstraints: f.constraints({ [way]: [make(base)] }) });
      const caFile = file("ca.pem", ca);
      for (const name of names) {
        const leaf = f.forgeLeaf(ca, { subject: "", sanCritical: true, san: [make(name)] });
        if (ours(leaf, ca) === theirs(leaf, caFile) || known?.(base, name)) continue;
        different.push(`${name} under ${base}`);
      }
    }
    expect(different).toEqual([]);
  });
});
