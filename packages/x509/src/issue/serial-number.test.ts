// Serial numbers: random by default, or the caller's.

import { describe, expect, test } from "vitest";
import { newCa } from "../../test/authority.ts";
import { KeyPair } from "../index.ts";

describe("REQ-12: serial numbers", () => {
  test("16 random octets, positive, all different", async () => {
    const keyPair = await KeyPair.generate();
    const serials = await Promise.all(
      Array.from({ length: 100 }, async () => (await newCa({ keyPair })).serialNumberHex),
    );
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(new Set(serials).size).toBe(100);
  });

  test.each([1n, 127n, 128n, (1n << 159n) - 1n])("%i is written as it is", async (serialNumber) => {
    const ca = await newCa({ serialNumber });
    expect(ca.serialNumber).toBe(serialNumber);
    expect(ca.deviations).toEqual([]);
  });

  test.each([0n, -1n, 1n << 159n, 1, "1", true, null])("%s is refused", async (serialNumber) => {
    await expect(newCa({ serialNumber: serialNumber as never })).rejects.toMatchObject({
      code: "SERIAL_INVALID",
      details: { serialNumber: String(serialNumber) },
    });
  });
});
