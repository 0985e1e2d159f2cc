// What is measured, against whom, and what is to be reached.

import { fileURLToPath } from "node:url";
import type { Comparison } from "../compare.ts";

export const child: string = fileURLToPath(new URL("./child.ts", import.meta.url));

/** The rows, for a corpus of `count` certificates. */
export function comparisons(count: number): readonly Comparison[] {
  const read = `parse DER, read nine fields (${count} roots)`;
  const bundle = `PEM bundle of ${count} roots to certificates`;
  const memory = "memory of a kept certificate beyond its DER";
  const sign = "self-sign, ECDSA P-256";
  const request = "create a request, ECDSA P-256";
  const basic = "program that parses, BasicCertificate, gzip";
  const parse = "program that parses, Certificate, gzip";
  const issue = "program that parses and issues, gzip";
  const us = { unit: "us", scale: 1 };
  const bytes = { unit: "B", scale: 1 };
  const kB = { unit: "kB", scale: 1 };
  // The limit is for the 144 roots of Debian 12.
  const limit = (0.3 * count) / 144;
  const ms = { unit: "ms", scale: 0.001 };
  return [
    { metric: read, ours: "read:ours", theirs: "read:fidm", peer: "@fidm/x509", ...us, target: { ratio: 10 } },
    { metric: read, ours: "read:ours", theirs: "read:node", peer: "node:crypto", ...us, target: { ratio: 15 } },
    { metric: read, ours: "read:ours", theirs: "read:peculiar", peer: "@peculiar/x509", ...us, target: { ratio: 200 } },
    { metric: bundle, ours: "bundle:ours", theirs: "bundle:node", peer: "node:crypto", ...ms, target: { limit } },
    { metric: bundle, ours: "bundle:ours", theirs: "bundle:fidm", peer: "@fidm/x509", ...ms, target: { limit } },
    {
      metric: `${memory}, from PEM`,
      ours: "memory:ours",
      theirs: "memory:fidm",
      peer: "@fidm/x509",
      ...bytes,
      target: { limit: 300 },
    },
    {
      metric: `${memory}, from DER`,
      ours: "memory:ours-der",
      theirs: "memory:peculiar",
      peer: "@peculiar/x509",
      ...bytes,
      target: { limit: 300 },
    },
    {
      metric: sign,
      ours: "self-sign:ours",
      theirs: "sign:alone",
      peer: "the signature alone",
      ...us,
      target: { ratio: 0.5 },
    },
    { metric: sign, ours: "self-sign:ours", theirs: "self-sign:pkijs", peer: "pkijs", ...us, target: { ratio: 10 } },
    {
      metric: sign,
      ours: "self-sign:ours",
      theirs: "self-sign:peculiar",
      peer: "@peculiar/x509",
      ...us,
      target: { ratio: 25 },
    },
    {
      metric: request,
      ours: "request:ours",
      theirs: "request:peculiar",
      peer: "@peculiar/x509",
      ...us,
      target: { ratio: 20 },
    },
    {
      metric: "import the package",
      ours: "import:ours",
      theirs: "import:fidm",
      peer: "@fidm/x509",
      unit: "ms",
      scale: 1,
      target: { limit: 10 },
    },
    {
      metric: "import the package",
      ours: "import:ours",
      theirs: "import:peculiar",
      peer: "@peculiar/x509",
      unit: "ms",
      scale: 1,
      target: { limit: 10 },
    },
    {
      metric: basic,
      ours: "size:basic:ours",
      theirs: "size:parse:fidm",
      peer: "@fidm/x509",
      ...kB,
      target: { limit: 12 },
      fixed: true,
    },
    {
      metric: parse,
      ours: "size:parse:ours",
      theirs: "size:parse:fidm",
      peer: "@fidm/x509",
      ...kB,
      target: { limit: 12 },
      fixed: true,
    },
    {
      metric: parse,
      ours: "size:parse:ours",
      theirs: "size:parse:peculiar",
      peer: "@peculiar/x509",
      ...kB,
      target: { limit: 12 },
      fixed: true,
    },
    {
      metric: issue,
      ours: "size:issue:ours",
      theirs: "size:issue:peculiar",
      peer: "@peculiar/x509",
      ...kB,
      target: { limit: 20 },
      fixed: true,
    },
  ];
}
