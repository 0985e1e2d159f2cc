// Run by each runtime itself: imports every entry point and prints one JSON line of what it found.
const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
const found: Record<string, number | string> = {};
for (const entry of JSON.parse(process.argv[2] ?? "[]") as string[]) {
  try {
    found[entry] = Object.keys((await import(entry)) as object).length;
  } catch (error) {
    found[entry] = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
console.log(JSON.stringify({ runtime, found }));

export {};
