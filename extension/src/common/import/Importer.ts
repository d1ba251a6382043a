/** What an importer reads through: files of a machine, wherever it runs. */
export interface ImportFiles {
  /** Files below a folder whose names pass, by path; nothing where there is no such folder. */
  find(folder: string, passes: (name: string) => boolean, depth: number): Promise<FoundFile[]>;
  /** The lines of a file, one at a time; `undefined` stands for one that is too long to be read. */
  lines(path: string, signal: AbortSignal): AsyncIterable<string | undefined>;
}

/** A file that an importer can read. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was written last, in milliseconds. */
  readonly at: number;
}

/** One thing that an agent's file tells. */
export interface Told {
  /** Key of the session, as the agent's hooks tell it. */
  readonly session: string;
  /** Tells it apart from all others of its session; the same in every copy of it. */
  readonly key: string;
  readonly at: number;
  readonly cwd?: string;
  readonly prompt?: string;
  /** What the assistant said. */
  readonly message?: string;
  readonly tool?: { readonly name: string; readonly input: unknown; readonly response: unknown };
  readonly note?: { readonly title: string; readonly text: string };
}

/** Something that was not taken, and why; never a part of what it holds. */
export interface SkippedItem {
  readonly path: string;
  /** From 1; 0 stands for the whole file. */
  readonly line: number;
  readonly reason: string;
}

/** Reads what one agent keeps. */
export interface Importer {
  /** As it is named on the command line, and as its hooks name the agent. */
  readonly kind: string;
  readonly title: string;
  find(files: ImportFiles, folder: string): Promise<FoundFile[]>;
  read(
    lines: AsyncIterable<string | undefined>,
    file: FoundFile,
    onSkipped: (skipped: SkippedItem) => void,
  ): AsyncIterable<Told>;
}
