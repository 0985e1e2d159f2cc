// Documentation that is not run goes stale: every TypeScript block of every README runs here, as a reader would run it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { packageNames, root } from "../src/entry-points.ts";

// Inside the package, so that the examples resolve @tlskit/* as a user's project does.
const folder = fileURLToPath(new URL("../.reports/examples", import.meta.url));
mkdirSync(folder, { recursive: true });

/** What examples print, where it is more than a run without errors: their comments and the text around them say so. */
const prints: Readonly<Record<string, readonly RegExp[]>> = {
  "README.md 1": [/^TLSv1\.3 <Certificate subject="localhost"/],
  "README.md 2": [/^UNKNOWN_ISSUER: [\s\S]*CERTIFICATE_EXPIRED: [\s\S]*NAME_/],
  "packages/options/README.md 1": [
    /^xn--bcher-kva\.example\nTLSv1\.3 TLSv1\.2\nTLS_VERSION_INSECURE .*insecurelyLowerMinimumTo/,
  ],
  "packages/options/README.md 2": [
    /^\{"ticketSecret":"\[secret\]","rotateAfter":3600\}\nThere is no option requestCert; .*"require"\.\n$/,
  ],
  "packages/options/README.md 3": [
    /^ECDHE-ECDSA-AES256-GCM-SHA384 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\nfalse\nNo cipher .* Did you mean HIGH\?\n$/,
  ],
  "packages/testing/README.md 1": [/^true\n$/],
  "packages/testing/README.md 2": [/^passed\n$/],
  "packages/tls/README.md 1": [/^hello 2\n$/],
  "packages/tls/README.md 2": [/^alice@example\.org\n$/],
  "packages/tls/README.md 3": [/^\[ 'localhost', 'other\.localhost' \]\nhello from localhost\n$/],
  "packages/tls/README.md 4": [/Common Name: nas\.example[\s\S]*\nSELF_SIGNED: [^\n]*\nNAME_MISMATCH: [^\n]*\n$/],
  "packages/tls/README.md 5": [/^220-mail\.example\s+220 ready\s+STARTTLS\s+220 go ahead\s+TLSv1\.3\n$/],
  "packages/tls/README.md 6": [/^localhost TLSv1\.3\n$/],
  "packages/transport-bun/README.md 2": [/^hello over TLS\n$/],
  "packages/transport-deno/README.md 2": [/^hello\n$/],
  "packages/transport-node/README.md 2": [/^hello alice@example\.org\n$/],
  "packages/transport-node/README.md 3": [/^200 hello\n$/],
  "packages/trust/README.md 1": [/^\d+ roots from .*\ntrusted: found in .*\ntrue\n$/],
  "packages/trust/README.md 2": [/^TRUST_SOURCE_MISSING\n$/],
  "packages/trust/README.md 3": [/^2 true 1 2\n$/],
  "packages/trust/README.md 4": [/^true\n$/],
  "packages/trust/README.md 5": [/^127\.0\.0\.1:\d+ shows sha256\/\S{44} for the first time\ntrue\ntrue\n$/],
  "packages/verify/README.md 2": [/^0 CERTIFICATE_REVOKED .*\(keyCompromise\)\.\n$/],
  "packages/verify/README.md 1": [
    /example\.com/,
    /expired on .*Renew the certificate/,
    /is for DNS:example\.com, not for DNS:example\.org/,
  ],
  "packages/x509/README.md 3": [
    /\[ \{ type: 'dns', value: 'localhost' \} \] Example CA\n2\n/,
    /KEY_WRONG_PASSPHRASE \{ line: /,
  ],
  "packages/x509/README.md 4": [/^keyCompromise\ntrue \d+\ntryLater\n$/],
  "packages/x509/README.md 5": [
    /^CN=www\.example\.org,O=Example \[ \{ type: 'dns', value: 'www\.example\.org' \} \]\nREQUEST_REJECTED\n<PrivateCertificate/,
  ],
  "packages/x509/README.md 6": [
    /location: \{ type: 'uri', value: 'http:\/\/ocsp\.example\.org\/' \}[\s\S]*\] \[ 5 \]\n/,
    /<Extension basicConstraints, critical: not a CA>,[\s\S]*<Extension tlsFeature: status_request>/,
  ],
  "packages/x509/README.md 7": [/^true\n<KeyPair ECDSA P-256 [0-9a-f]+> 7\d\n$/],
  "packages/x509/README.md 2": [/^\[ 'Example CA' \] \[ '1\.3\.6\.1\.5\.5\.7\.3\.2' \]\ntrue\n$/],
  "packages/x509/README.md 1": [/Subject Alternative Name: DNS:localhost, IP Address:::1/, /PEM_BAD_BASE64 \{ line: 2/],
};

const readmes = ["README.md", ...packageNames.map((name) => `packages/${name}/README.md`)];

describe.each(readmes)("%s", (readme) => {
  const blocks = [...readFileSync(join(root, readme), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    (m) => m[1] ?? "",
  );

  test("has an example", () => expect(blocks.length).toBeGreaterThan(0));

  test.each(blocks.map((block, index) => [index + 1, block] as const))("example %i runs", (index, block) => {
    const file = join(folder, `${readme.replace(/[/.]/g, "-")}-${index}.ts`);
    writeFileSync(file, `${block}\nexport {};\n`);
    const [command, ...args] = runtimeOf(readme);
    const ran = spawnSync(join(root, "node_modules/.bin", command), [...args, "--conditions=@tlskit/source", file], {
      cwd: folder,
      encoding: "utf8",
      timeout: 280_000,
    });
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    for (const text of prints[`${readme} ${index}`] ?? []) expect(ran.stdout).toMatch(text);
  });
});

/** An adapter's examples are for its own runtime; all others run on Node. */
function runtimeOf(readme: string): [command: string, ...args: string[]] {
  if (readme.includes("transport-bun")) return ["bun"];
  if (readme.includes("transport-deno")) return ["deno", "run", "-A"];
  return ["node"];
}
