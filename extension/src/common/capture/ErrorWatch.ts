/** An error that a language server or a linter reports. */
export interface FileError {
  /** First line of its message. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** Who reports it, such as `ts`. */
  readonly source?: string;
  /** Such as `2345`. */
  readonly code?: string;
}

/** What became of the errors of a file since the last look. */
export interface ErrorChange {
  readonly appeared: readonly FileError[];
  /** Those that are gone although the file is still open, each with how long it was there. */
  readonly cleared: readonly (FileError & { readonly durationMs: number })[];
}

/** Files that are watched, and errors of one file, at most. */
const MAX_FILES = 500;
const MAX_ERRORS = 20;

interface Known {
  readonly error: FileError;
  readonly since: number;
}

/** Compares the errors of files with what they were. */
export class ErrorWatch {
  readonly #files = new Map<string, Map<string, Known>>();
  #changedAt = Number.NEGATIVE_INFINITY;

  /** A file was changed: an error that is gone after that may have been fixed. */
  noteChange(at: number): void {
    this.#changedAt = Math.max(this.#changedAt, at);
  }

  /** Looks at the errors that a file has now. `isOpen` tells whether its text is open in the editor. */
  look(file: string, errors: readonly FileError[], isOpen: boolean, at: number): ErrorChange {
    const before = this.#files.get(file) ?? new Map<string, Known>();
    const now = new Map<string, Known>();
    const appeared: FileError[] = [];
    for (const error of errors.slice(0, MAX_ERRORS)) {
      const key = keyOf(error);
      if (now.has(key)) continue;
      const known = before.get(key);
      if (known === undefined) appeared.push(error);
      now.set(key, known ?? { error, since: at });
    }
    // Servers take back what they said of a file that is closed; that mends nothing.
    const cleared = [...before]
      .filter(([key, { since }]) => !now.has(key) && isOpen && this.#changedAt >= since)
      .map(([, { error, since }]) => ({ ...error, durationMs: at - since }));
    this.#files.delete(file);
    if (now.size > 0) this.#files.set(file, now);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MAX_FILES && oldest !== undefined) this.#files.delete(oldest);
    return { appeared, cleared };
  }

  /** Forgets everything; what is there at the next look is new. */
  clear(): void {
    this.#files.clear();
  }
}

/** The same error stays the same when lines above it come or go. */
function keyOf({ message, source, code }: FileError): string {
  return `${source ?? ""}\n${code ?? ""}\n${message}`;
}
