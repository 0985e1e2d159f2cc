// The readers of @tlskit/x509/containers, and of encrypted keys, for `pnpm fuzz x509`. The passphrase of all seeds is "x".

import { readFileSync } from "node:fs";
import { decryptPkcs8, readPkcs7, readPkcs12, writePkcs7 } from "../../src/containers/index.ts";
import { readPfx, writePfx } from "../../src/containers/pfx.ts";
import { computeMac } from "../../src/containers/pkcs12-mac.ts";
import { Certificate, KeyPair, X509Error } from "../../src/index.ts";
import * as seeds from "./seeds.ts";

const files = ["pkcs12-modern.der", "pkcs12-triple-des.der", "pkcs12-clear.der"].map(seedFile);
const certificates = seeds.certificates.slice(0, 2).map((der) => Certificate.fromDer(der));
const bundle = writePkcs7({ certificates, crls: seeds.crls });

/** Few enough iterations for an input to be quick, whatever it claims. */
const options = { legacy: true, maxIterations: 5000, insecurelyAllowMissingMac: true } as const;

/** As the other targets: true if accepted, false if refused by an error with a code. */
export const containerTargets: readonly {
  readonly name: string;
  readonly kind: "der" | "text";
  readonly seeds: readonly Uint8Array[];
  readonly check: (input: Uint8Array) => Promise<boolean>;
}[] = [
  { name: "pkcs12", kind: "der", seeds: files, check: (input) => accepts(() => readPkcs12(input, "x", options)) },
  {
    // Behind a MAC that is right: what a malicious writer can send.
    name: "pkcs12-contents",
    kind: "der",
    seeds: files.map((file) => readPfx(file).content),
    check: (input) => accepts(async () => readPkcs12(writePfx(input, await computeMac(input, "x", 1)), "x", options)),
  },
  {
    name: "pkcs7",
    kind: "der",
    seeds: [bundle],
    check: (input) =>
      accepts(async () => {
        const contents = readPkcs7(input);
        const again = readPkcs7(writePkcs7(contents));
        const ids = (of: typeof contents) => of.certificates.map(({ id }) => id).join();
        if (ids(contents) !== ids(again) || again.crls.length !== contents.crls.length) throw new Error("not the same");
      }),
  },
  {
    name: "encrypted-pkcs8",
    kind: "der",
    seeds: [seedFile("encrypted-private-key.der")],
    check: (input) => accepts(() => decryptPkcs8(input, "x", { legacy: true, maxIterations: 5000 })),
  },
  {
    name: "encrypted-by-header",
    kind: "text",
    seeds: [seedFile("encrypted-by-header.pem")],
    check: (input) => accepts(() => KeyPair.fromPem(input, { passphrase: "x", legacy: true })),
  },
];

async function accepts(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (!X509Error.is(error)) throw error;
    // Serialising it must work, too.
    JSON.stringify(error);
    return false;
  }
}

function seedFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, import.meta.url)));
}
