import { describeBrokenAdapters } from "@tlskit/adapter-tests";

describeBrokenAdapters("node", new URL("./broken-adapter-child.ts", import.meta.url));
