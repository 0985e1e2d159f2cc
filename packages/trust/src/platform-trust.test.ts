/** The real file system of this machine. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundle } from "../test/platform.ts";
import { refusal } from "../test/refusal.ts";
import { Tree } from "../test/tree.ts";
import { platformTrust } from "./index.ts";

describe("the real file system", () => {
  test("pipes and devices are refused at once, whoever names them", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tlskit-trust-"));
    try {
      execFileSync("mkfifo", [join(directory, "pipe")]);
      await symlink("/dev/zero", join(directory, "zero"));
      for (const file of ["pipe", "zero"]) {
        const error = await refusal(platformTrust({ environment: { SSL_CERT_FILE: join(directory, file) } }));
        expect(error.code).toBe("TRUST_SOURCE_UNREADABLE");
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission is unreadable, with the cause", async () => {
    await using tree = await Tree.make({ "/f": bundle });
    await chmod(join(tree.root, "/f"), 0);
    const error = await refusal(platformTrust({ environment: { SSL_CERT_FILE: join(tree.root, "/f") } }));
    expect(error).toMatchObject({ code: "TRUST_SOURCE_UNREADABLE", cause: { code: "EACCES" } });
  });

  const store = "/etc/ssl/certs/ca-certificates.crt";
  test.skipIf(!hasFile(store))(
    "every certificate of this machine's store is read, as OpenSSL counts them",
    async () => {
      const root = await platformTrust({ environment: {} });
      const count = readFileSync(store, "latin1").split("-----BEGIN CERTIFICATE-----").length - 1;
      expect(root.source.locations).toEqual([store]);
      expect(root.skipped).toEqual([]);
      expect(root.size).toBe(count);
      const listed = execFileSync("openssl", ["storeutl", "-noout", "-certs", store], { encoding: "utf8" });
      expect(listed).toContain(`Total found: ${count}`);
      for (const { certificate } of root) {
        expect(root.bySubject(certificate.subject).some((anchor) => anchor.certificate === certificate)).toBe(true);
      }
    },
  );
});

function hasFile(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
