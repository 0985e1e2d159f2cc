import { PrivateCertificate } from "@tlskit/x509";
import { CertificateOptions } from "../certificate-options.ts";
import { shownText } from "../describe-value.ts";
import { OptionsError } from "../error.ts";
import { ContextFactory } from "./context-factory.ts";

/** Reads a whole file: `readFile` of `node:fs/promises` is one. */
export type FileReader = (file: string) => Promise<string | Uint8Array>;

/**
 * Server options from a key file and a certificate file (LEG-02), with the versions of today: Twisted's allowed SSLv3.
 *
 * @deprecated Load a `PrivateCertificate`, and give it to `new CertificateOptions({ identity })`.
 * @example
 * import { readFile } from "node:fs/promises";
 * const factory = await DefaultOpenSSLContextFactory.load("server.key", "server.pem", readFile);
 * const options = factory.getContext();
 */
export class DefaultOpenSSLContextFactory extends ContextFactory {
  readonly #options: CertificateOptions;

  /**
   * Use {@link DefaultOpenSSLContextFactory.load}: reading files takes a promise.
   *
   * @throws OptionsError LEGACY_API_REMOVED for file names
   */
  constructor(options: CertificateOptions) {
    super();
    if (!(options instanceof CertificateOptions)) throw filesNeedAPromise();
    this.#options = options;
  }

  /**
   * Reads both files, PEM, and checks that key and certificate belong together. Further certificates in either file
   * become the chain.
   *
   * @throws OptionsError LEGACY_FILE_UNREADABLE with the file's name
   * @throws X509Error for contents that cannot be used; KEY_MISMATCH
   */
  static async load(
    keyFile: string,
    certificateFile: string,
    readFile: FileReader,
  ): Promise<DefaultOpenSSLContextFactory> {
    const certificates = await readText(certificateFile, readFile);
    const key = keyFile === certificateFile ? "" : await readText(keyFile, readFile);
    const identity = await PrivateCertificate.fromPem(`${certificates}\n${key}`);
    return new DefaultOpenSSLContextFactory(new CertificateOptions({ identity }));
  }

  override getContext(): CertificateOptions {
    return this.#options;
  }
}

async function readText(file: string, readFile: FileReader): Promise<string> {
  const shown = shownText(file);
  try {
    const contents = await readFile(file);
    return typeof contents === "string" ? contents : new TextDecoder().decode(contents);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = shown === file ? reason : "it is no file name"; // The reason would repeat it.
    throw new OptionsError(
      "LEGACY_FILE_UNREADABLE",
      `${JSON.stringify(shown)} cannot be read: ${problem}`,
      { file: shown },
      { cause },
    );
  }
}

function filesNeedAPromise(): OptionsError<"LEGACY_API_REMOVED"> {
  const replacement = "await DefaultOpenSSLContextFactory.load(keyFile, certificateFile, readFile)";
  return new OptionsError(
    "LEGACY_API_REMOVED",
    `new DefaultOpenSSLContextFactory(keyFile, certificateFile) read files while everything waited. Use ${replacement}, or load a PrivateCertificate and make new CertificateOptions({ identity }).`,
    { name: "new DefaultOpenSSLContextFactory", replacement },
  );
}
