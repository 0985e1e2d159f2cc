/** Runs tools of the operating system through node:child_process. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, win32 } from "node:path";
import type { Readable } from "node:stream";
import type { CommandLimits, CommandResult, CommandRunner } from "./trust-platform.ts";

/** Enough for a message. */
const MAX_STDERR = 16_384;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The commands of every runtime that has `node:child_process`. */
export const nodeCommands: CommandRunner = {
  async run(program, args, limits) {
    if (!isAbsolute(program)) {
      // To any other system than Windows this is a name, which it would look for wherever PATH says.
      if (win32.isAbsolute(program)) return undefined;
      throw new Error(`${program} is no absolute path`);
    }
    const child = spawn(program, [...args], { shell: false, windowsHide: true, stdio: ["ignore", "pipe", "pipe"] });
    try {
      return await finish(child, limits);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  },

  async withTemporaryFile(use) {
    // mkdtemp makes a directory that nobody else can enter.
    const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
    try {
      return await use(join(directory, "output"));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

function finish(child: Child, { maxBytes, timeout }: CommandLimits): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let stderr = "";
    const fail = (error: Error): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`it ran for more than ${timeout} ms`)), timeout);
    child.on("error", fail);
    child.stdout.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > maxBytes) fail(new Error(`it wrote more than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      stderr = (stderr + text).slice(0, MAX_STDERR);
    });
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode: exitCode ?? undefined, stdout: new Uint8Array(Buffer.concat(chunks)), stderr });
    });
  });
}
