import { PrivateCertificate } from "@tlskit/x509";
import { CertificateOptions } from "../certificate-options.ts";
import { OptionsError } from "../error.ts";
import { type FileReader, readFileWith } from "../input/read-file.ts";
import { ContextFactory } from "./context-factory.ts";

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
   * Reads both files, PEM, by path or `file:` URL, and checks that key and certificate belong together. Further certificates in either file
   * become the chain.
   *
   * @throws OptionsError OPTION_FILE_UNREADABLE with the file's name
   * @throws X509Error for contents that cannot be used; KEY_MISMATCH
   */
  static async load<File extends string | URL>(
    keyFile: File,
    certificateFile: File,
    readFile: FileReader<File>,
  ): Promise<DefaultOpenSSLContextFactory> {
    const certificates = await readFileWith(readFile, certificateFile);
    const key = String(keyFile) === String(certificateFile) ? "" : await readFileWith(readFile, keyFile);
    const identity = await PrivateCertificate.fromPem(`${certificates}\n${key}`);
    return new DefaultOpenSSLContextFactory(new CertificateOptions({ identity }));
  }

  override getContext(): CertificateOptions {
    return this.#options;
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
