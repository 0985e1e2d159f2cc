// Errors that nobody catches: thrown in callbacks, or in promises that nobody waits for. They end a process, and with it
// every case that was still to come; they belong to the case that was running.

import process from "node:process";

/** Runs `use` while every error that nobody catches is given to `tell`, and does not end the process. */
export async function withStrayErrors<T>(tell: (error: unknown) => void, use: () => Promise<T>): Promise<T> {
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
  try {
    const result = await use();
    // What was rejected last is told at the end of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  } finally {
    process.off("uncaughtException", tell);
    process.off("unhandledRejection", tell);
  }
}

/** Runs `use`, and returns the errors that nobody has caught meanwhile: for a case that must have some. */
export async function strayErrorsOf(use: () => Promise<void>): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  try {
    await withStrayErrors((error) => void found.push(error), use);
  } finally {
    for (const other of others) process.on("uncaughtException", other);
  }
  return found;
}
