/** What this package asks of a runtime; the import map entry `#platform` picks the file that implements it. */

/** What a path leads to, symbolic links followed. */
export interface FileStatus {
  readonly kind: "file" | "directory" | "other";
  /** In bytes. */
  readonly size: number;
}

/** The little of a file system that reading a trust store takes. Paths are absolute, or relative to the process. */
export interface TrustFileSystem {
  /** What the path leads to, or `undefined` if nothing is there (a dangling link included). Throws whatever else is wrong. */
  status(path: string): Promise<FileStatus | undefined>;
  /** The contents of a regular file: throws if it is anything else, or holds more than `maxBytes`. Must not block on a pipe. */
  readFile(path: string, maxBytes: number): Promise<Uint8Array>;
  /** The names in a directory, in any order, without `.` and `..`. Throws if there are more than `maxNames`. */
  readDirectory(path: string, maxNames: number): Promise<readonly string[]>;
}

/** What a command may use. */
export interface CommandLimits {
  /** How much it may write to its standard output. */
  readonly maxBytes: number;
  /** How long it may run, in milliseconds. */
  readonly timeout: number;
}

/** What a command did. */
export interface CommandResult {
  /** Undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: Uint8Array;
  /** At most some kilobytes of it, as text. */
  readonly stderr: string;
}

/** Runs the tools of the operating system that hand out its trust store. */
export interface CommandRunner {
  /**
   * Runs a program, without a shell and without input, and waits for it.
   *
   * @param program an absolute path; it is not searched for
   * @returns `undefined` if there is no such program
   * @throws if it may not be run, runs for too long or writes too much; it is ended then
   */
  run(program: string, args: readonly string[], limits: CommandLimits): Promise<CommandResult | undefined>;
  /** Calls `use` with the path of a file that does not exist, in a directory of this user's alone, and removes both. */
  withTemporaryFile<T>(use: (path: string) => Promise<T>): Promise<T>;
}

/** The little of writing that remembering takes. */
export interface TrustFileWriter {
  /**
   * Makes a file with these contents, for this user alone, whole or not at all; the directory is made if it is missing.
   *
   * @returns `false`, and changes nothing, if there is one already
   */
  create(directory: string, path: string, contents: Uint8Array): Promise<boolean>;
  /** Whether there was one. */
  remove(path: string): Promise<boolean>;
}

/** A list of certificates inside a runtime. */
export interface RuntimeCertificates {
  /** How the list was got: `tls.getCACertificates("system")`. */
  readonly name: string;
  /** PEM, one certificate each. */
  readonly pem: readonly string[];
}

/** A runtime on an operating system. */
export interface TrustPlatform {
  /** `linux`, `darwin`, `win32`, `freebsd`: as `process.platform` says it. */
  readonly os: string;
  /** Stands between the paths in `SSL_CERT_DIR`: `:`, on Windows `;`. */
  readonly pathDelimiter: string;
  readonly fileSystem: TrustFileSystem;
  /** The path that a `file:` URL leads to. Throws if it leads to none here. */
  pathOfUrl(url: URL): string;
  readonly fileWriter: TrustFileWriter;
  readonly commands: CommandRunner;
  /** An environment variable. Throws if the program is not allowed to read it. */
  environment(name: string): string | undefined;
  /** The system's roots as the runtime reads them, or its own; `undefined` where this runtime offers no such list. */
  runtimeCertificates(list: "system" | "bundled"): Promise<RuntimeCertificates | undefined>;
  /** Calls back again and again, without keeping the program running; the result ends it. */
  repeat(milliseconds: number, callback: () => void): () => void;
}
