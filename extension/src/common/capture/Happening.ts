/** What is listened to; each can be switched off by itself. */
export const SOURCES = [
  "files",
  "edits",
  "debug",
  "tasks",
  "terminal",
  "diagnostics",
  "git",
] as const;

export type Source = (typeof SOURCES)[number];

/** What an event says besides its type and file; the names are those that other tools use. */
export type Metadata = Readonly<Record<string, unknown>>;

/**
 * Something that happened in the editor, before anybody has looked whether it may be kept.
 *
 * Paths are relative to the workspace folder, with `/` between the names.
 */
export interface Happening {
  readonly source: Source;
  /** Type of the event, such as `file_open`. */
  readonly type: string;
  /** When, in Unix milliseconds. */
  readonly at: number;
  /** URI of the workspace folder. */
  readonly folder: string;
  /** The file it is about; if that is excluded, nothing is kept. */
  readonly file?: string;
  /** More files it is about; those that are excluded are left out. */
  readonly files?: readonly string[];
  /** One sentence or a text about it. */
  readonly content?: string;
  /** What stands behind the content, however much of that is kept. */
  readonly ending?: string;
  /** Longest content and texts of `naming` that are kept; they are filtered first and cut afterwards. */
  readonly maxLength?: number;
  readonly metadata?: Metadata;
  /** More metadata that is only known a moment later. */
  readonly details?: () => Metadata;
  /** Metadata in whose texts files may be named, which the content then may do as well. */
  readonly naming?: Readonly<Record<string, string>>;
  /** Folder that the names in these texts are relative to; the workspace folder unless told. */
  readonly cwd?: string;
}
