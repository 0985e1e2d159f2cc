// The one block that is wanted out of a PEM text.

import { noBlock, type PemBlock, pemDecode, severalBlocks, wrongLabel } from "../pem/pem.ts";

/**
 * The only block with one of these labels; other blocks beside it are passed over.
 *
 * @param expected what is said to be expected; not all that is looked for can also be read
 * @throws X509Error ARGUMENT_INVALID, PEM_NO_BLOCK, PEM_WRONG_LABEL, PEM_MULTIPLE_BLOCKS
 */
export function readOnePem(
  text: string | Uint8Array,
  labels: readonly string[],
  expected: string = labels.join(" or "),
): PemBlock {
  const [found, second, ...more] = readAllPem(text, labels, expected);
  if (second !== undefined) {
    throw severalBlocks(second.label, second.line, expected, 2 + more.length);
  }
  return found;
}

/**
 * All blocks with one of these labels, at least one; other blocks beside them are passed over.
 *
 * @throws X509Error PEM_NO_BLOCK, PEM_WRONG_LABEL
 */
export function readAllPem(
  text: string | Uint8Array,
  labels: readonly string[],
  expected: string = labels.join(" or "),
): [PemBlock, ...PemBlock[]] {
  const blocks = pemDecode(text);
  const [found, ...more] = blocks.filter((block) => labels.includes(block.label));
  if (found !== undefined) return [found, ...more];
  const [first] = blocks;
  throw first === undefined ? noBlock(text, expected) : wrongLabel(first.label, first.line, expected);
}
