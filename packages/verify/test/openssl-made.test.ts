/**
 * What OpenSSL makes with its own default configuration, and a SAN, is accepted by default: many ways to call `req`, `x509`
 * and `ca`, each put before `openssl verify` as well, so that what is demanded of us is what it takes itself.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Certificate } from "@tlskit/x509";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyPath } from "../src/index.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "tlskit-made-"));
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args.join(" ")}\n${stderr}`);
  return stdout;
}

const NAME = "a.example";
const SAN = `subjectAltName=DNS:${NAME},IP:127.0.0.1`;
const SUBJECT = ["-subj", "/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd/CN=a.example"];
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

let serial = 0;
const fresh = (): string => `f${serial++}`;

/** `req -x509`: self-signed. */
function selfSigned(key: readonly string[], ...more: readonly string[]): string {
  const file = fresh();
  openssl("req", "-x509", ...key, "-nodes", "-keyout", `${file}.key`, "-out", `${file}.pem`, ...more);
  return file;
}

function request(key: readonly string[], ...more: readonly string[]): string {
  const file = fresh();
  openssl("req", ...key, "-nodes", "-keyout", `${file}.key`, "-out", `${file}.csr`, ...more);
  return file;
}

/** `x509 -req`: signed by a CA. */
function signed(csr: string, ca: string, ...more: readonly string[]): string {
  const by = ["-CA", `${ca}.pem`, "-CAkey", `${ca}.key`];
  openssl("x509", "-req", "-in", `${csr}.csr`, ...by, "-out", `${csr}.pem`, ...more);
  return csr;
}

/** `ca` with the default configuration, in its own demoCA. */
function byCa(csr: string, ca: string, ...more: readonly string[]): string {
  const by = ["-cert", `${ca}.pem`, "-keyfile", `${ca}.key`];
  openssl("ca", "-batch", "-notext", "-in", `${csr}.csr`, ...by, "-out", `${csr}.pem`, ...more);
  return csr;
}

function extensions(...lines: readonly string[]): readonly string[] {
  const file = `${fresh()}.cnf`;
  writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
  return ["-extfile", file];
}

interface Made {
  readonly leaf: string;
  readonly pool?: readonly string[];
  readonly root: string;
}

const ca = (key: readonly string[] = EC, ...more: readonly string[]): string =>
  selfSigned(key, "-subj", "/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd/CN=CA", ...more);
const own = (key: readonly string[], ...more: readonly string[]): Made => {
  const root = selfSigned(key, ...SUBJECT, "-addext", SAN, ...more);
  return { leaf: root, root };
};
const issued = (key: readonly string[], caKey: readonly string[], ...more: readonly string[]): Made => {
  const root = ca(caKey);
  return { leaf: signed(request(key, ...SUBJECT, "-addext", SAN), root, "-copy_extensions", "copy", ...more), root };
};

/** What the section of this name says in the configuration that OpenSSL brings. */
const USR_CERT = ["basicConstraints=CA:FALSE", "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid,issuer"];

const RSA = ["-newkey", "rsa:2048"];
const P384 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const P521 = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"];
const ED25519 = ["-newkey", "ed25519"];
const ED448 = ["-newkey", "ed448"];
const RSA_PSS = ["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"];

