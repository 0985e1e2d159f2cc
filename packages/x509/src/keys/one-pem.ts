// The one block that is wanted out of a PEM text.

import { isBytes } from "../bytes.ts";
import { X509Error } from "../error.ts";
import { type PemBlock, pemDecode } from "../pem.ts";

/**
 * The only block with one of these labels; other blocks beside it are passed over.
 *
 * @throws X509Error ARGUMENT_INVALID, PEM_NO_BLOCK, PEM_WRONG_LABEL, PEM_MULTIPLE_BLOCKS
 */
export function readOnePem(text: string | Uint8Array, labels: readonly string[]): PemBlock {
  if (typeof text !== "string" && !isBytes(text)) {
    const details = { argument: "text", expected: "a string or a Uint8Array" };
    throw new X509Error("ARGUMENT_INVALID", `expected PEM as a string or a Uint8Array, got ${typeof text}`, details);
  }
  const blocks = pemDecode(text);
  const [found, second, ...more] = blocks.filter((block) => labels.includes(block.label));
  const expected = labels.join(" or ");
  if (second !== undefined) {
    const count = 2 + more.length;
    throw new X509Error("PEM_MULTIPLE_BLOCKS", `expected one ${expected} block, found ${count}`, {
      line: second.line,
      label: second.label,
      count,
    });
  }
  if (found !== undefined) return found;
  const [first] = blocks;
  if (first === undefined) {
    throw new X509Error("PEM_NO_BLOCK", `no PEM block in the text: expected ${expected}`, { label: expected });
  }
  throw new X509Error("PEM_WRONG_LABEL", `expected ${expected}, found ${first.label} on line ${first.line}`, {
    line: first.line,
    label: first.label,
    expected,
  });
}
