// Run by each runtime itself: imports every entry point and prints one JSON line of what it found.
const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";
const found: Record<string, number | string> = {};
const misnamed: string[] = [];
for (const entry of JSON.parse(process.argv[2] ?? "[]") as string[]) {
  try {
    const exported = (await import(entry)) as Record<string, unknown>;
    found[entry] = Object.keys(exported).length;
    misnamed.push(...classesWithOtherNames(exported).map((name) => `${entry} ${name}`));
  } catch (error) {
    found[entry] = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
console.log(JSON.stringify({ runtime, found, misnamed }));

/**
 * The exports that are classes with a name under which they are not exported: it is what people read of them. What
 * begins with internal$ is not for them.
 */
function classesWithOtherNames(exported: Record<string, unknown>): string[] {
  return Object.entries(exported).flatMap(([key, value]) => {
    const isOurs = key.startsWith("internal$");
    if (typeof value !== "function" || isOurs || !isClass(value) || exported[value.name] === value) return [];
    return [`${key}, called ${value.name}`];
  });
}

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}
