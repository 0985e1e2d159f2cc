// The child's side of a conversation.

import process from "node:process";
import { createInterface } from "node:readline";

/** Obeys orders until the input ends, several at a time; then ends the process. */
export async function obey<T extends { readonly id: number }>(execute: (order: T) => Promise<object>): Promise<never> {
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line) as T;
    execute(order).then(
      (answer) => tell({ ...answer, id: order.id }),
      (error: unknown) => tell({ id: order.id, failed: wordsOf(error) }),
    );
  }
  process.exit();
}

/** Says something; with an `id`, it is the answer to that order. */
export function tell(said: object): void {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? `${error.code}: ${error.message}` : error.message;
}
