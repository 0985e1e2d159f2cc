import { describe, expect, expectTypeOf, test } from "vitest";
import { type AnyX509Error, TlsKitError, X509Error } from "./error.ts";

const example = new X509Error("PEM_BAD_BASE64", "bad base64", { line: 3, column: 4 }, { cause: new Error("why") });

describe("X509Error", () => {
  test("has code, details, cause and name", () => {
    expect(example).toBeInstanceOf(Error);
    expect(example).toBeInstanceOf(TlsKitError);
    expect(example).toMatchObject({ code: "PEM_BAD_BASE64", details: { line: 3, column: 4 }, name: "X509Error" });
    expect((example.cause as Error).message).toBe("why");
    expect(String(example)).toBe("X509Error: bad base64");
    expect(Object.isFrozen(example.details)).toBe(true);
  });

  test("the code narrows the details", () => {
    const error: AnyX509Error = example as AnyX509Error;
    if (error.code === "KEY_WEAK") expectTypeOf(error.details.minimum).toEqualTypeOf<number>();
    if (error.code === "PEM_BAD_BASE64") expect(error.details.column).toBe(4);
  });

  test("is recognised across copies of the package, and nothing else is", () => {
    const foreign = Object.assign(new Error("x"), { name: "X509Error", [Symbol.for("tlskit.error")]: true });
    expect(X509Error.is(foreign)).toBe(true);
    expect(TlsKitError.is(example)).toBe(true);
    for (const other of [new Error("x"), undefined, null, "x", {}, { code: "PEM_BAD_BASE64" }, () => 1]) {
      expect(TlsKitError.is(other)).toBe(false);
      expect(X509Error.is(other)).toBe(false);
    }
    class OtherError extends TlsKitError<"OTHER", object> {}
    const other = new OtherError("OTHER", "x", {});
    expect([TlsKitError.is(other), X509Error.is(other)]).toEqual([true, false]);
  });

  test("control characters in messages are escaped, line feeds are kept", () => {
    const error = new X509Error("ARGUMENT_INVALID", "a\u001b[2J\r\nb\u202ec", { argument: "x" });
    expect(error.message).toBe("a\\x1b[2J\\r\nb\\u{202e}c");
  });

  test("JSON is safe, whatever the details hold", () => {
    const cyclic: Record<string, unknown> = { n: 1n };
    cyclic.self = cyclic;
    const details = {
      line: 1,
      column: 2,
      big: 2n ** 70n,
      time: new Date(0),
      bad: new Date(Number.NaN),
      bytes: Uint8Array.of(1, 255),
      nested: [{ toJSON: () => ({ deep: 1n }) }, new Map([["a", 1n]]), new Set([1])],
      error: new RangeError("r"),
      nothing: undefined,
      infinite: Number.POSITIVE_INFINITY,
      run: () => 1,
      cyclic,
    };
    const error = new X509Error("PEM_BAD_BASE64", "m", details);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "X509Error",
      code: "PEM_BAD_BASE64",
      message: "m",
      details: {
        big: "1180591620717411303424",
        time: "1970-01-01T00:00:00.000Z",
        bad: null,
        bytes: "01ff",
        nested: [{ deep: "1" }, { a: "1" }, [1]],
        error: { name: "RangeError", message: "r" },
        infinite: "Infinity",
      },
    });
  });
});
