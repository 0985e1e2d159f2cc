import { platform } from "#platform";
import { badArgument } from "../input/bad-argument.ts";
import { ownOptions } from "../input/own-options.ts";
import type { CommandRunner, RuntimeCertificates, TrustFileSystem, TrustPlatform } from "./trust-platform.ts";

/** What is taken from a program's surroundings; each part can be replaced. */
export interface PlatformTrustOptions {
  /** Instead of the process's environment; `SSL_CERT_FILE` and `SSL_CERT_DIR` are read, and on Windows `SystemRoot`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Instead of the runtime's file system. */
  readonly fileSystem?: TrustFileSystem | undefined;
  /** Instead of running the system's own tools, which macOS and Windows hand out their stores through. */
  readonly commands?: CommandRunner | undefined;
  /** Instead of the system the program runs on: `linux`, `freebsd`, `darwin`, `win32`. */
  readonly os?: string | undefined;
  /** Instead of the lists that the runtime brings: gives `undefined` for one that there is not. */
  readonly runtimeCertificates?: ((list: "system" | "bundled") => Promise<RuntimeCertificates | undefined>) | undefined;
}

/** The runtime's platform with the parts replaced that the caller brings. */
export function resolvePlatform(given: PlatformTrustOptions): TrustPlatform {
  // What somebody put on Object.prototype must not become the file system.
  const options = ownOptions(given, ["commands", "environment", "fileSystem", "os", "runtimeCertificates"]);
  const { runtimeCertificates } = options;
  if (runtimeCertificates !== undefined && typeof runtimeCertificates !== "function") {
    throw badArgument("options.runtimeCertificates", "a function", runtimeCertificates);
  }
  const { environment, os = platform.os } = options;
  return {
    os,
    pathDelimiter: os === "win32" ? ";" : ":",
    fileSystem: options.fileSystem ?? platform.fileSystem,
    pathOfUrl: platform.pathOfUrl,
    fileWriter: platform.fileWriter,
    commands: options.commands ?? platform.commands,
    environment: environment === undefined ? platform.environment : (name) => readVariable(environment, name),
    runtimeCertificates: options.runtimeCertificates ?? platform.runtimeCertificates,
    repeat: platform.repeat,
  };
}

function readVariable(environment: NonNullable<PlatformTrustOptions["environment"]>, name: string): string | undefined {
  // Read first: an environment that may not be read says so here.
  const value: unknown = environment[name];
  if (value === undefined || !Object.hasOwn(environment, name)) return undefined;
  if (typeof value === "string") return value;
  throw badArgument(`options.environment.${name}`, "a text", value);
}
