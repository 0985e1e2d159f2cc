import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClearRecords } from "./clear-records.ts";

const record = (type: number, ...body: readonly number[]): number[] => [
  ...[type, 3, 1, body.length >> 8, body.length & 0xff],
  ...body,
];
const hello = (version: number): number[] =>
  record(22, 1, 0, 0, 34, version >> 8, version & 0xff, ...new Array<number>(32).fill(7));
const alert = record(21, 2, 48);
const serverHello = record(22, 2, 0, 0, 34, 3, 3, ...new Array<number>(32).fill(7));
const encrypted = record(23, 1, 2, 3);

/** What is seen of these bytes, in pieces of any size. */
function seen(bytes: readonly number[], pieces: readonly number[] = []): object {
  const records = new ClearRecords();
  let at = 0;
  for (const size of [...pieces, bytes.length]) {
    records.take(new Uint8Array(bytes.slice(at, at + size)));
    at += size;
  }
  const { alert: last, isTls, helloVersion } = records;
  return { alert: last, isTls, helloVersion };
}

describe("ClearRecords", () => {
  test.each([
    ["nothing", [], { alert: null, isTls: false, helloVersion: null }],
    ["a hello of TLS 1.1", hello(0x0302), { alert: null, isTls: true, helloVersion: 0x0302 }],
    ["a hello and an alert", [...hello(0x0303), ...alert], { alert: "unknown_ca", isTls: true, helloVersion: 0x0303 }],
    ["a server's hello", serverHello, { alert: null, isTls: true, helloVersion: null }],
    ["an alert at once", alert, { alert: "unknown_ca", isTls: true, helloVersion: null }],
    ["an alert after encryption", [...encrypted, ...alert], { alert: null, isTls: true, helloVersion: null }],
    ["a hello that is too short", record(22, 1, 0, 0, 0), { alert: null, isTls: true, helloVersion: null }],
    ["a second hello", [...alert, ...hello(0x0301)], { alert: "unknown_ca", isTls: true, helloVersion: null }],
    ["text", [...new TextEncoder().encode("220 mail")], { alert: null, isTls: false, helloVersion: null }],
  ])("%s", (_, bytes, expected) => {
    expect(seen(bytes)).toEqual(expected);
  });

  test("it does not matter in which pieces the bytes come", () => {
    const parts = fc.constantFrom(hello(0x0302), hello(0x0303), alert, serverHello, encrypted, [20, 3, 3, 0, 1, 1]);
    fc.assert(
      fc.property(fc.array(parts), fc.array(fc.nat(50)), (records, pieces) => {
        const bytes = records.flat();
        expect(seen(bytes, pieces)).toEqual(seen(bytes));
      }),
    );
  });

  test("any bytes are read to their end", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void seen([...bytes])));
  });
});
