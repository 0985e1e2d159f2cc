/** Browsers and other places without a file system: nothing there can be read, and every function says so. */
import { TrustError } from "../error.ts";
import type { TrustPlatform } from "./trust-platform.ts";

/** The platform that has no store. */
export const platform: TrustPlatform = {
  os: "web",
  pathDelimiter: ":",
  fileSystem: {
    status: async () => unsupported(),
    readFile: async () => unsupported(),
    readDirectory: async () => unsupported(),
  },
  pathOfUrl: unsupported,
  fileWriter: {
    create: async () => unsupported(),
    remove: async () => unsupported(),
  },
  commands: {
    run: async () => unsupported(),
    withTemporaryFile: async () => unsupported(),
  },
  environment: () => undefined,
  runtimeCertificates: async () => undefined,
  repeat: (milliseconds, callback) => {
    const timer = setInterval(callback, milliseconds);
    return () => clearInterval(timer);
  },
};

function unsupported(): never {
  throw new TrustError(
    "PLATFORM_UNSUPPORTED",
    "This runtime has no file system to read a trust store from: load the certificates yourself and pass them to trustRootFromCertificates().",
    { platform: "web" },
  );
}