const WAYS: readonly (readonly [string, () => Made])[] = [
  ...(
    [
      ["RSA", RSA],
      ["P-256", EC],
      ["P-384", P384],
      ["P-521", P521],
      ["Ed25519", ED25519],
      ["Ed448", ED448],
      ["RSA-PSS", RSA_PSS],
    ] as const
  ).flatMap(([label, key]): (readonly [string, () => Made])[] => [
    [`req -x509, ${label}`, () => own(key)],
    [`x509 -req, ${label} by P-256`, () => issued(key, EC)],
    [`x509 -req, P-256 by ${label}`, () => issued(EC, key)],
  ]),
  ["req -x509 -sha384", () => own(EC, "-sha384")],
  ["req -x509 -sha512 with RSA", () => own(RSA, "-sha512")],
  ["req -x509 with PSS padding", () => own(RSA, "-sigopt", "rsa_padding_mode:pss")],
  ["req -x509 -days 20000, beyond 2050", () => own(EC, "-days", "20000")],
  ["req -x509 -set_serial 1", () => own(EC, "-set_serial", "1")],
  ["req -x509 -set_serial 0", () => own(EC, "-set_serial", "0")],
  ["req -x509 -addext keyUsage", () => own(EC, "-addext", "keyUsage=critical,digitalSignature")],
  ["req -x509 -addext extendedKeyUsage", () => own(EC, "-addext", "extendedKeyUsage=serverAuth,clientAuth")],
  ["req -x509 -addext tlsfeature", () => own(EC, "-addext", "tlsfeature=status_request")],
  ["req -x509 -extensions usr_cert", () => own(EC, "-extensions", "usr_cert")],
  ["req -x509 -extensions v3_req", () => own(RSA, "-extensions", "v3_req")],
  [
    "req -x509, subject of several attributes and scripts",
    () => {
      const root = selfSigned(EC, "-utf8", "-subj", "/C=DE/O=Bücher/OU=Ä+CN=a.example", "-addext", SAN);
      return { leaf: root, root };
    },
  ],
  [
    "req -x509, empty subject",
    () => {
      const root = selfSigned(EC, "-subj", "/", "-addext", SAN);
      return { leaf: root, root };
    },
  ],
  ["x509 -req -CAcreateserial", () => issued(EC, EC, "-CAcreateserial")],
  ["x509 -req -set_serial 1", () => issued(EC, EC, "-set_serial", "1")],
  ["x509 -req -days 20000", () => issued(EC, EC, "-days", "20000")],
  ["x509 -req -sha512", () => issued(EC, RSA, "-sha512")],
  [
    "x509 -req -extfile, only a SAN",
    () => {
      const root = ca();
      return { leaf: signed(request(EC, ...SUBJECT), root, ...extensions(SAN)), root };
    },
  ],
  [
    "x509 -req -extfile, as usr_cert",
    () => {
      const root = ca();
      return { leaf: signed(request(RSA, ...SUBJECT), root, ...extensions(...USR_CERT, SAN)), root };
    },
  ],
  [
    "x509 -req -extfile, issuer and serial number in AKI",
    () => {
      const root = ca();
      return {
        leaf: signed(
          request(EC, ...SUBJECT),
          root,
          ...extensions("authorityKeyIdentifier=keyid:always,issuer:always", SAN),
        ),
        root,
      };
    },
  ],
  [
    "x509 -req -extfile, keyUsage of an RSA server on EC",
    () => {
      const root = ca();
      return {
        leaf: signed(request(EC, ...SUBJECT), root, ...extensions("keyUsage=digitalSignature,keyEncipherment", SAN)),
        root,
      };
    },
  ],
  [
    "x509 -req -extfile, nsCertType and a comment",
    () => {
      const root = ca();
      return {
        leaf: signed(
          request(EC, ...SUBJECT),
          root,
          ...extensions("nsCertType=server", "nsComment=Made by OpenSSL", SAN),
        ),
        root,
      };
    },
  ],
  [
    "x509 -req -extfile, distribution point and AIA",
    () => {
      const root = ca();
      const lines = [
        "crlDistributionPoints=URI:http://a.example/crl",
        "authorityInfoAccess=OCSP;URI:http://a.example/",
      ];
      return { leaf: signed(request(EC, ...SUBJECT), root, ...extensions(...lines, SAN)), root };
    },
  ],
  [
    "x509 -req, an intermediate with CA:TRUE alone",
    () => {
      const root = ca();
      const lower = signed(request(EC, "-subj", "/CN=Lower"), root, ...extensions("basicConstraints=CA:TRUE"));
      const leaf = signed(request(EC, ...SUBJECT), lower, ...extensions(SAN));
      return { leaf, pool: [lower], root };
    },
  ],
  [
    "x509 -req, an intermediate as v3_ca, path length 0",
    () => {
      const root = ca(RSA);
      const lines = ["basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=critical,keyCertSign,cRLSign"];
      const lower = signed(
        request(RSA, "-subj", "/CN=Lower"),
        root,
        ...extensions(...lines, "subjectKeyIdentifier=hash"),
      );
      return { leaf: signed(request(EC, ...SUBJECT), lower, ...extensions(SAN)), pool: [lower], root };
    },
  ],
  [
    "x509 -req, an intermediate with name constraints",
    () => {
      const root = ca();
      const lines = [
        "basicConstraints=critical,CA:TRUE",
        "nameConstraints=permitted;DNS:.example,permitted;IP:127.0.0.0/255.0.0.0",
      ];
      const lower = signed(request(EC, "-subj", "/CN=Lower"), root, ...extensions(...lines));
      return { leaf: signed(request(EC, ...SUBJECT), lower, ...extensions(SAN)), pool: [lower], root };
    },
  ],
  [
    "ca, usr_cert and a SAN",
    () => {
      const root = ca();
      return { leaf: byCa(request(EC, ...SUBJECT), root, ...extensions(...USR_CERT, SAN)), root };
    },
  ],
  [
    "ca -extensions v3_ca for an intermediate",
    () => {
      const root = ca();
      const lower = byCa(
        request(EC, "-subj", "/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd/CN=Lower"),
        root,
        "-extensions",
        "v3_ca",
      );
      return { leaf: signed(request(EC, ...SUBJECT), lower, ...extensions(SAN)), pool: [lower], root };
    },
  ],
  [
    "ca -days 20000 -md sha384",
    () => {
      const root = ca();
      return { leaf: byCa(request(EC, ...SUBJECT), root, "-days", "20000", "-md", "sha384", ...extensions(SAN)), root };
    },
  ],
];

describe.skipIf(!hasOpenssl)("made by openssl with its default configuration", () => {
  beforeAll(() => {
    mkdirSync(join(folder, "demoCA/newcerts"), { recursive: true });
    writeFileSync(join(folder, "demoCA/index.txt"), "");
    writeFileSync(join(folder, "demoCA/index.txt.attr"), "unique_subject = no\n");
    writeFileSync(join(folder, "demoCA/serial"), "01\n");
  });

  test.each(WAYS)("%s", async (_, make) => {
    const { leaf, pool = [], root } = make();
    const read = (file: string): Certificate => Certificate.fromPem(openssl("x509", "-in", `${file}.pem`));
    writeFileSync(join(folder, "pool.pem"), pool.map((file) => openssl("x509", "-in", `${file}.pem`)).join(""));
    const untrusted = pool.length === 0 ? [] : ["-untrusted", "pool.pem"];
    // Throws if OpenSSL refuses its own work: then nothing is shown.
    openssl(
      "verify",
      "-purpose",
      "sslserver",
      "-verify_hostname",
      NAME,
      "-CAfile",
      `${root}.pem`,
      ...untrusted,
      `${leaf}.pem`,
    );
    const input = { leaf: read(leaf), intermediates: pool.map(read), trust: [read(root)], purpose: "server" } as const;
    expect((await verifyPath({ ...input, name: NAME })).chain).toHaveLength(leaf === root ? 1 : pool.length + 2);
    expect((await verifyPath({ ...input, name: "127.0.0.1" })).name?.presented).toBe("IP Address:127.0.0.1");
  });
});
