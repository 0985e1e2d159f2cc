import { describeBrokenAdapters } from "@tlskit/adapter-tests";

describeBrokenAdapters("deno", new URL("./broken-adapter-child.ts", import.meta.url));
