// The backend on Bun: its `node:crypto` has all that we need but Ed448 and DSA, which are refused as unsupported.

import { X509Error } from "../error.ts";
import type { CryptoBackend, PrivateBackend } from "./backend.ts";
import { nodeBackend, nodePrivateBackend } from "./node.ts";

const node = /* @__PURE__ */ nodeBackend("bun");

export const backend: CryptoBackend = {
  ...node,
  importPublicKey: (algorithm, spki) => {
    if (algorithm.type !== "dsa") return node.importPublicKey(algorithm, spki);
    // `node:crypto` there takes such a certificate, refuses its key, and calls its signatures wrong.
    throw new X509Error("UNSUPPORTED_ALGORITHM", "this runtime (bun) does not have DSA", {
      algorithm: algorithm.label,
    });
  },
};

export const privateBackend: PrivateBackend = /* @__PURE__ */ nodePrivateBackend("bun");
