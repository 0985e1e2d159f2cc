// The root store of the machine, read by each library: what they tell must be what we tell.

import { existsSync, readFileSync } from "node:fs";
import { Certificate } from "@tlskit/x509";
import { describe, expect, test } from "vitest";
import { ourFacts, told } from "./facts.ts";
import { forgeFacts } from "./forge.ts";
import { peculiarFacts } from "./peculiar.ts";
import { pkijsFacts } from "./pkijs.ts";

const file = "/etc/ssl/certs/ca-certificates.crt";

describe.skipIf(!existsSync(file))("the machine's roots", () => {
  const roots = existsSync(file) ? Certificate.allFromPem(readFileSync(file)) : [];

  test("@peculiar/x509 reads the same in all of them", () => {
    for (const root of roots) expect(ourFacts(root), String(root)).toMatchObject(told(peculiarFacts(root.der)));
  });

  test("pkijs reads the same in all of them", () => {
    for (const root of roots) expect(ourFacts(root), String(root)).toMatchObject(told(pkijsFacts(root.der)));
  });

  test("node-forge reads the same in those with RSA keys", () => {
    const rsa = roots.filter(({ publicKey }) => publicKey.type === "rsa");
    expect(rsa.length).toBeGreaterThan(50);
    for (const root of rsa) expect(ourFacts(root), String(root)).toMatchObject(told(forgeFacts(root.der)));
  });
});
