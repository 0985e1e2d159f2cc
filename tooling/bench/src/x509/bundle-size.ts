// Size: what a bundler (esbuild, minifying) makes of a small program, compressed with gzip, in kB of 1000 bytes. All
// that the program loads at start counts; what it would load later, on demand, does not.

import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const programs = {
  parseOurs: `import { Certificate } from "@tlskit/x509";
    export const read = (pem) => { const { subject, notAfter, subjectAltName } = Certificate.fromPem(pem); return [subject.CN, notAfter, subjectAltName]; };`,
  readBasicOurs: `import { BasicCertificate } from "@tlskit/x509";
    export const read = (pem) => { const { subject, notAfter, subjectAltName } = BasicCertificate.fromPem(pem); return [subject.CN, notAfter, subjectAltName]; };`,
  parsePeculiar: `import "reflect-metadata"; import { X509Certificate } from "@peculiar/x509";
    export const read = (pem) => { const c = new X509Certificate(pem); return [c.subject, c.notAfter, c.extensions]; };`,
  parseFidm: `import { Certificate } from "@fidm/x509";
    export const read = (pem) => { const c = Certificate.fromPEM(pem); return [c.subject.commonName, c.validTo, c.dnsNames]; };`,
  issueOurs: `import { Certificate, PrivateCertificate } from "@tlskit/x509";
    export const read = (pem) => Certificate.fromPem(pem).subject.CN;
    export const make = (name) => PrivateCertificate.selfSigned({ subjectAltName: [name] });`,
  issuePeculiar: `import "reflect-metadata"; import { X509Certificate, X509CertificateGenerator } from "@peculiar/x509";
    export const read = (pem) => new X509Certificate(pem).subject;
    export const make = (options) => X509CertificateGenerator.createSelfSigned(options);`,
};

/** The compressed size of one of the programs, in kB. */
export async function bundleSize(program: keyof typeof programs): Promise<number> {
  const here = dirname(fileURLToPath(import.meta.url));
  const { outputFiles, metafile } = await build({
    stdin: { contents: programs[program], resolveDir: here, sourcefile: "program.js" },
    ...{ bundle: true, minify: true, splitting: true, write: false, metafile: true },
    ...{ format: "esm", platform: "node", target: "es2023", outdir: here, logLevel: "error" },
    absWorkingDir: here,
  });
  const loaded = new Set<string>();
  const visit = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? []) {
      if (external !== true && kind !== "dynamic-import") visit(path);
    }
  };
  for (const [name, { entryPoint }] of Object.entries(metafile.outputs)) if (entryPoint === "program.js") visit(name);
  const files = outputFiles.filter(({ path }) => loaded.has(relative(here, path)));
  return files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0) / 1000;
}
