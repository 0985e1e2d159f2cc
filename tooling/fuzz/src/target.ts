// What is fuzzed. A package offers its targets in `test/fuzz/targets.ts`, as an array `targets` of this shape.

/** One reader under fire. */
export interface FuzzTarget {
  readonly name: string;
  /** How inputs are damaged: as DER (element by element, and byte by byte), or as text (line by line, too). */
  readonly kind: "der" | "text";
  /** Sound inputs, the same in every run. */
  readonly seeds: readonly Uint8Array[];
  /**
   * Reads the input. True if it was accepted, false if it was refused as it should be; throws whatever is a failure.
   */
  readonly check: (input: Uint8Array) => boolean | Promise<boolean>;
}

/** The targets of a package. */
export async function loadTargets(packageName: string): Promise<readonly FuzzTarget[]> {
  const module = (await import(
    new URL(`../../../packages/${packageName}/test/fuzz/targets.ts`, import.meta.url).href
  )) as {
    readonly targets: readonly FuzzTarget[];
  };
  return module.targets;
}
