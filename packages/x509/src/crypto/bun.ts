// The backend on Bun: its `node:crypto` has all that we need but Ed448, which is refused as unsupported.

import type { CryptoBackend } from "./backend.ts";
import { nodeBackend } from "./node.ts";

export const backend: CryptoBackend = nodeBackend("bun");
