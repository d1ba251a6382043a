import type { NewRecord } from "recollect-wasm";

/** What an importer reads through: files of a machine, wherever it runs. */
export interface ImportFiles {
  /** Files below a folder whose names pass, by path; nothing where there is no such folder. */
  find(folder: string, passes: (name: string) => boolean, depth: number): Promise<FoundFile[]>;
  /** The lines of a file, one at a time; `undefined` stands for one that is too long to be read. */
  lines(path: string, signal: AbortSignal): AsyncIterable<string | undefined>;
  /** All bytes of a file; nothing if there is none, or if it has more than `most`. */
  bytes(path: string, most: number): Promise<Uint8Array | undefined>;
}

/** A file that an importer can read. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was written last, in milliseconds. */
  readonly at: number;
  /** The folder that it tells of, where it does not say so itself. */
  readonly of?: string;
}

/** A record without what the one who takes it in knows. */
export type ToldRecord = Without<
  Extract<NewRecord, { kind: "observation" | "summary" }>,
  "origin" | "at"
>;

type Without<Union, Names extends PropertyKey> = Union extends unknown ? Omit<Union, Names> : never;

/** One thing that an agent's file tells. */
export interface Told {
  /** Key of the session, as the agent's hooks tell it; none for what belongs to no session. */
  readonly session?: string;
  /** Tells it apart from all others of its agent; the same in every copy of it. */
  readonly key: string;
  /** The id that it has in these memories, where it comes from an export of them. */
  readonly id?: string;
  readonly at: number;
  /** Whether the time is that of a file, which says nothing of what is told: writing it again changes it. */
  readonly isTimeOfFile?: boolean;
  /** Whether it is told more fully elsewhere, where it is told there at all. */
  readonly isOutline?: boolean;
  /** The folder that was worked in. */
  readonly cwd?: string;
  /** The name of the project, where no folder is told. */
  readonly project?: string;
  readonly prompt?: string;
  /** What the assistant said. */
  readonly message?: string;
  readonly tool?: { readonly name: string; readonly input: unknown; readonly response: unknown };
  /** What another memory has made of it already. */
  readonly record?: ToldRecord;
}

/** Something that was not taken, and why; never a part of what it holds. */
export interface SkippedItem {
  readonly path: string;
  /** From 1; 0 stands for the whole file. */
  readonly line: number;
  /** Marked by `toTranslate`; `args` belong into it. */
  readonly reason: string;
  readonly args?: readonly (string | number)[];
}

/** What an importer reads of one file. */
export interface ImportInput {
  readonly file: FoundFile;
  readonly files: ImportFiles;
  readonly lines: AsyncIterable<string | undefined>;
  readonly onSkipped: (skipped: SkippedItem) => void;
}

/** Reads what one agent keeps. */
export interface Importer {
  /** As it is named on the command line, and as its hooks name the agent. */
  readonly kind: string;
  readonly title: string;
  find(files: ImportFiles, folder: string): Promise<FoundFile[]>;
  read(input: ImportInput): AsyncIterable<Told>;
}
