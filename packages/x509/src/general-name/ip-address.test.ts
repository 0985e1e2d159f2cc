import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatIpAddress, parseIpAddress } from "./ip-address.ts";

test.each([
  ["0.0.0.0", "0.0.0.0"],
  ["255.1.2.3", "255.1.2.3"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
  ["::ffff:1.2.3.4", "::ffff:102:304"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
])("%s", (text, canonical) => {
  const octets = parseIpAddress(text);
  if (octets === undefined) expect.unreachable();
  else expect(formatIpAddress(octets)).toBe(canonical);
});

test.each([
  "127.1",
  "0x7f.0.0.1",
  "010.0.0.1",
  "256.0.0.0",
  "1.2.3.4.",
  "1.2.3",
  " 1.2.3.4",
  "1.2.3.4/8",
  "",
  ":",
  ":::",
  "1:",
  ":1",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1::2::3",
  "fe80::1%eth0",
  "12345::",
  "g::",
  "1.2.3.4::",
  "::1.2.3",
  "1:2:3:4:5:6:7:1.2.3.4",
  "[::1]",
  "1:2:3:4::5:6:7:8",
])("%s is none", (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

test("what is an address is what node:net says, but for zones", () => {
  const piece = fc.constantFrom("0", "1", "01", "255", "256", "f", "ffff", ".", ":", "::", "1.2.3.4", "g");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = pieces.join("");
      expect(parseIpAddress(text) !== undefined).toBe(isIPv4(text) || isIPv6(text));
    }),
    { numRuns: 5000 },
  );
});

test("what is formatted is parsed", () => {
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.array(fc.constantFrom(0, 0, 1, 255), { minLength: 16, maxLength: 16 }).map((array) => Uint8Array.from(array)),
  );
  fc.assert(
    fc.property(octets, (address) => {
      expect(parseIpAddress(formatIpAddress(address))).toEqual(address);
    }),
  );
});
