// The openssl command as a peer, in a directory of its own.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a command said. */
export interface OpensslResult {
  readonly ok: boolean;
  readonly output: string;
}

/** A scratch directory in which openssl runs. Dispose of it after use. */
export class Openssl {
  readonly directory: string = mkdtempSync(join(tmpdir(), "tlskit-"));

  /** Runs openssl with these arguments; files are named relative to the directory. */
  run(...args: readonly string[]): OpensslResult {
    const { status, stdout, stderr } = spawnSync("openssl", args, { cwd: this.directory, encoding: "utf8" });
    return { ok: status === 0, output: stdout + stderr };
  }

  /** As {@link Openssl.run}; throws if it fails. */
  must(...args: readonly string[]): string {
    const { ok, output } = this.run(...args);
    if (!ok) throw new Error(`openssl ${args.join(" ")}\n${output}`);
    return output;
  }

  /** What `openssl verify -x509_strict` says of a leaf, all in PEM: `leaf.pem: OK`, or what is wrong. */
  verify(files: Readonly<Record<"root" | "chain" | "leaf", string>>, ...more: readonly string[]): string {
    for (const [name, pem] of Object.entries(files)) this.write(`${name}.pem`, pem);
    const args = ["-x509_strict", "-CAfile", "root.pem", "-untrusted", "chain.pem"];
    return this.run("verify", ...args, ...more, "leaf.pem").output;
  }

  write(name: string, contents: string | Uint8Array): void {
    writeFileSync(join(this.directory, name), contents);
  }

  read(name: string): Uint8Array {
    return readFileSync(join(this.directory, name));
  }

  text(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
