// What is wrong with a call on a connection: its argument, or its moment.

import { TransportError } from "../../error.ts";

/** Whether `value` is a Uint8Array, of this realm or another. */
export function isBytes(value: unknown): value is Uint8Array {
  return (
    ArrayBuffer.isView(value) && (value instanceof Uint8Array || value[Symbol.toStringTag as never] === "Uint8Array")
  );
}

/** The error for another operation at the wrong moment. */
export function invalidState(method: string, expected: string, cause?: unknown): TransportError<"INVALID_STATE"> {
  return new TransportError(
    "INVALID_STATE",
    `${method} is not possible now. What it needs: ${expected}.`,
    { method, expected },
    cause === undefined ? {} : { cause },
  );
}

/** The error for an operation that came too late. */
export function closedError(method: string): TransportError<"CONNECTION_CLOSED"> {
  return new TransportError("CONNECTION_CLOSED", `${method}: the connection is closed.`, { method });
}

/** The error for anything but a Uint8Array. */
export function notBytes(method: string, value: unknown): TransportError<"NOT_BYTES"> {
  const actual =
    value === null ? "null" : typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
  return new TransportError("NOT_BYTES", `${method} takes a Uint8Array, not ${actual}.`, { method, actual });
}
