import { rootCertificates } from "node:tls";
import { Certificate, pemEncode } from "@tlskit/x509";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BundleBlock, readPemBundle } from "./pem-bundle.ts";

const pems = rootCertificates.slice(0, 5).map((pem) => Certificate.fromPem(pem).toPem());
const [first = "", second = ""] = pems;

function read(text: string): BundleBlock[] {
  return [...readPemBundle(new TextEncoder().encode(text))];
}

/** `line` of every block, with the id or the error code. */
function summary(text: string): [number, string][] {
  return read(text).map((block) => [block.line, "error" in block ? block.error.code : block.certificate.id]);
}

const ids = pems.map((pem) => Certificate.fromPem(pem).id);

test("reads certificates with the line of each, between prose and in any line ending", () => {
  const lines = first.split("\n").length - 1;
  for (const [end, name] of [
    ["\n", "LF"],
    ["\r\n", "CRLF"],
    ["\r", "CR"],
  ] as const) {
    const text = `# a comment\n${first}\n  prose -----BEGIN here----- \n${second}`.replaceAll("\n", end);
    expect(summary(text), name).toEqual([
      [2, ids[0]],
      [lines + 4, ids[1]],
    ]);
  }
});

test("a damaged block costs that block only, and its error names the line in the file", () => {
  const damaged = second.replace(/\n(.)/, "\n*");
  const blocks = read(`\n\n${first}${damaged}${first}`);
  expect(blocks.map((block) => "error" in block)).toEqual([false, true, false]);
  const [, bad] = blocks;
  const beginLine = 2 + first.split("\n").length;
  expect(bad?.line).toBe(beginLine);
  expect(bad !== undefined && "error" in bad && bad.error.toJSON()).toMatchObject({
    code: "PEM_BAD_BASE64",
    details: { line: beginLine + 1 },
  });
});

test("an unterminated block costs that block only", () => {
  const open = second.slice(0, second.indexOf("-----END"));
  expect(summary(open + first).map(([, what]) => what)).toEqual(["PEM_UNTERMINATED", ids[0]]);
  expect(summary(first + open).map(([, what]) => what)).toEqual([ids[0], "PEM_UNTERMINATED"]);
});

test("blocks that lost their line ends are read, alone and beside others, as x509 reads them", () => {
  const flat = (pem: string, by: string): string => pem.replaceAll("\n", by);
  for (const by of ["", " "]) {
    expect(summary(flat(first, by))).toEqual([[1, ids[0]]]);
    expect(summary(`${flat(first, by)}${flat(second, by)}`)).toEqual([
      [1, ids[0]],
      [1, ids[1]],
    ]);
    const lines = first.split("\n").length - 1;
    expect(summary(`${first}${flat(second, by)}\n${first}`)).toEqual([
      [1, ids[0]],
      [lines + 1, ids[1]],
      [lines + 2, ids[0]],
    ]);
  }
  expect(
    summary(`prose -----BEGIN CERTIFICATE----- and prose\n-----BEGIN CERTIFICATE----- is a line\n${first}`),
  ).toEqual([[3, ids[0]]]);
});

test("what is no certificate is skipped with the reason", () => {
  const der = Certificate.fromPem(first).der;
  const text = [
    pemEncode("TRUSTED CERTIFICATE", der),
    pemEncode("TRUSTED CERTIFICATE", Uint8Array.from([...der, 0x31, 0])),
    pemEncode("PRIVATE KEY", Uint8Array.of(0x30, 0)),
    pemEncode("X509 CRL", Uint8Array.of(0x30, 0)),
    pemEncode("CERTIFICATE", Uint8Array.of(0x30, 0)),
    pemEncode("CERTIFICATE", der.subarray(0, 100)),
    pemEncode("X509 CERTIFICATE", der),
  ].join("");
  const blocks = read(text);
  expect(blocks.map((block) => ("error" in block ? block.error.code : "ok"))).toEqual([
    "ok",
    "DER_UNEXPECTED_TAG",
    "TRUST_BLOCK_SKIPPED",
    "TRUST_BLOCK_SKIPPED",
    expect.stringMatching(/^(DER|CERTIFICATE)_/),
    expect.stringMatching(/^(DER|CERTIFICATE)_/),
    "ok",
  ]);
});

test("any text gives blocks or nothing, and never an exception", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...pems,
      "-----BEGIN CERTIFICATE-----\n",
      "-----END CERTIFICATE-----\n",
      "-----BEGIN X-----",
      "\r",
      "\n",
    ),
    fc.string({ unit: "binary" }),
    fc.base64String(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      for (const block of read(pieces.join(""))) {
        expect(block.line).toBeGreaterThan(0);
        expect("error" in block || ids.includes(block.certificate.id)).toBe(true);
      }
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => [...readPemBundle(bytes)].length >= 0));
});

test("work grows with the text, not with its square: many markers are read one by one", () => {
  const blocks = read("-----BEGIN CERTIFICATE-----\n".repeat(20_000));
  expect(blocks).toHaveLength(20_000);
  expect(blocks.every((block) => "error" in block)).toBe(true);
  const oneLine = read("-----BEGIN CERTIFICATE----------END CERTIFICATE-----".repeat(20_000));
  expect(oneLine.every((block) => "error" in block)).toBe(true);
});
