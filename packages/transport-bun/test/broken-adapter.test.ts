import { describeBrokenAdapters } from "@tlskit/adapter-tests";

describeBrokenAdapters("bun", new URL("./broken-adapter-child.ts", import.meta.url));
