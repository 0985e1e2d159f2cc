// Why a file cannot be read, as runtimes say it.

/** What {@link fileTrouble} tells. */
export interface FileTrouble {
  /** The runtime's own code; where it has none, the name of its error. */
  readonly nativeCode: string;
  /** The end of a message, after "cannot be read". */
  readonly why: string;
}

/**
 * Why a file or a directory cannot be read. Systems give a code; Deno, which has not permitted it, says in words what to
 * permit.
 *
 * @example
 * throw new Error(`${path} cannot be read${fileTrouble(error).why}`); // "… cannot be read (EACCES)."
 */
export function fileTrouble(error: unknown): FileTrouble {
  const { code, name, message } = error as NodeJS.ErrnoException;
  return code === undefined ? { nativeCode: name, why: `: ${message}.` } : { nativeCode: code, why: ` (${code}).` };
}
