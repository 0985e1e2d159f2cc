import { existsSync } from "node:fs";
import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodePlatform } from "./node-platform.ts";
import { platform as web } from "./web.ts";

const { fileSystem } = nodePlatform();
const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
afterAll(() => rm(directory, { recursive: true }));

describe("the file system of node:fs", () => {
  test("reads a file up to the limit, and not a byte more", async () => {
    const file = join(directory, "file");
    await writeFile(file, "x".repeat(1000));
    for (const limit of [1000, 1001, 5000]) expect(await fileSystem.readFile(file, limit)).toHaveLength(1000);
    for (const limit of [0, 1, 999]) await expect(fileSystem.readFile(file, limit)).rejects.toThrow("larger than");
  });

  test.skipIf(!existsSync("/proc/self/maps"))(
    "reads a file that reports no size, and stops it at the limit",
    async () => {
      expect(await fileSystem.status("/proc/self/maps")).toEqual({ kind: "file", size: 0 });
      expect((await fileSystem.readFile("/proc/self/maps", 10_000_000)).length).toBeGreaterThan(1000);
      await expect(fileSystem.readFile("/proc/self/maps", 1000)).rejects.toThrow("larger than 1000 bytes");
    },
  );

  test("lists no more of a directory than it should", async () => {
    const crowded = await mkdtemp(join(directory, "crowded-"));
    await Promise.all(Array.from({ length: 20 }, (_, index) => writeFile(join(crowded, String(index)), "")));
    expect(await fileSystem.readDirectory(crowded, 20)).toHaveLength(20);
    await expect(fileSystem.readDirectory(crowded, 19)).rejects.toThrow("more than 19 entries");
    await expect(fileSystem.readDirectory(join(crowded, "1"), 19)).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  test("tells what is there, through links, and what is not", async () => {
    await writeFile(join(directory, "target"), "1234");
    await symlink("target", join(directory, "link"));
    await symlink("nowhere", join(directory, "dangling"));
    await symlink("loop", join(directory, "loop"));
    expect(await fileSystem.status(join(directory, "link"))).toEqual({ kind: "file", size: 4 });
    expect(await fileSystem.status(directory)).toMatchObject({ kind: "directory" });
    expect(await fileSystem.status("/dev/null")).toMatchObject({ kind: "other" });
    expect(await fileSystem.status(join(directory, "dangling"))).toBeUndefined();
    expect(await fileSystem.status(join(directory, "target/below"))).toBeUndefined();
    await expect(fileSystem.status(join(directory, "loop"))).rejects.toMatchObject({ code: "ELOOP" });
    await expect(fileSystem.readFile(directory, 10)).rejects.toThrow();
    await expect(fileSystem.readFile("/dev/zero", 10)).rejects.toThrow("not a regular file");
  });
});

test("without a file system every question is answered by what to do instead", async () => {
  const { status, readFile, readDirectory } = web.fileSystem;
  for (const ask of [() => status("/"), () => readFile("/", 1), () => readDirectory("/", 1)]) {
    await expect(ask()).rejects.toMatchObject({ code: "PLATFORM_UNSUPPORTED" });
  }
  expect(web.environment("SSL_CERT_FILE")).toBeUndefined();
  expect(await web.runtimeCertificates("bundled")).toBeUndefined();
});

describe("the commands of node:child_process", () => {
  const { commands } = nodePlatform();
  const limits = { maxBytes: 1000, timeout: 60_000 };

  test("runs a program without a shell, and gives what it wrote and how it ended", async () => {
    const result = await commands.run("/bin/echo", ["$HOME; exit 3"], limits);
    expect(result).toMatchObject({ exitCode: 0, stderr: "" });
    expect(new TextDecoder().decode(result?.stdout)).toBe("$HOME; exit 3\n");
    expect(await commands.run("/bin/sh", ["-c", "echo no >&2; exit 3"], limits)).toMatchObject({
      exitCode: 3,
      stderr: "no\n",
    });
    expect((await commands.run("/bin/sh", ["-c", "kill -9 $$"], limits))?.exitCode).toBeUndefined();
  });

  test("there is no such program", async () => {
    expect(await commands.run("/usr/bin/no-such-program", [], limits)).toBeUndefined();
  });

  test("a name that would be searched for is refused", async () => {
    await expect(commands.run("sh", ["-c", "true"], limits)).rejects.toThrow("no absolute path");
  });

  test.skipIf(process.platform === "win32")("elsewhere than on Windows, nothing is found by a path of it", async () => {
    const name = "C:\\Windows\\tool.exe";
    await writeFile(join(directory, name), "#!/bin/sh\necho found\n", { mode: 0o755 });
    const before = process.env.PATH;
    process.env.PATH = `${directory}:${before}`;
    try {
      expect(await commands.run(name, [], limits)).toBeUndefined();
    } finally {
      process.env.PATH = before;
    }
  });

  test("ends a program that writes too much, or runs for too long", async () => {
    await expect(commands.run("/usr/bin/yes", [], limits)).rejects.toThrow("more than 1000 bytes");
    await expect(commands.run("/bin/sleep", ["600"], { ...limits, timeout: 50 })).rejects.toThrow("more than 50 ms");
  });

  test("gives a file of its own, and takes it away", async () => {
    const path = await commands.withTemporaryFile(async (file) => {
      expect(await fileSystem.status(file)).toBeUndefined();
      expect((await stat(dirname(file))).mode & 0o077).toBe(0);
      await writeFile(file, "x");
      return file;
    });
    expect(await fileSystem.status(dirname(path))).toBeUndefined();
  });

  test("where there are none, every call says what to do instead", async () => {
    await expect(web.commands.run("/bin/true", [], limits)).rejects.toMatchObject({ code: "PLATFORM_UNSUPPORTED" });
    await expect(web.commands.withTemporaryFile(async () => 1)).rejects.toMatchObject({ code: "PLATFORM_UNSUPPORTED" });
  });
});
