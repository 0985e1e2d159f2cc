import { expect, test } from "vitest";
import vector from "../../test/rfc9579.json" with { type: "json" };
import { readPkcs12 } from "./index.ts";

const file = Uint8Array.from(atob(vector.file.join("")), (character) => character.charCodeAt(0));

test("RFC 9579 appendix A.1", async () => {
  const { identities, certificates } = await readPkcs12(file, "1234");
  expect(identities.map(({ publicKey }) => publicKey.label)).toEqual(["2048-bit RSA"]);
  expect(certificates).toEqual([]);
  await expect(readPkcs12(file, "12345")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
});

test("RFC 9579 appendix A.4 to A.6: other iterations, another salt, no key length", async () => {
  const from = file.length - 128;
  const change = (at: number, byte: number) => file.map((old, index) => (index === at ? byte : old));
  const find = (...wanted: readonly number[]) => {
    for (let at = from; at < file.length; at++) if (wanted.every((byte, index) => file[at + index] === byte)) return at;
    throw new Error("not in the vector");
  };
  const iterations = find(2, 2, 8, 0);
  await expect(readPkcs12(change(iterations + 3, 1), "1234")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
  await expect(readPkcs12(change(iterations - 1, 0), "1234")).rejects.toMatchObject({ code: "KEY_WRONG_PASSPHRASE" });
  // The INTEGER of the key length made a NULL would not be DER: as a length of 1 it is too short.
  await expect(readPkcs12(change(find(2, 1, 32) + 2, 1), "1234")).rejects.toMatchObject({ code: "KEY_INVALID" });
});
